import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { AssayError } from '../../assay-error.ts'
import { DiskFiles } from './disk-files.ts'
import { OnDisk } from './on-disk.ts'
import { runProgram, TOO_LONG, tooLong } from './run-program.ts'
import { openScratch, type Scratch } from './scratch.ts'
import {
  WORKSPACE,
  type ExecOptions,
  type Ran,
  type Readiness,
  type Sandbox,
  type SandboxKind,
  type SandboxLimits,
  type SandboxRequest,
} from './sandbox.ts'

/** Small, and with bash in it. */
export const DEFAULT_IMAGE = 'debian:12-slim'

export interface DockerOptions {
  /** Default {@link DEFAULT_IMAGE}; it needs bash and sleep. Name one by its digest where a study must stay the same. */
  readonly image?: string
  /** The engine's command: docker, podman, or a path. Default: docker, else podman, whichever answers. */
  readonly program?: string
}

/** Longest that starting, stopping and asking an engine may take. */
const ENGINE_MS = 60_000

/**
 * One container a sandbox, by Docker or Podman. What a command changes outside the workspace stays until the sandbox is closed, and is in no
 * record: a trial that was cut off after a command can only be run again from its start.
 */
export function docker({ image = DEFAULT_IMAGE, program }: DockerOptions = {}): SandboxKind {
  let found: Found | undefined
  const engine = (): Found => (found ??= find(program === undefined ? ['docker', 'podman'] : [program]))
  return {
    name: `docker(${image})`,
    workspaceOnly: false,
    version() {
      const here = engine()
      if (here.type === 'unavailable') return undefined
      const said = spawnSync(here.program, ['version', '--format', '{{.Server.Version}}'], {
        encoding: 'utf8',
        timeout: ENGINE_MS,
      }).stdout.trim()
      return said === '' ? undefined : `${path.basename(here.program)} ${said}`
    },
    ready(): Readiness {
      const here = engine()
      return here.type === 'unavailable' ? here : { type: 'ready', limits: KEPT_BY }
    },
    async open(request) {
      const here = engine()
      if (here.type === 'unavailable') throw new AssayError('sandbox/unavailable', here.why)
      return Container.start(here.program, image, request)
    },
  }
}

const KEPT_BY: Readonly<Record<keyof SandboxLimits, string>> = {
  ms: 'the container is started again, which ends every process in it',
  memoryBytes: '--memory',
  processes: '--pids-limit',
  outputBytes: 'read up to the limit; a flood ends the command',
  diskBytes: 'as root the workspace is a file system in memory of this size; else a command that leaves more is undone',
  files: 'as root the file system has so many; else a command that leaves more is undone',
}

type Found =
  | { readonly type: 'engine'; readonly program: string }
  | { readonly type: 'unavailable'; readonly why: string }

function find(programs: readonly string[]): Found {
  const tried = programs.map((program) => {
    const asked = spawnSync(program, ['info', '--format', '{{.ID}}'], { encoding: 'utf8', timeout: ENGINE_MS })
    if (asked.status === 0) return { program, why: '' }
    const why = asked.error === undefined ? (asked.stderr.trim().split('\n').at(-1) ?? '') : 'not on PATH'
    return { program, why: `${program}: ${why}` }
  })
  const here = tried.find(({ why }) => why === '')
  if (here !== undefined) return { type: 'engine', program: here.program }
  return { type: 'unavailable', why: `No container engine answers (${tried.map(({ why }) => why).join('; ')}).` }
}

/** What starts a container: bounded, without network, with no right more than it needs. */
export function startLine(
  image: string,
  name: string,
  folder: string,
  { memoryBytes, processes, diskBytes }: SandboxLimits,
  env: Readonly<Record<string, string>>,
  alias: string | undefined,
): readonly string[] {
  return [
    ['run', '--detach'],
    ['--name', name],
    ['--network', 'none'],
    ['--hostname', 'sandbox'],
    ['--memory', String(memoryBytes)],
    ['--memory-swap', String(memoryBytes)],
    ['--pids-limit', String(processes)],
    ['--cap-drop', 'ALL'],
    ...['CHOWN', 'DAC_OVERRIDE', 'FOWNER'].map((right) => ['--cap-add', right]),
    ['--security-opt', 'no-new-privileges'],
    ['--shm-size', String(diskBytes)],
    ['--ulimit', 'core=0'],
    ...(alias === undefined ? [WORKSPACE] : [WORKSPACE, alias]).map((at) => [
      '--mount',
      `type=bind,source=${folder},target=${at}`,
    ]),
    ['--workdir', WORKSPACE],
    ...Object.entries({ HOME: WORKSPACE, ...env }).map(([key, value]) => ['--env', `${key}=${value}`]),
    // The command line's own reaper takes in processes whose parents are gone.
    ['--init', '--entrypoint', 'sleep'],
    [image, 'infinity'],
  ].flat()
}

class Container extends OnDisk implements Sandbox {
  readonly #program: string
  readonly #limits: SandboxLimits
  readonly #scratch: Scratch
  protected readonly files: DiskFiles
  #closed = false

  private constructor(program: string, limits: SandboxLimits, scratch: Scratch) {
    super()
    this.#program = program
    this.#limits = limits
    this.#scratch = scratch
    this.files = new DiskFiles(scratch.folder, limits)
  }

  static async start(
    program: string,
    image: string,
    { files, limits, env, alias }: SandboxRequest,
  ): Promise<Container> {
    const scratch = openScratch(limits, undefined)
    const container = new Container(program, limits, scratch)
    try {
      container.files.put(files)
      await container.#engine(startLine(image, scratch.name, scratch.folder, limits, env ?? {}, alias))
      return container
    } catch (cause) {
      await container.close()
      throw cause
    }
  }

  async exec(command: string, options: ExecOptions = {}): Promise<Ran> {
    return this.files.within(() => this.#exec(command, options))
  }

  async #exec(command: string, options: ExecOptions): Promise<Ran> {
    if (this.#closed) throw new Error('the sandbox is closed')
    if (tooLong(command)) return TOO_LONG
    const { name } = this.#scratch
    for (const [at, entries] of options.beside ?? []) {
      const scratch = openScratch(this.#limits, undefined)
      try {
        new DiskFiles(scratch.folder, this.#limits).put(entries)
        await this.#engine(['exec', name, 'mkdir', '-p', at])
        await this.#engine(['cp', `${scratch.folder}/.`, `${name}:${at}`])
      } finally {
        scratch.close()
      }
    }
    const ms = Math.min(options.ms ?? this.#limits.ms, this.#limits.ms)
    let killing: Promise<unknown> | undefined
    const { status: _status, ...ran } = await runProgram(
      [this.#program, 'exec', name, '/bin/bash', '-c', command.replaceAll('\0', ''), 'bash'],
      { ms, outputBytes: this.#limits.outputBytes },
      (pid) => {
        // What runs in a container outlives the program that asked for it, unless the container itself is ended.
        killing = this.#engine(['restart', '--time', '0', name])
        process.kill(pid, 'SIGKILL')
      },
      { env: engineEnvironment() },
    )
    await killing
    return ran
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#engine(['rm', '--force', '--volumes', this.#scratch.name]).catch(() => undefined)
    this.#scratch.close()
  }

  async #engine(args: readonly string[]): Promise<void> {
    const ran = await runProgram(
      [this.#program, ...args],
      { ms: ENGINE_MS, outputBytes: 64 << 10 },
      (pid) => process.kill(pid, 'SIGKILL'),
      { env: engineEnvironment() },
    )
    if (ran.exitCode === 0) return
    const said = ran.stderr.trim().split('\n').at(-1) ?? ''
    throw new AssayError('sandbox/engine', `${this.#program} ${args[0] ?? ''} failed: ${said.slice(0, 300)}`, {
      exit: 3,
    })
  }
}

/** What the engine's own program needs to find its engine and its images; nothing of it reaches the container. */
function engineEnvironment(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ENGINE_VARIABLES.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

const ENGINE_VARIABLES = [
  'PATH',
  'HOME',
  'XDG_RUNTIME_DIR',
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'CONTAINER_HOST',
]
