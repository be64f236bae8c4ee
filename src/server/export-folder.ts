import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { writeError, writeFile } from '../record/index.ts'

/** Names a folder that holds a copy: only such a folder is replaced. */
const MARK = 'assay-export.json'

/**
 * A folder that is written beside its place and moved there whole. A process that is killed leaves a folder that is named
 * `….unfinished-<process>` and has no page in it; the next export beside it clears it away.
 */
export class ExportFolder {
  readonly #place: string
  /** Where it is written. */
  readonly folder: string
  files = 0
  bytes = 0

  /** @throws AssayError `server/export-there`, `record/unwritable` */
  constructor(place: string) {
    this.#place = path.resolve(place)
    assertFree(this.#place)
    const parent = path.dirname(this.#place)
    this.folder = `${this.#place}.unfinished-${process.pid}`
    try {
      fs.mkdirSync(parent, { recursive: true })
      for (const name of fs.readdirSync(parent))
        if (isLeftBehind(name, path.basename(this.#place)))
          fs.rmSync(path.join(parent, name), { recursive: true, force: true })
      fs.mkdirSync(this.folder)
    } catch (cause) {
      throw writeError(this.folder, cause)
    }
  }

  /** @throws AssayError `record/disk-full`, `record/unwritable` */
  write(name: string, text: string): void {
    writeFile(path.join(this.folder, name), text)
    this.files++
    this.bytes += Buffer.byteLength(text)
  }

  /** Moves it to its place. @throws AssayError as {@link write} does */
  finish(): void {
    this.write(MARK, '{}\n')
    const old = `${this.#place}.old-${process.pid}`
    try {
      if (fs.existsSync(this.#place)) fs.renameSync(this.#place, old)
      fs.renameSync(this.folder, this.#place)
      fs.rmSync(old, { recursive: true, force: true })
    } catch (cause) {
      throw writeError(this.#place, cause)
    }
  }

  abandon(): void {
    fs.rmSync(this.folder, { recursive: true, force: true })
  }
}

function assertFree(place: string): void {
  const found = fs.lstatSync(place, { throwIfNoEntry: false })
  if (found === undefined) return
  const isCopy = found.isDirectory() && (fs.existsSync(path.join(place, MARK)) || fs.readdirSync(place).length === 0)
  if (isCopy) return
  throw new AssayError(
    'server/export-there',
    `${place} already exists and is not an exported copy, so it is not replaced. Name another folder.`,
  )
}

/** Left by a process that is no more. */
function isLeftBehind(name: string, place: string): boolean {
  const pid = Number(
    name.startsWith(`${place}.`) ? /^\.(?:unfinished|old)-(\d+)$/.exec(name.slice(place.length))?.[1] : NaN,
  )
  if (!Number.isSafeInteger(pid) || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}
