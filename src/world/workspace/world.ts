import type { World, WorldCheck } from '../world.ts'
import {
  DEFAULT_LIMITS,
  inWorkspace,
  justBash,
  type Entry,
  type Sandbox,
  type SandboxKind,
  type SandboxLimits,
  type Snapshot,
} from '../sandbox/index.ts'
import { AssayError } from '../../assay-error.ts'
import { hashOf } from '../../record/index.ts'
import { WorkspaceSession } from './session.ts'
import type { Files } from './task.ts'
import { workspaceTools } from './tools.ts'

/** So often may a trial of real commands write its disk full, and have it all kept for its resumption. */
const KEPT_DISKS = 16

export interface WorkspaceOptions {
  /** Default just-bash. */
  readonly sandbox?: SandboxKind
  /** What is left out is as the sandbox has it by default. */
  readonly limits?: Partial<SandboxLimits>
  /** Variables of the commands' environment; default none. */
  readonly env?: Readonly<Record<string, string>>
  /** Another absolute path under which the agent may know the workspace, such as `/app`. */
  readonly alias?: string
  /** Grades the work in the sandbox; the ending then has `checked`. Without one it has `files`. */
  readonly check?: (sandbox: Sandbox) => Promise<WorldCheck>
}

/**
 * Files in, tools, files out. The trial's ending holds the files as the agent left them, or what the check found.
 *
 * @param files text files by path, or entries
 * @throws AssayError `workspace/path` for a path that leads out of the workspace
 */
export function workspaceWorld({ files }: { readonly files: Files | Snapshot }, options: WorkspaceOptions = {}): World {
  const { sandbox: kind = justBash, env, alias, check } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const start = startOf(files)
  const unusual =
    options.limits === undefined && env === undefined ? '' : `@${hashOf({ limits: { ...limits }, env: env ?? {} })}`
  return {
    // What it is called is part of a design's hash: another sandbox or other limits are another world.
    name: `workspace/${kind.name}${unusual}`,
    tools: workspaceTools(kind),
    canary: [
      { tool: 'list', input: {} },
      { tool: 'bash', input: { command: 'true' } },
    ],
    versions() {
      const version = kind.version?.()
      return version === undefined ? {} : { [kind.name]: version }
    },
    open(seed, contents) {
      const opened = kind.open({
        files: start,
        limits,
        seed,
        ...(env !== undefined && { env }),
        ...(alias !== undefined && { alias }),
      })
      const session = (sandbox: Sandbox): WorkspaceSession =>
        new WorkspaceSession(sandbox, {
          start,
          ...(contents !== undefined && !kind.deterministic && { contents }),
          keepsBytes: KEPT_DISKS * limits.diskBytes,
          ...(alias !== undefined && { alias }),
          files: check === undefined,
          ...(check !== undefined && { check }),
          rebuilds: kind.workspaceOnly,
        })
      return opened instanceof Promise ? opened.then(session) : session(opened)
    },
  }
}

const starts = new WeakMap<Files, Snapshot>()

function startOf(files: Files | Snapshot): Snapshot {
  if (isSnapshot(files)) return files
  let start = starts.get(files)
  if (start === undefined) {
    start = new Map(
      Object.entries(files).map(([path, content]): [string, Entry] => {
        const inside = inWorkspace(path)
        if (inside.type === 'refused' || inside.value !== path)
          throw new AssayError(
            'workspace/path',
            `The task has a file at ${JSON.stringify(path)}. Paths are relative, without . and .. in them.`,
          )
        return [path, { kind: 'file', content }]
      }),
    )
    starts.set(files, start)
  }
  return start
}

function isSnapshot(files: Files | Snapshot): files is Snapshot {
  return files instanceof Map
}
