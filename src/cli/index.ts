export { agentCeiling, pricedByName } from './price-ceiling.ts'
export type { Dollars, Priced } from './price-ceiling.ts'
export { run } from './program.ts'
