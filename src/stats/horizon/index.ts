export { type AgentHorizons, type Horizon, type HorizonOptions, horizons } from './bootstrap.ts'
export { horizonAt, horizonFit, type HorizonFit, METR_LAMBDA } from './fit.ts'
export type { HorizonRun } from './suite.ts'
export { type HorizonTrend, horizonTrend, type Released } from './trend.ts'
