export { layerRows, stackedBreach } from './stacks.ts'
export type { StackOptions } from './stacks.ts'
export { failedTogether } from './together.ts'
