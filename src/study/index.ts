export { analyse, inOrder } from './analyse.ts'
export type { Reading, Unreadable } from './analyse.ts'

export { readControls } from './controls.ts'
export { above, below, between, exactly, share } from './expectation.ts'
export type { Expectation } from './expectation.ts'
export { levels } from './factor.ts'
export type { CellOf, Factor, Factors } from './factor.ts'

export { corrections } from './families.ts'
export type { Family } from './families.ts'
export type { Simulation } from './simulation.ts'
export { findingsFile } from './findings-file.ts'

export { assertSandboxes, INVALID_LIMIT, makePlan } from './plan.ts'
export type { Plan, PlannedTrial, PlanRequest } from './plan.ts'

export { checkStudy } from './check-study.ts'
export { withRecordedControls } from './recorded-controls.ts'
export { isMeasuredIn, isPlanOf } from './design-then.ts'
export { defineStudy } from './study.ts'
export type { Control, Expected, Found, PlantedTokens, PlantedTrial, Policy, RowsOf } from './study.ts'
export type { SeriesFigure, Study, StudySpec } from './study.ts'
export { carriedTask } from './task.ts'
export type { AgentWork, Carried, CarriedSpec, CarriedTask, CarryEffects, Points, Task } from './task.ts'

export { wordings } from './wordings.ts'
export type { Wordings } from './wordings.ts'
export { taskFinder } from './task-finder.ts'
