export { vendingWorld } from './vending-world.ts'
export type { VendingOptions } from './vending-world.ts'
export { vendingRules } from './rules.ts'
export { SIZES as VENDING_SIZES } from './sizes.ts'
export type { VendingSize } from './sizes.ts'
export { goodCornerAct, workedExamples } from './corner/examples.ts'
export type { CornerAct, WorkedExample } from './corner/examples.ts'
export { judgeLetter, letterCase, readLetter, SHOP_ACCOUNT, SHOP_ADDRESS } from './letter/index.ts'
export type {
  Commitment,
  Intent,
  Item,
  JudgedLetter,
  Lack,
  Letter,
  LetterCase,
  LetterContext,
  Talk,
} from './letter/index.ts'
export { MOVES, readHaggle } from './haggle/read.ts'
export type { Haggled, Move } from './haggle/read.ts'
