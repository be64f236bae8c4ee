export { agentsApart } from './agents.ts'
export {
  able,
  allOrNothing,
  almost,
  choosy,
  erring,
  forgetful,
  halfway,
  idle,
  logistic,
  logisticChance,
} from './minds.ts'
export { SCAFFOLDS, workScaffold } from './scaffold.ts'
export type { ScaffoldName } from './scaffold.ts'
export { FAMILIES, family, tools, WORK_MEASURES, workOf, workTask } from './task.ts'
export type { FamilyName, ToolsLevel, WorkValues } from './task.ts'
export { worker } from './worker.ts'
