import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { AssayError } from '../../assay-error.ts'

/** Milliseconds between signs of life, and without one until the holder counts as dead. */
const beat = 1_000
const dead = 10_000

export interface HoldOptions {
  readonly signal?: AbortSignal
  readonly onWait?: () => void
}

/**
 * Holds a lock that is a folder, and waits while somebody else does. A holder that was killed gives no sign of life
 * and loses the lock after ten seconds. A holder that only slept may so share it with another: what is done under the
 * lock must bear that.
 *
 * @returns gives the lock back
 * @throws AssayError `model/interrupted` when the signal comes while waiting
 */
export async function hold(path: string, { signal, onWait }: HoldOptions): Promise<() => Promise<void>> {
  while (!(await taken(path))) {
    if (signal?.aborted === true) {
      throw new AssayError('model/interrupted', 'Interrupted while another process pulls the same weights.', {
        exit: 130,
      })
    }
    onWait?.()
    await sleep(200)
  }
  const alive = setInterval(() => void touch(path), beat)
  alive.unref()
  return async () => {
    clearInterval(alive)
    await rm(path, { recursive: true, force: true })
  }
}

async function taken(path: string): Promise<boolean> {
  try {
    await mkdir(path)
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const found = await stat(path).catch(() => undefined)
  if (found !== undefined && Date.now() - found.mtimeMs > dead) {
    // Renaming succeeds for one only: two who both see a dead holder do not both remove the next one's lock.
    const grave = `${path}-${randomUUID()}`
    await rename(path, grave)
      .then(() => rm(grave, { recursive: true, force: true }))
      .catch(() => undefined)
  }
  return false
}

async function touch(path: string): Promise<void> {
  const now = new Date()
  await utimes(path, now, now).catch(() => undefined)
}
