export { defineWorld } from './world.ts'
export { withTools } from './with-tools.ts'
export { says } from './says.ts'
export type {
  ActResult,
  PureSession,
  PureWorld,
  World,
  WorldCheck,
  WorldSession,
  WorldSpec,
  WorldTool,
} from './world.ts'
export { allows, INBOX_ERRANDS, INBOX_GOALS, inboxTask, injectedGoal } from './inbox/index.ts'
export type { Access, InboxGrade, InboxOptions, InboxTask, Injection, Position } from './inbox/index.ts'
export {
  goodCornerAct,
  SHOP_ACCOUNT,
  SHOP_ADDRESS,
  VENDING_SIZES,
  vendingRules,
  vendingWorld,
  workedExamples,
} from './vending/index.ts'
export type { CornerAct, VendingOptions, VendingSize, WorkedExample } from './vending/index.ts'
export { bubblewrap, docker, justBash, SANDBOXES } from './sandbox/index.ts'
export { contentOf, DEFAULT_LIMITS, restore, sizeOf } from './sandbox/index.ts'
export type { Entry, Ran, Sandbox, SandboxKind, SandboxLimits, Snapshot } from './sandbox/index.ts'
export { workspaceWorld } from './workspace/world.ts'
export type { WorkspaceOptions } from './workspace/world.ts'
export { defineFamily, rehearse, workspaceFamilies } from './workspace/families/index.ts'
export type { FamilySpec, Rehearsal, Slip, Workplace } from './workspace/families/index.ts'
export type { Checked, Fact, Files, Shortest, SolutionAct, TaskFamily, WorkspaceTask } from './workspace/task.ts'
export type { ErrandAct } from './inbox/errand.ts'
export type { Item } from './inbox/office.ts'
export type { DockerOptions } from './sandbox/docker.ts'
export type { Answer, Changed, Child, Content, ExecOptions, Readiness, SandboxRequest } from './sandbox/sandbox.ts'
export type { Draft, Job } from './workspace/families/job.ts'
export type { Wanted } from './workspace/families/wanted.ts'
