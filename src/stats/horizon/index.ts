export { type AgentHorizons, type Horizon, horizons } from './bootstrap.ts'
export { horizonAt, horizonFit, type HorizonFit } from './fit.ts'
export type { HorizonRun } from './suite.ts'
export { type HorizonTrend, horizonTrend, type Released } from './trend.ts'
