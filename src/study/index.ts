export { analyse, inOrder } from './analyse.ts'
export type { Reading } from './analyse.ts'

export { readControls } from './controls.ts'
export { above, below, between, exactly, share } from './expectation.ts'
export type { Expectation } from './expectation.ts'
export { levels } from './factor.ts'
export type { CellOf, Factor, Factors } from './factor.ts'

export { findingsFile } from './findings-file.ts'

export { assertSandboxes, INVALID_LIMIT, makePlan } from './plan.ts'
export type { Plan, PlannedTrial, PlanRequest } from './plan.ts'

export { defineStudy } from './study.ts'
export type { Control, Found, PlantedTokens, PlantedTrial, Policy, RowsOf } from './study.ts'
export type { SeriesFigure, Study, StudySpec } from './study.ts'
export { carriedTask } from './task.ts'
export type { AgentWork, Carried, CarriedSpec, CarriedTask, CarryEffects, Points, Task } from './task.ts'

export { taskFinder } from './task-finder.ts'
