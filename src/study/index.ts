export { analyse } from './analyse.ts'
export type { Reading } from './analyse.ts'

export { readControls } from './controls.ts'
export { above, below, between, exactly, share } from './expectation.ts'
export type { Expectation } from './expectation.ts'
export { levels } from './factor.ts'
export type { CellOf, Factor, Factors } from './factor.ts'

export { INVALID_LIMIT, makePlan } from './plan.ts'
export type { Plan, PlannedTrial, PlanRequest } from './plan.ts'

export { defineStudy } from './study.ts'
export type { CarryEffects, Control, PlantedTokens, PlantedTrial, Points, Policy, RowsOf } from './study.ts'
export type { SeriesFigure, Study, StudySpec, Task } from './study.ts'

export { taskFinder } from './task-finder.ts'
