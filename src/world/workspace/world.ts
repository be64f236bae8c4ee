import type { World, WorldCheck } from '../world.ts'
import {
  DEFAULT_LIMITS,
  inWorkspace,
  MemoryFiles,
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
import { lackingIn } from './lacking.ts'
import { SHELL, workspaceTools } from './tools.ts'

/** So often may a trial of real commands write its disk full, and have it all kept for its resumption. */
const KEPT_DISKS = 16

/** Work on files alone: no command runs, and no process is started. */
export interface FileWorkOptions {
  readonly sandbox?: undefined
  /** What is left out is as a sandbox has it by default. */
  readonly limits?: Partial<Pick<SandboxLimits, 'diskBytes' | 'files'>>
}

/** Work with a shell. */
export interface ShellWorkOptions {
  /** Where the agent's commands run. */
  readonly sandbox: SandboxKind
  /** What is left out is as the sandbox has it by default. */
  readonly limits?: Partial<SandboxLimits>
  /** Variables of the commands' environment; default none. */
  readonly env?: Readonly<Record<string, string>>
  /** Another absolute path under which the agent may know the workspace, such as `/app`. */
  readonly alias?: string
  /** Grades the work in the sandbox; the ending then has `checked`. Without one it has `files`. */
  readonly check?: (sandbox: Sandbox) => Promise<WorldCheck>
}

export type WorkspaceOptions = FileWorkOptions | ShellWorkOptions

/**
 * Files in, tools, files out. The agent has a shell where a sandbox is named for it, and else the tools for files alone. The trial's
 * ending holds the files as the agent left them, or what the check found.
 *
 * @param files text files by path, or entries
 * @throws AssayError `workspace/path` for a path that leads out of the workspace
 */
export function workspaceWorld({ files }: { readonly files: Files | Snapshot }, options: WorkspaceOptions = {}): World {
  const start = startOf(files)
  return options.sandbox === undefined ? fileWorld(start, options) : shellWorld(start, options)
}

function fileWorld(start: Snapshot, { limits: given }: FileWorkOptions): World {
  const limits = { ...DEFAULT_LIMITS, ...given }
  return {
    name: `workspace/files${given === undefined ? '' : `@${hashOf({ limits: { ...given } })}`}`,
    tools: workspaceTools(false),
    canary: [{ tool: 'list', input: {} }],
    open() {
      const tree = new MemoryFiles(limits)
      tree.put(start)
      return new WorkspaceSession(tree, { start, keepsBytes: Infinity, files: true })
    },
  }
}

function shellWorld(start: Snapshot, options: ShellWorkOptions): World {
  const { sandbox: kind, env, alias, check } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const unusual =
    options.limits === undefined && env === undefined ? '' : `@${hashOf({ limits: { ...limits }, env: env ?? {} })}`
  return {
    // What it is called is part of a design's hash: another sandbox or other limits are another world.
    name: `workspace/${kind.name}${unusual}`,
    tools: workspaceTools(true),
    canary: [
      { tool: 'list', input: {} },
      { tool: SHELL, input: { command: 'true' } },
    ],
    sandbox: kind,
    async open(_seed, contents) {
      const sandbox = await kind.open({
        files: start,
        limits,
        ...(env !== undefined && { env }),
        ...(alias !== undefined && { alias }),
      })
      return new WorkspaceSession(sandbox, {
        start,
        shell: sandbox,
        opening: await lackingIn(kind, sandbox),
        ...(contents !== undefined && { contents }),
        keepsBytes: KEPT_DISKS * limits.diskBytes,
        ...(alias !== undefined && { alias }),
        files: check === undefined,
        ...(check !== undefined && { check: () => check(sandbox) }),
        rebuilds: kind.workspaceOnly,
      })
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
