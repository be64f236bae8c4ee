import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import { reasonOf } from '../../assay-error.ts'
import { randomFrom } from '../../record/index.ts'
import { FileError, MemoryFiles } from './memory-files.ts'
import { keptText } from './output.ts'
import { inWorkspace } from './path.ts'
import { underScope } from './scoped-effects.ts'
import {
  WORKSPACE,
  type Answer,
  type ExecOptions,
  type Ran,
  type Sandbox,
  type SandboxKind,
  type SandboxLimits,
} from './sandbox.ts'

/** The date in the sandbox: noon on the first day of 2026, in universal time, always. */
const NOON = Date.UTC(2026, 0, 1, 12)

/**
 * What commands may cost stands for what they may take: time on a clock differs from run to run, and the record must
 * not. The dearest command of the shell takes about 0.3 ms, so that ten seconds' worth is over well before ten seconds.
 */
const WORK_PER_MS = 2

/** Folders that a command may go through on its paths, for each of its steps: a path may have two thousand. */
const FOLDERS_PER_STEP = 200

/** Real milliseconds, as a multiple of the limit, after which the sandbox itself is at fault. */
const PATIENCE = 6

/** Commands that keep a clock, a thread or a network of their own. */
const LEFT_OUT: ReadonlySet<string> = new Set(['sqlite3', 'curl', 'python3', 'python', 'js-exec'])

/**
 * The shell of the just-bash package over files in memory, in this process: on every machine, and the same for ever. Its clock
 * moves only with `sleep`, its random numbers come from the seed.
 */
export const justBash: SandboxKind = {
  name: 'just-bash',
  deterministic: true,
  realCommands: false,
  workspaceOnly: true,
  version: () => versionIn(path.join(createRequire(import.meta.url).resolve('just-bash'), '../../../package.json')),
  ready: () => ({
    type: 'ready',
    limits: {
      ms: 'counted in steps of the shell, 2 for each millisecond; sleep is counted and not waited for',
      memoryBytes: 'the shell counts what it holds',
      processes: 'there are none; nested shells are counted',
      outputBytes: 'the shell counts what it writes',
      diskBytes: 'the files count their bytes',
      files: 'the files are counted',
    },
  }),
  open(request) {
    const files = new MemoryFiles(request.limits, () => NOON)
    files.makeFolder('/tmp')
    const { alias } = request
    if (alias !== undefined) {
      files.makeFolder(alias.slice(0, alias.lastIndexOf('/')))
      files.link(WORKSPACE, alias)
    }
    files.put(request.files)
    return new JustBash(files, request.limits, request.seed, request.env ?? {})
  },
}

/** The package's own description is not among what it exports; it lies two folders above that. */
function versionIn(description: string): string | undefined {
  const read = z.object({ version: z.string() }).safeParse(JSON.parse(fs.readFileSync(description, 'utf8')))
  return read.data?.version
}

interface Shell {
  readonly exec: (
    command: string,
    options: { readonly signal: AbortSignal; readonly rawScript: boolean },
  ) => Promise<{
    readonly stdout: string
    readonly stderr: string
    readonly exitCode: number
  }>
}

type CommandNames = NonNullable<ConstructorParameters<typeof import('just-bash').Bash>[0]>['commands']

function commandNames(all: readonly string[]): NonNullable<CommandNames> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the package names its own commands, as strings
  return all.filter((name) => !LEFT_OUT.has(name)) as NonNullable<CommandNames>
}

class JustBash implements Sandbox {
  readonly #files: MemoryFiles
  readonly #limits: SandboxLimits
  readonly #seed: string
  readonly #env: Readonly<Record<string, string>>
  readonly #shells = new Map<number, Shell>()
  #sleep: (ms: number) => void = () => undefined
  #runs = 0

  constructor(files: MemoryFiles, limits: SandboxLimits, seed: string, env: Readonly<Record<string, string>>) {
    this.#files = files
    this.#limits = limits
    this.#seed = seed
    this.#env = env
  }

  async exec(command: string, options: ExecOptions = {}): Promise<Ran> {
    const beside = [...(options.beside ?? [])]
    this.#files.uncounted(() => {
      for (const [folder] of beside) this.#files.makeFolder(folder)
      for (const [folder, entries] of beside)
        for (const [at, { kind, content }] of entries) {
          if (kind === 'link') continue
          const path = `${folder}/${at}`
          this.#files.makeFolder(kind === 'folder' ? path : path.slice(0, path.lastIndexOf('/')))
          if (kind !== 'folder') this.#files.write(path, content, kind === 'program' ? 0o755 : 0o644)
        }
    })
    try {
      return await this.#exec(command, options)
    } finally {
      this.#files.uncounted(() => {
        for (const [folder] of beside) this.#files.remove(folder)
      })
    }
  }

  async #exec(command: string, options: ExecOptions): Promise<Ran> {
    const ms = Math.min(options.ms ?? this.#limits.ms, this.#limits.ms)
    const stop = new AbortController()
    let [slept, tired] = [0, false]
    this.#files.allow(ms * WORK_PER_MS * FOLDERS_PER_STEP, () => {
      tired = true
      stop.abort()
    })
    this.#sleep = (more) => {
      slept += Math.max(0, more)
      if (slept > ms) stop.abort()
    }
    const scope = { now: () => NOON + Math.min(slept, ms), random: randomFrom('just-bash', this.#seed, this.#runs++) }
    let shell = this.#shells.get(ms)
    if (shell === undefined) this.#shells.set(ms, (shell = await underScope(scope, () => this.#shell(ms))))
    const patience = new AbortController()
    const watch = setTimeout(() => patience.abort(), ms * PATIENCE)
    const signal = AbortSignal.any([stop.signal, patience.signal])
    const done = shell
    try {
      const { stdout, stderr, exitCode } = await underScope(scope, () =>
        done.exec(command, { signal, rawScript: true }).catch(failed),
      )
      if (patience.signal.aborted) {
        // Nobody could tell at which step a clock cut it off, so none of it has happened: that is the same next time.
        this.#files.undo()
        return { stdout: '', stderr: '', exitCode: 124, cut: 'time' }
      }
      const cut = tired
        ? 'work'
        : stop.signal.aborted
          ? 'time'
          : /^bash: .*executionLimits/m.test(stderr)
            ? 'work'
            : undefined
      return {
        ...kept(stdout, stderr, this.#limits.outputBytes),
        exitCode: cut === 'time' ? 124 : exitCode,
        ...(cut !== undefined && { cut }),
      }
    } finally {
      clearTimeout(watch)
      this.#files.allow(Infinity, () => undefined)
    }
  }

  async #shell(ms: number): Promise<Shell> {
    // Imported here: most who list the worlds never run a command.
    const [{ Bash, getCommandNames }, { memoryFileSystem }] = await Promise.all([
      import('just-bash'),
      import('./memory-file-system.ts'),
    ])
    const { memoryBytes, processes, outputBytes, diskBytes, files } = this.#limits
    const steps = ms * WORK_PER_MS
    const make = (): Shell =>
      new Bash({
        fs: memoryFileSystem(this.#files),
        cwd: WORKSPACE,
        env: { HOME: WORKSPACE, LANG: 'C.UTF-8', ...this.#env },
        commands: commandNames(getCommandNames()),
        sleep: async (more) => this.#sleep(more),
        executionLimits: {
          maxCommandCount: steps,
          maxLoopIterations: steps,
          maxAwkIterations: steps,
          maxSedIterations: steps,
          maxJqIterations: steps,
          maxWorkUnits: steps * 50,
          maxExecDepth: Math.min(processes, 64),
          maxLiveBytes: memoryBytes,
          maxInputBytes: memoryBytes,
          maxStringLength: Math.min(memoryBytes, 64 << 20),
          maxOutputSize: outputBytes * 2,
          maxFileSystemBytes: diskBytes,
          maxTraversalEntries: files * 4,
          maxExecutionTimeMs: ms * PATIENCE * 2,
        },
      })
    return this.#files.uncounted(make)
  }

  read(path: string): Answer<string | Uint8Array> {
    return answered(this.#files, path, (at) => this.#files.file(at).content)
  }

  write(path: string, content: string | Uint8Array): Answer<void> {
    return answered(this.#files, path, (at) => {
      this.#files.makeFolder(at.slice(0, at.lastIndexOf('/')))
      this.#files.write(at, typeof content === 'string' ? content.toWellFormed() : content)
    })
  }

  list(path: string): ReturnType<Sandbox['list']> {
    return answered(this.#files, path, (at) =>
      [...this.#files.folder(at).children]
        .map(([name, node]) => ({
          name,
          kind: node.type === 'file' && (node.mode & 0o100) !== 0 ? ('program' as const) : node.type,
          bytes: node.type === 'file' ? node.bytes : 0,
        }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    )
  }

  changes(): ReturnType<Sandbox['changes']> {
    return this.#files.changes()
  }

  snapshot(): ReturnType<Sandbox['snapshot']> {
    return this.#files.snapshot()
  }

  put(entries: Parameters<Sandbox['put']>[0]): void {
    this.#files.put(entries)
  }

  async close(): Promise<void> {
    // Memory is given back with the object.
  }
}

/** Answers a file operation on a path in the workspace. */
function answered<T>(files: MemoryFiles, path: string, work: (at: string) => T): Answer<T> {
  const inside = inWorkspace(path)
  if (inside.type === 'refused') return inside
  const at = inside.value === '' ? WORKSPACE : `${WORKSPACE}/${inside.value}`
  try {
    if (leadsOut(files, at)) return { type: 'refused', why: `${path} leads out of the workspace.` }
    return { type: 'ok', value: work(at) }
  } catch (cause) {
    if (cause instanceof FileError) return { type: 'refused', why: `${path}: ${cause.says}` }
    throw cause
  }
}

/** Whether links on the way lead elsewhere; of what is not there yet the way down to it counts. */
function leadsOut(files: MemoryFiles, path: string): boolean {
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    try {
      const real = files.place(at).at
      return real !== WORKSPACE && !real.startsWith(`${WORKSPACE}/`)
    } catch (cause) {
      if (!(cause instanceof FileError) || cause.code !== 'ENOENT') throw cause
    }
  }
  return true
}

/** The shell lets some of a file system's answers through as exceptions, and some of its own parser's. */
function failed(cause: unknown): Awaited<ReturnType<Shell['exec']>> {
  const why = cause instanceof FileError ? cause.message.slice(cause.code.length + 2) : reasonOf(cause).slice(0, 200)
  return { stdout: '', stderr: `bash: ${why}\n`, exitCode: 1 }
}

function kept(stdout: string, stderr: string, most: number): Pick<Ran, 'stdout' | 'stderr' | 'truncated'> {
  // A character is at least one byte: what is short needs no counting.
  if (stdout.length * 3 <= most && stderr.length * 3 <= most) return { stdout, stderr }
  const [out, err] = [keptText(Buffer.from(stdout), most), keptText(Buffer.from(stderr), most)]
  return { stdout: out.text, stderr: err.text, ...((out.truncated || err.truncated) && { truncated: true }) }
}
