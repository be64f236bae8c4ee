export { earned, pricesOf, paidWorkOf } from './earned.ts'
export type { EarnedOptions } from './earned.ts'
export { paidFindings } from './paid.ts'
export type { PaidWork } from './paid.ts'
