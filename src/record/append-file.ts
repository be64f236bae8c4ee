import fs from 'node:fs'
import { dirname } from 'node:path'
import { AssayError, codeOf, reasonOf } from '../assay-error.ts'

/** When bytes are forced to the disk: at most this long after they were written, or at once. */
export type Durability = 'each-second' | 'each-event'

const SYNC_EVERY_MS = 1000

/**
 * A file that only grows, one line at a time. A line is in the kernel's hands when `append` returns, so a killed
 * process loses nothing written; a power cut loses what the last sync missed.
 *
 * When the disk is full, the part of the line that was written is cut off again, so that the file stays whole.
 */
export class AppendFile {
  readonly path: string
  readonly #fd: number
  readonly #durability: Durability
  readonly #now: () => number
  #length: number
  #appended = false
  #syncedAt: number
  #syncing: Promise<void> = Promise.resolve()
  /** What makes every further line pointless. */
  #lasting: Error | undefined

  constructor(
    path: string,
    options: { readonly durability: Durability; readonly now: () => number; readonly keep?: number },
  ) {
    this.path = path
    this.#durability = options.durability
    this.#now = options.now
    try {
      this.#fd = fs.openSync(path, 'a+')
      this.#length = fs.fstatSync(this.#fd).size
      if (options.keep !== undefined && options.keep < this.#length) {
        fs.ftruncateSync(this.#fd, options.keep)
        this.#length = options.keep
      }
    } catch (cause) {
      throw writeError(path, cause)
    }
    this.#syncedAt = options.now()
  }

  /** True once this process has written a line. */
  get appended(): boolean {
    return this.#appended
  }

  /** @throws AssayError `record/disk-full`, `record/unwritable` */
  append(line: string): void {
    const bytes = Buffer.from(`${line}\n`)
    let written = 0
    try {
      if (this.#lasting !== undefined) throw this.#lasting
      while (written < bytes.length) written += fs.writeSync(this.#fd, bytes, written)
      this.#length += bytes.length
      this.#appended = true
      if (this.#durability === 'each-event') fs.fdatasyncSync(this.#fd)
      else if (this.#now() - this.#syncedAt >= SYNC_EVERY_MS) this.#startSync()
    } catch (cause) {
      if (written < bytes.length) this.#cut()
      throw writeError(this.path, cause)
    }
  }

  /** Takes the part of a line back. Where that cannot be done, the part must stay the last thing in the file. */
  #cut(): void {
    try {
      fs.ftruncateSync(this.#fd, this.#length)
    } catch (cause) {
      this.#lasting = cause instanceof Error ? cause : new Error(String(cause))
    }
  }

  /** Forces what was written to the disk and closes. */
  async close(): Promise<void> {
    await this.#syncing
    await new Promise<void>((resolve, reject) =>
      fs.fdatasync(this.#fd, (cause) => {
        // The system reports a failed sync once: the one that met it may have been an earlier one.
        const failed = this.#lasting ?? cause
        fs.close(this.#fd, () => (failed === null ? resolve() : reject(writeError(this.path, failed))))
      }),
    )
  }

  #startSync(): void {
    this.#syncedAt = this.#now()
    this.#syncing = this.#syncing.then(
      () =>
        new Promise((resolve) =>
          fs.fdatasync(this.#fd, (error) => {
            if (error !== null) this.#lasting = error
            resolve()
          }),
        ),
    )
  }
}

/** Writes a file, and makes the folder that it goes into. @throws AssayError as {@link AppendFile.append} does */
export function writeFile(path: string, text: string): void {
  try {
    fs.mkdirSync(dirname(path), { recursive: true })
    fs.writeFileSync(path, text)
  } catch (cause) {
    throw writeError(path, cause)
  }
}

/** Writes a whole file so that readers see the old one or the new one, never a part; its bytes are on the disk before its name is. */
export function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    const fd = fs.openSync(temporary, 'w')
    try {
      fs.writeFileSync(fd, text)
      fs.fdatasyncSync(fd)
    } finally {
      fs.closeSync(fd)
    }
    fs.renameSync(temporary, path)
    syncFolder(dirname(path))
  } catch (cause) {
    try {
      fs.rmSync(temporary, { force: true })
    } catch {
      // The cause is what the user must hear.
    }
    throw writeError(path, cause)
  }
}

/** Puts a folder's list of names on the disk. */
function syncFolder(folder: string): void {
  const fd = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
}

/** A record that does not hold what was written into it. */
export function damaged(message: string, cause?: unknown): AssayError {
  return new AssayError('record/damaged', message, { cause, exit: 3 })
}

/** Turns what the file system says into the one line a user needs. */
export function writeError(path: string, cause: unknown): AssayError {
  if (cause instanceof AssayError) return cause
  const code = codeOf(cause)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AssayError(
      'record/disk-full',
      `No space left to write ${path}. Free some and go on with: assay resume`,
      {
        cause,
        exit: 3,
      },
    )
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new AssayError('record/unwritable', `May not write ${path} (${code}). Choose another folder.`, {
      cause,
    })
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new AssayError(
      'record/unwritable',
      `Cannot write ${path}: a file is where a folder is needed. Choose another.`,
      { cause },
    )
  }
  return new AssayError('record/write-failed', `Could not write ${path}: ${reasonOf(cause)}`, {
    cause,
    exit: 3,
  })
}
