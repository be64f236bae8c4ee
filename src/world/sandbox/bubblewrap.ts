import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as soon, setTimeout as pause } from 'node:timers/promises'
import { AssayError } from '../../assay-error.ts'
import { cgroupWay, removeLeftCgroups, type Cgroup, type CgroupWay } from './cgroup.ts'
import { DiskFiles, type Owner } from './disk-files.ts'
import { endTree, stateOf } from './end-tree.ts'
import { OnDisk } from './on-disk.ts'
import { runProgram, TOO_LONG, tooLong } from './run-program.ts'
import { isLeft, openScratch, type Scratch } from './scratch.ts'
import { userNamespacesForbidden } from './user-namespaces.ts'
import {
  DEFAULT_LIMITS,
  type ExecOptions,
  WORKSPACE,
  type Ran,
  type Readiness,
  type Sandbox,
  type SandboxKind,
  type SandboxLimits,
  type SandboxRequest,
} from './sandbox.ts'

/** Whoever runs Assay as root runs the sandbox as nobody, who owns nothing on the machine. */
const NOBODY: Owner = { uid: 65_534, gid: 65_534 }

/** bwrap itself and the process that waits for its children. */
const OWN_PROCESSES = 4

const PAGE = 4096

/** The programs that start a sandbox here, and what they can bound. */
interface Way {
  readonly bwrap: string
  readonly setpriv: string | undefined
  readonly cgroups: CgroupWay
  readonly owner: Owner | undefined
  /** Whether bwrap can forbid user namespaces within, in which a process would have every capability again. */
  readonly disablesUserns: boolean
}

type Found = { readonly type: 'way'; readonly way: Way } | { readonly type: 'unavailable'; readonly why: string }

let found: Found | undefined

/**
 * Real commands of this machine in namespaces of their own, by bubblewrap: its programs read-only, a workspace, and no network. A command
 * ends with everything it started: nothing outlives it, and nothing outside the workspace does either.
 */
export const bubblewrap: SandboxKind = {
  name: 'bubblewrap',
  workspaceOnly: true,
  version() {
    found ??= find()
    if (found.type === 'unavailable') return undefined
    return /\d\S*/.exec(spawnSync(found.way.bwrap, ['--version'], { encoding: 'utf8', timeout: 10_000 }).stdout)?.[0]
  },
  ready(): Readiness {
    found ??= find()
    if (found.type === 'unavailable') return found
    return { type: 'ready', limits: keptBy(found.way) }
  },
  open(request) {
    found ??= find()
    if (found.type === 'unavailable') throw new AssayError('sandbox/unavailable', found.why)
    return new Bubblewrap(found.way, request)
  },
}

function keptBy({ cgroups, disablesUserns }: Way): Readonly<Record<keyof SandboxLimits, string>> {
  const root = process.getuid?.() === 0
  return {
    ms: 'the whole tree of processes is killed',
    memoryBytes:
      cgroups.type === 'none'
        ? `address space of each process, by ulimit -v: no cgroup (${cgroups.why})`
        : `cgroup ${cgroups.type}`,
    processes: [
      cgroups.type === 'none'
        ? `processes of the sandbox’s user, by ulimit -u: no cgroup (${cgroups.why})`
        : `cgroup ${cgroups.type}`,
      ...(disablesUserns ? [] : ['user namespaces can be made within: this bwrap cannot disable them']),
    ].join('; '),
    outputBytes: 'read up to the limit; a flood ends the command',
    diskBytes: root
      ? 'the workspace is a file system in memory of this size'
      : 'each file by ulimit -f; a command that leaves more is undone',
    files: root ? 'the file system has so many' : 'a command that leaves more is undone',
  }
}

function find(): Found {
  if (process.platform !== 'linux') return { type: 'unavailable', why: 'bubblewrap runs on Linux only.' }
  const bwrap = which('bwrap')
  if (bwrap === undefined)
    return { type: 'unavailable', why: 'There is no bwrap on PATH. Install it: apt-get install bubblewrap' }
  const own = fs.readFileSync('/proc/self/cgroup', 'utf8')
  removeLeftCgroups('/sys/fs/cgroup', own, isLeft)
  const cgroups = cgroupWay('/sys/fs/cgroup', own)
  const setpriv = which('setpriv')
  const root = process.getuid?.() === 0
  const owners: readonly (Owner | undefined)[] = root && setpriv !== undefined ? [NOBODY, undefined] : [undefined]
  let why = ''
  for (const disablesUserns of [true, false]) {
    for (const owner of owners) {
      const way: Way = { bwrap, setpriv, cgroups, owner, disablesUserns }
      why = broken(way)
      if (why === '') return { type: 'way', way }
    }
  }
  return { type: 'unavailable', why: userNamespacesForbidden(switchAt) ?? `bwrap is here and does not start: ${why}` }
}

function switchAt(at: string): string | undefined {
  return fs.existsSync(at) ? fs.readFileSync(at, 'utf8') : undefined
}

/** Why this way does not work here; empty where it does. */
function broken(way: Way): string {
  const scratch = openScratch({ diskBytes: 1 << 20, files: 10 }, way.owner)
  try {
    const line = commandLine(
      way,
      scratch,
      undefined,
      DEFAULT_LIMITS,
      { env: {}, alias: undefined, beside: [] },
      'exit 7',
    )
    const ran = spawnSync('/bin/bash', ['-c', `${bounds(way, scratch, DEFAULT_LIMITS)}exec "$@"`, 'sh', ...line], {
      env: {},
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      timeout: 10_000,
    })
    return ran.status === 7
      ? ''
      : (ran.error?.message ?? String(ran.stderr).trim().split('\n').at(-1) ?? 'no reason given')
  } finally {
    scratch.close()
  }
}

/** What stands inside beside the machine's programs. */
interface Inside {
  readonly env: Readonly<Record<string, string>>
  readonly alias: string | undefined
  /** Folders of this machine by the path at which they stand inside. */
  readonly beside: readonly (readonly [at: string, folder: string])[]
}

function blocks(bytes: number): number {
  return Math.ceil(bytes / 1024)
}

/**
 * What the shell that starts a command does first: it bounds what no cgroup does, and joins the cgroups that its line begins
 * with, which none but this user may. Bash counts both in blocks of 1,024 bytes.
 */
function bounds({ cgroups }: Way, { bounded }: Scratch, { memoryBytes, diskBytes }: SandboxLimits): string {
  // A page more than the disk, so that a full disk is met first and said as such; a file with holes meets this.
  const limits = [
    `-f ${blocks(diskBytes + (bounded ? PAGE : 0))}`,
    ...(cgroups.type === 'none' ? [`-v ${blocks(memoryBytes)}`] : []),
  ]
  return `ulimit -c 0 ${limits.join(' ')} || exit 125; while [ "$1" != -- ]; do echo 0 > "$1" || exit 125; shift; done; shift; `
}

/** All that is started for one command, behind the cgroups to join: become nobody, enter the namespaces. */
function commandLine(
  { bwrap, setpriv, owner, cgroups, disablesUserns }: Way,
  scratch: Scratch,
  cgroup: Cgroup | undefined,
  limits: SandboxLimits,
  { env, alias, beside }: Inside,
  command: string,
): readonly string[] {
  return [
    ...(cgroup?.joins ?? []),
    '--',
    ...(owner === undefined || setpriv === undefined
      ? []
      : [setpriv, `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups', '--no-new-privs', '--']),
    bwrap,
    ...[
      ['--unshare-all', '--unshare-user', '--die-with-parent', '--new-session'],
      disablesUserns ? ['--disable-userns'] : [],
      // Else bwrap is the first process, and its command line and environment are this machine's.
      ['--as-pid-1'],
      ['--cap-drop', 'ALL'],
      ['--json-status-fd', '3'],
      ['--hostname', 'sandbox'],
      ['--uid', '1000'],
      ['--gid', '1000'],
      ['--clearenv'],
      ...Object.entries({ PATH: '/usr/local/bin:/usr/bin:/bin', HOME: WORKSPACE, LANG: 'C.UTF-8', ...env }).map(
        ([name, value]) => ['--setenv', name, value],
      ),
      systemFolders(),
      ['--proc', '/proc'],
      ['--dev', '/dev'],
      ...['/dev/shm', '/tmp'].map((at) => ['--size', String(limits.diskBytes), '--tmpfs', at]),
      ['--bind', scratch.folder, WORKSPACE],
      alias === undefined ? [] : ['--symlink', WORKSPACE, alias],
      ...beside.map(([at, folder]) => ['--bind', folder, at]),
      ['--remount-ro', '/dev'],
      ['--remount-ro', '/'],
      ['--chdir', WORKSPACE],
    ].flat(),
    '--',
    // The first process takes in whatever loses its parent. Processes are bounded in the sandbox, where the kernel counts
    // its own only and not all of the user's.
    '/bin/sh',
    '-c',
    // Its name is bash in its own words, as where somebody types `bash -c`.
    `/bin/bash -c ${cgroups.type === 'none' ? `'ulimit -u ${limits.processes}; exec /bin/bash -c "$0" bash' "$0"` : '"$0" bash'}; exit $?`,
    command,
  ]
}

/** The machine's programs, and as little of its settings as they need. */
function systemFolders(): readonly string[] {
  const folders = ['/bin', '/sbin', '/lib', '/lib32', '/lib64'].flatMap((folder) => {
    const stat = fs.lstatSync(folder, { throwIfNoEntry: false })
    if (stat === undefined) return []
    return stat.isSymbolicLink() ? ['--symlink', fs.readlinkSync(folder), folder] : ['--ro-bind', folder, folder]
  })
  const settings = [
    '/etc/alternatives',
    '/etc/ld.so.cache',
    '/etc/ld.so.conf',
    '/etc/ld.so.conf.d',
    '/etc/nsswitch.conf',
  ]
  return ['--ro-bind', '/usr', '/usr', ...folders, ...settings.flatMap((at) => ['--ro-bind-try', at, at])]
}

class Bubblewrap extends OnDisk implements Sandbox {
  readonly #way: Way
  readonly #limits: SandboxLimits
  readonly #env: Readonly<Record<string, string>>
  readonly #alias: string | undefined
  readonly #scratch: Scratch
  protected readonly files: DiskFiles
  readonly #cgroup: Cgroup | undefined
  #closed = false

  constructor(way: Way, { files, limits, env, alias }: SandboxRequest) {
    super()
    this.#way = way
    this.#limits = limits
    this.#env = env ?? {}
    this.#alias = alias
    this.#scratch = openScratch(limits, way.owner)
    try {
      this.files = new DiskFiles(this.#scratch.folder, limits, way.owner)
      this.files.put(files)
      const { memoryBytes, processes } = limits
      this.#cgroup =
        way.cgroups.type === 'none'
          ? undefined
          : way.cgroups.make(this.#scratch.name, { memoryBytes, processes: processes + OWN_PROCESSES })
    } catch (cause) {
      this.#scratch.close()
      throw cause
    }
  }

  async exec(command: string, options: ExecOptions = {}): Promise<Ran> {
    if (this.#closed) throw new Error('the sandbox is closed')
    const opened = [...(options.beside ?? [])].map(([at, entries]) => {
      const scratch = openScratch(this.#limits, this.#way.owner)
      new DiskFiles(scratch.folder, this.#limits, this.#way.owner).put(entries)
      return { at, scratch }
    })
    try {
      const beside = opened.map(({ at, scratch }) => [at, scratch.folder] as const)
      return await this.files.within(() =>
        this.#exec(command, options.ms, { env: this.#env, alias: this.#alias, beside }),
      )
    } finally {
      for (const { scratch } of opened) scratch.close()
    }
  }

  async #exec(command: string, ms: number | undefined, inside: Inside): Promise<Ran> {
    if (tooLong(command)) return TOO_LONG
    const limits = { ...this.#limits, ms: Math.min(ms ?? this.#limits.ms, this.#limits.ms) }
    const oomBefore = this.#cgroup?.oomKills() ?? 0
    const line = commandLine(this.#way, this.#scratch, this.#cgroup, limits, inside, command.replaceAll('\0', ''))
    const { status, ...ran } = await runProgram(line, limits, (pid) => void endTree(pid), {
      first: bounds(this.#way, this.#scratch, limits),
    })
    const first = /"child-pid"\s*:\s*(\d+)/.exec(status)?.[1]
    const cutShort = ran.cut !== undefined
    if (first === undefined && !cutShort && (this.#cgroup?.oomKills() ?? 0) === oomBefore)
      throw new Error(`the sandbox did not start: ${ran.stderr.trim().slice(0, 300)}`)
    if (first !== undefined) await gone(Number(first))
    if ((this.#cgroup?.oomKills() ?? 0) > oomBefore && !cutShort) return { ...ran, cut: 'memory' }
    return ran
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#scratch.close()
    // What is left of it after all is swept by the next process that opens a sandbox.
    for (let tries = 0; tries < 20 && this.#cgroup?.close() === false; tries++) await pause(5)
  }
}

/** Waits until the first process of a sandbox is gone: the kernel lets it go after all others. */
async function gone(pid: number): Promise<void> {
  for (let looked = 0; looked < 10_000; looked++) {
    const state = stateOf(pid)
    if (state === undefined || state === 'Z' || state === 'X') return
    // It is gone within the same millisecond as a rule: a timer would be late.
    await (looked < 50 ? soon() : pause(1))
  }
  throw new Error(`a process of the sandbox (${pid}) outlived its command`)
}

function which(program: string): string | undefined {
  return (process.env['PATH'] ?? '/usr/bin:/bin')
    .split(':')
    .map((folder) => path.join(folder, program))
    .find((at) => fs.existsSync(at))
}
