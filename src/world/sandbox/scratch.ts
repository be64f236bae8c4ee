import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { AssayError, reasonOf } from '../../assay-error.ts'
import type { Owner } from './disk-files.ts'
import type { SandboxLimits } from './sandbox.ts'

/** A folder on this machine for the files of one sandbox. */
export interface Scratch {
  /** Unique on this machine; begins with {@link scratchName}'s mark and this process's number. */
  readonly name: string
  readonly folder: string
  /** True where the folder is a file system of its own, which is full when the limit is reached. */
  readonly bounded: boolean
  readonly close: () => void
}

/** Seen from within where a folder is mounted from a disk, so it says nothing of what runs here. */
const MARK = 'sandbox-'
let next = 0
let swept = false

/** Sandboxes of processes that are gone, by their names. */
export function isLeft(name: string): boolean {
  const pid = new RegExp(`^${MARK}(\\d+)-\\d+$`).exec(name)?.[1]
  if (pid === undefined) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'ESRCH'
  }
}

/**
 * Makes a folder, on a file system in memory of its own where this process may mount one.
 *
 * @throws AssayError `sandbox/disk`
 */
export function openScratch(limits: Pick<SandboxLimits, 'diskBytes' | 'files'>, owner: Owner | undefined): Scratch {
  const base = baseFolder()
  if (!swept) sweep(base)
  swept = true
  const name = `${MARK}${process.pid}-${next++}`
  const folder = path.join(base, name)
  try {
    fs.mkdirSync(folder, { mode: 0o700 })
    const bounded = mounted(folder, limits, owner)
    if (!bounded && owner !== undefined) fs.chownSync(folder, owner.uid, owner.gid)
    return { name, folder, bounded, close: () => removeScratch(folder, bounded) }
  } catch (cause) {
    throw new AssayError('sandbox/disk', `No folder for a sandbox could be made in ${base}: ${reasonOf(cause)}`, {
      cause,
      exit: 3,
    })
  }
}

/** The user's own, and nobody else's to write in. */
function baseFolder(): string {
  const base = path.join(os.tmpdir(), `sandboxes-${process.getuid?.() ?? 0}`)
  try {
    fs.mkdirSync(base, { mode: 0o711 })
    fs.chmodSync(base, 0o711)
  } catch {
    const stat = fs.lstatSync(base, { throwIfNoEntry: false })
    if (stat === undefined || !stat.isDirectory() || stat.uid !== (process.getuid?.() ?? 0))
      throw new AssayError(
        'sandbox/disk',
        `${base} is needed for sandboxes and belongs to somebody else. Set TMPDIR to a folder of your own.`,
      )
  }
  return base
}

function mounted(
  folder: string,
  { diskBytes, files }: Pick<SandboxLimits, 'diskBytes' | 'files'>,
  owner: Owner | undefined,
): boolean {
  if (process.getuid?.() !== 0) return false
  const who = owner === undefined ? '' : `,uid=${owner.uid},gid=${owner.gid}`
  const options = `size=${diskBytes},nr_inodes=${files + 1},mode=0700,nosuid,nodev${who}`
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' }).status === 0
}

function removeScratch(folder: string, bounded: boolean): void {
  if (bounded) spawnSync('umount', ['-l', folder], { stdio: 'ignore' })
  try {
    fs.rmSync(folder, { recursive: true, force: true })
  } catch {
    emptyFolder(folder)
    spawnSync('rmdir', [folder], { stdio: 'ignore' })
  }
}

/** Takes away all that is in a folder, whatever it is called, however deep it is, and whoever may read it. */
export function emptyFolder(folder: string): void {
  // Both go down step by step, so that no path is too long.
  spawnSync('chmod', ['-R', 'u+rwX', '--', folder], { stdio: 'ignore' })
  spawnSync('find', [folder, '-mindepth', '1', '-delete'], { stdio: 'ignore' })
}

/** A killed process leaves its folders; the next one takes them away. */
function sweep(base: string): void {
  for (const name of fs.readdirSync(base))
    if (isLeft(name)) removeScratch(path.join(base, name), process.getuid?.() === 0)
}
