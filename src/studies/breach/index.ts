export { isOrdinary, plantedTarget, refusingShare } from './planted.ts'
export { breach, breachStudy } from './study.ts'
export type { BreachOptions } from './study.ts'
