export { layerRows, stackedBreach } from './stacks.ts'
export type { StackOptions } from './stacks.ts'
export { jointRatio } from './ratio.ts'
export { failedTogether } from './together.ts'
