export { bubblewrap } from './bubblewrap.ts'
export { docker } from './docker.ts'
export type { DockerOptions } from './docker.ts'
export { SANDBOXES, shellSandbox } from './kinds.ts'
export { bytesOf, contentOf, sizeOf } from './content.ts'
export { MemoryFiles } from './memory-files.ts'
export { inWorkspace } from './path.ts'
export { DEFAULT_LIMITS, restore, WORKSPACE } from './sandbox.ts'
export type {
  Answer,
  Changed,
  Child,
  Content,
  Entry,
  ExecOptions,
  FileTree,
  Ran,
  Readiness,
  Sandbox,
  SandboxKind,
  SandboxLimits,
  SandboxRequest,
  Snapshot,
} from './sandbox.ts'
