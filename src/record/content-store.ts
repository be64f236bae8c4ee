import fs from 'node:fs'
import path from 'node:path'
import { damaged, writeError } from './append-file.ts'
import { contentHash } from './file-change.ts'
import type { Redact } from './redact.ts'

/**
 * What files held, each content once, under its hash. A content is whole on the disk before anything names it: it is written next to
 * its place and moved there, so that a crash leaves at most a file that nothing names.
 */
export class ContentStore {
  readonly #folder: string
  readonly #redact: Redact
  readonly #known = new Set<string>()

  constructor(folder: string, redact: Redact) {
    this.#folder = folder
    this.#redact = redact
  }

  /**
   * Keeps a content.
   *
   * @returns the hash it is kept under: that of what is kept, where a secret had to be taken out
   * @throws AssayError `record/disk-full`, `record/unwritable`
   */
  put(content: string | Uint8Array): string {
    const clean = typeof content === 'string' ? this.#redact(content) : content
    const hash = contentHash(clean)
    if (this.#known.has(hash)) return hash
    const place = this.#place(hash)
    const beside = `${place}.${process.pid}`
    try {
      if (!fs.existsSync(place)) {
        fs.mkdirSync(path.dirname(place), { recursive: true })
        fs.writeFileSync(beside, clean, { flush: true })
        fs.renameSync(beside, place)
      }
    } catch (cause) {
      forget(beside)
      throw writeError(place, cause)
    }
    this.#known.add(hash)
    return hash
  }

  /** @throws AssayError `record/damaged` where it is missing or is not what its name says */
  get(hash: string): Uint8Array {
    const place = this.#place(hash)
    let bytes
    try {
      bytes = fs.readFileSync(place)
    } catch (cause) {
      throw damaged(`${place} is missing, and a journal names it. Restore it, or start a new run.`, cause)
    }
    if (contentHash(bytes) === hash) return bytes
    throw damaged(`${place} does not hold what its name says. Restore it, or start a new run.`)
  }

  #place(hash: string): string {
    return path.join(this.#folder, hash.slice(0, 2), hash)
  }
}

/** What went wrong first is what the user must hear. */
function forget(file: string): void {
  try {
    fs.rmSync(file, { force: true })
  } catch {
    // It was never made.
  }
}
