export { defineWorld } from './world.ts'
export { withTools } from './with-tools.ts'
export { says } from './says.ts'
export type {
  ActResult,
  Delegation,
  PureSession,
  PureWorld,
  SubAgent,
  World,
  WorldCheck,
  WorldSession,
  WorldSpec,
  WorldTool,
} from './world.ts'
export { allows } from './inbox/index.ts'
export type { Access } from './inbox/index.ts'
export {
  goodCornerAct,
  judgeLetter,
  MOVES,
  readHaggle,
  letterCase,
  readLetter,
  SHOP_ACCOUNT,
  SHOP_ADDRESS,
  VENDING_SIZES,
  vendingRules,
  vendingWorld,
  workedExamples,
} from './vending/index.ts'
export type {
  CornerAct,
  JudgedLetter,
  Letter,
  Haggled,
  LetterCase,
  Move,
  LetterContext,
  VendingOptions,
  VendingSize,
  WorkedExample,
} from './vending/index.ts'
export { bubblewrap, docker, SANDBOXES, shellSandbox } from './sandbox/index.ts'
export { contentOf, DEFAULT_LIMITS, restore, sizeOf } from './sandbox/index.ts'
export type {
  Answer,
  Changed,
  Child,
  Content,
  DockerOptions,
  Entry,
  ExecOptions,
  FileTree,
  Ran,
} from './sandbox/index.ts'
export type { Readiness, Sandbox, SandboxKind, SandboxLimits, SandboxRequest, Snapshot } from './sandbox/index.ts'
export { SHELL } from './workspace/tools.ts'
export { workspaceWorld } from './workspace/world.ts'
export type { FileWorkOptions, ShellWorkOptions, WorkspaceOptions } from './workspace/world.ts'

export type { Checked, Fact, Files, Shortest, SolutionAct, TaskFamily, WorkspaceTask } from './workspace/task.ts'
export type { Act } from './inbox/act.ts'
export { CHANGE_ACTS } from './inbox/change-acts.ts'
export { deskFrom, hourAfter } from './inbox/desk.ts'
export type { Desk } from './inbox/desk.ts'
export { itemText, own, rewritten } from './inbox/item.ts'
export { dollars } from './inbox/office.ts'
export type { ActTaken, Item, Office } from './inbox/office.ts'
export { READ_ACTS } from './inbox/read-acts.ts'
export { flat } from './says.ts'
