import fs from 'node:fs'
import path from 'node:path'
import { codeOf } from '../../assay-error.ts'
import { contentOf, sameEntry, sizeOf } from './content.ts'
import { inWorkspace } from './path.ts'
import { emptyFolder } from './scratch.ts'
import {
  WORKSPACE,
  type Answer,
  type Changed,
  type Child,
  type Content,
  type Entry,
  type Ran,
  type SandboxLimits,
  type Snapshot,
} from './sandbox.ts'

const MOST_LINKS = 40

/** What a file looked like when it was last read: nobody inside can change it and leave all of this as it was. */
interface Seen {
  readonly mark: string
  readonly entry: Entry
}

/** A name in the workspace. `shut` where it is a folder that cannot be looked into. */
interface Walked {
  readonly at: string
  readonly stat: fs.Stats | undefined
  readonly shut: boolean
}

/** Who owns what we write; absent: whoever we are. */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

/**
 * A workspace in a folder of this machine, read and written from outside the sandbox while nothing runs in it. Links are followed as they would
 * be inside, and never out of the folder; nothing but plain files is ever opened.
 */
export class DiskFiles {
  readonly root: string
  readonly #owner: Owner | undefined
  /** Of what files say they hold: a file system counts what they take, and one with holes takes nothing. */
  readonly #limits: Pick<SandboxLimits, 'diskBytes' | 'files'>
  readonly #seen = new Map<string, Seen>()

  constructor(root: string, limits: Pick<SandboxLimits, 'diskBytes' | 'files'>, owner?: Owner) {
    this.root = fs.realpathSync(root)
    this.#owner = owner
    this.#limits = limits
  }

  read(given: string): Answer<Content> {
    return this.#answer(given, true, (at, stat) => {
      if (stat === undefined) return refused(`${given}: no such file or directory`)
      if (!stat.isFile()) return refused(`${given}: ${stat.isDirectory() ? 'is a folder' : 'is not a regular file'}`)
      if (stat.size > this.#limits.diskBytes) return refused(`${given}: file too large`)
      const bytes = readPlain(at, stat.size, this.root)
      return bytes === undefined ? refused(`${given}: is not a regular file`) : { type: 'ok', value: contentOf(bytes) }
    })
  }

  write(given: string, content: Content): Answer<void> {
    return this.#answer(given, true, (at, stat) => {
      if (stat !== undefined && !stat.isFile()) return refused(`${given}: is not a regular file`)
      if (this.#over(sizeOf(content) - (stat?.size ?? 0), this.#missing(at)))
        return refused(`${given}: no space left on device`)
      this.#makeAbove(at)
      this.#writePlain(at, content, stat?.mode ?? 0o644)
      return { type: 'ok', value: undefined }
    })
  }

  list(given: string): Answer<readonly Child[]> {
    return this.#answer(given, true, (at, stat) => {
      if (stat === undefined) return refused(`${given}: no such file or directory`)
      if (!stat.isDirectory()) return refused(`${given}: not a directory`)
      const children = fs.readdirSync(at).flatMap((name): Child[] => {
        const each = statOf(path.join(at, name))
        const kind = each === undefined ? undefined : kindOf(each)
        return each === undefined || kind === undefined
          ? []
          : [{ name, kind, bytes: kind === 'folder' ? 0 : each.size }]
      })
      return { type: 'ok', value: children.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }
    })
  }

  /** What changed since the last call. Looks at every file's status, and reads what looks otherwise than before. */
  changes(): readonly Changed[] {
    const changed: Changed[] = []
    const met = new Set<string>()
    this.#see((at, stat, kind) => {
      const seen = this.#seen.get(at)
      const mark = markOf(stat)
      const after = seen?.mark === mark ? seen.entry : this.#entry(at, kind, stat.size)
      if (after === undefined) return
      met.add(at)
      if (seen?.mark === mark) return
      this.#seen.set(at, { mark, entry: after })
      if (sameEntry(seen?.entry, after)) return
      changed.push({ path: at, ...(seen !== undefined && { before: seen.entry }), after })
    })
    if (met.size < this.#seen.size) {
      for (const [at, { entry }] of this.#seen) {
        if (met.has(at)) continue
        this.#seen.delete(at)
        changed.push({ path: at, before: entry })
      }
    }
    return changed.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  }

  snapshot(): Snapshot {
    const entries = new Map<string, Entry>()
    this.#see((at, stat, kind) => {
      const seen = this.#seen.get(at)
      const entry = seen?.mark === markOf(stat) ? seen.entry : this.#entry(at, kind, stat.size)
      if (entry !== undefined) entries.set(at, entry)
    })
    return new Map([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }

  put(entries: Iterable<readonly [string, Entry | undefined]>): void {
    for (const [relative, entry] of entries) {
      const at = path.join(this.root, relative)
      const stat = statOf(at)
      if (stat !== undefined && (entry === undefined || kindOf(stat) !== entry.kind || entry.kind === 'link'))
        fs.rmSync(at, { recursive: true, force: true })
      this.#forget(relative, stat?.isDirectory() === true)
      if (entry === undefined) continue
      this.#makeAbove(at, true)
      if (entry.kind === 'folder') {
        if (statOf(at) === undefined) this.#makeFolder(at)
      } else if (entry.kind === 'link') {
        fs.symlinkSync(String(entry.content), at)
        this.#own(at)
      } else this.#writePlain(at, entry.content, entry.kind === 'program' ? 0o755 : 0o644)
      const now = statOf(at)
      if (now !== undefined) this.#seen.set(relative, { mark: markOf(now), entry })
    }
    // The folders that files were put into look otherwise now, and are as they were.
    for (const [relative, { entry }] of this.#seen) {
      const stat = entry.kind === 'folder' ? statOf(path.join(this.root, relative)) : undefined
      if (stat !== undefined) this.#seen.set(relative, { mark: markOf(stat), entry })
    }
  }

  /** Runs a command, and takes back what it did to files where that is more than the workspace may hold. */
  async within(run: () => Promise<Ran>): Promise<Ran> {
    const before = this.snapshot()
    const ran = await run()
    // Whoever shuts the workspace itself would shut out the next command.
    fs.chmodSync(this.root, 0o700)
    if (!this.#over(0, 0)) return ran
    this.#undo(before)
    const stderr = `${ran.stderr}no space left on device: more than the workspace holds; what the command did to files was undone\n`
    return { ...ran, stderr, exitCode: ran.exitCode === 0 ? 1 : ran.exitCode }
  }

  #undo(before: Snapshot): void {
    const told = new Map(this.#seen)
    emptyFolder(this.root)
    this.#seen.clear()
    this.put(before)
    // What was written since somebody last asked for changes is still to be told.
    for (const [at, entry] of before) {
      const known = told.get(at)
      if (known === undefined) this.#seen.delete(at)
      else if (!sameEntry(known.entry, entry)) this.#seen.set(at, { mark: '', entry: known.entry })
    }
    for (const [at, known] of told) if (!before.has(at)) this.#seen.set(at, known)
  }

  /** Whether so many more would be too much. What cannot be looked into may hold anything. */
  #over(bytes: number, files: number): boolean {
    let [freeBytes, freeFiles] = [this.#limits.diskBytes - bytes, this.#limits.files - files]
    for (const { stat, shut } of this.#walk()) {
      freeFiles--
      if (stat?.isFile() === true) freeBytes -= stat.size
      if (shut || freeFiles < 0 || freeBytes < 0) return true
    }
    return freeFiles < 0 || freeBytes < 0
  }

  #forget(relative: string, folder: boolean): void {
    this.#seen.delete(relative)
    if (folder && statOf(path.join(this.root, relative))?.isDirectory() !== true)
      for (const at of this.#seen.keys()) if (at.startsWith(`${relative}/`)) this.#seen.delete(at)
  }

  /** Absent: it went away or became something else meanwhile, which only a container's left processes can do. */
  #entry(relative: string, kind: Entry['kind'], size: number): Entry | undefined {
    const at = path.join(this.root, relative)
    if (kind === 'folder') return { kind, content: '' }
    const content = kind === 'link' ? readLink(at) : readPlain(at, size, this.root)
    if (content === undefined) return undefined
    return { kind, content: typeof content === 'string' ? content : contentOf(content) }
  }

  /** What the file tools and the record see: no more of it than the limits, whatever happens beside us. */
  #see(visit: (at: string, stat: fs.Stats, kind: Entry['kind']) => void): void {
    let { diskBytes, files } = this.#limits
    for (const { at, stat } of this.#walk()) {
      const kind = stat === undefined ? undefined : kindOf(stat)
      if (stat === undefined || kind === undefined) continue
      const bytes = stat.isFile() ? stat.size : 0
      if (bytes > diskBytes) continue
      if (files-- === 0) return
      diskBytes -= bytes
      visit(at, stat, kind)
    }
  }

  /** Every name but the workspace's own, folders before what is in them. No status: the name is no UTF-8, or too long to be opened. */
  *#walk(): Generator<Walked> {
    const todo = ['']
    for (let folder = todo.pop(); folder !== undefined; folder = todo.pop()) {
      const names = namesIn(path.join(this.root, folder))
      if (names === undefined) yield { at: folder, stat: undefined, shut: true }
      for (const name of names ?? []) {
        const at = folder === '' ? name : `${folder}/${name}`
        const stat = statOf(path.join(this.root, at))
        if (stat?.isDirectory() === true) todo.push(at)
        yield { at, stat, shut: false }
      }
    }
  }

  /** Follows a path from the workspace's root, link by link, and never out of it. */
  #answer<T>(given: string, follow: boolean, work: (at: string, stat: fs.Stats | undefined) => Answer<T>): Answer<T> {
    const inside = inWorkspace(given)
    if (inside.type === 'refused') return inside
    let todo = inside.value.split('/').filter((part) => part !== '')
    let here: string[] = []
    let links = 0
    try {
      for (let index = 0; index < todo.length; index++) {
        const name = todo[index] ?? ''
        if (name === '.') continue
        if (name === '..') {
          if (here.length === 0) return refused(`${given} leads out of the workspace.`)
          here.pop()
          continue
        }
        const at = path.join(this.root, ...here, name)
        const stat = statOf(at)
        const last = index === todo.length - 1
        if (stat?.isSymbolicLink() === true && (follow || !last)) {
          if (++links > MOST_LINKS) return refused(`${given}: too many levels of symbolic links`)
          const target = fs.readlinkSync(at)
          const rest = todo.slice(index + 1)
          if (target.startsWith('/')) {
            if (target !== WORKSPACE && !target.startsWith(`${WORKSPACE}/`))
              return refused(`${given} leads out of the workspace.`)
            here = []
          }
          todo = [
            ...target
              .replace(new RegExp(`^${WORKSPACE}(?=/|$)`), '')
              .split('/')
              .filter((part) => part !== ''),
            ...rest,
          ]
          index = -1
          continue
        }
        if (!last && stat !== undefined && !stat.isDirectory()) return refused(`${given}: not a directory`)
        here.push(name)
      }
      const at = path.join(this.root, ...here)
      return work(at, statOf(at))
    } catch (cause) {
      const why = SAYS[codeOf(cause) ?? '']
      if (why === undefined) throw cause
      return refused(`${given}: ${why}`)
    }
  }

  /** How many names a path lacks, its own among them. */
  #missing(at: string): number {
    let missing = 0
    for (let name = at; name.length > this.root.length && statOf(name) === undefined; name = path.dirname(name))
      missing++
    return missing
  }

  #makeAbove(at: string, replace = false): void {
    const above = path.dirname(at)
    if (above.length < this.root.length || above === this.root) return
    const stat = statOf(above)
    if (stat?.isDirectory() === true) return
    if (stat !== undefined && replace) fs.rmSync(above, { recursive: true, force: true })
    this.#makeAbove(above, replace)
    this.#makeFolder(above)
    const now = statOf(above)
    if (replace && now !== undefined)
      this.#seen.set(path.relative(this.root, above), { mark: markOf(now), entry: { kind: 'folder', content: '' } })
  }

  #makeFolder(at: string): void {
    fs.mkdirSync(at, { mode: 0o755 })
    this.#own(at)
  }

  #writePlain(at: string, content: Content, mode: number): void {
    const file = fs.openSync(
      at,
      fs.constants.O_WRONLY | fs.constants.O_CREAT | fs.constants.O_TRUNC | AS_IT_STANDS,
      mode & 0o777,
    )
    try {
      fs.writeFileSync(file, typeof content === 'string' ? content.toWellFormed() : content)
    } finally {
      fs.closeSync(file)
    }
    fs.chmodSync(at, mode & 0o777)
    this.#own(at)
  }

  #own(at: string): void {
    if (this.#owner !== undefined) fs.lchownSync(at, this.#owner.uid, this.#owner.gid)
  }
}

const SAYS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  EISDIR: 'is a folder',
  EEXIST: 'a file is where a folder is needed',
  ENAMETOOLONG: 'name too long',
  ENOSPC: 'no space left on device',
  EDQUOT: 'no space left on device',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EFBIG: 'file too large',
  EINVAL: 'invalid argument',
  ELOOP: 'too many levels of symbolic links',
  ENXIO: 'is not a regular file',
}

/** Never through a link, and without waiting for whoever is at the other end of a pipe. */
const AS_IT_STANDS = fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK

function refused(why: string): { readonly type: 'refused'; readonly why: string } {
  return { type: 'refused', why }
}

function statOf(at: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(at, { throwIfNoEntry: false })
  } catch (cause) {
    if (['ENOTDIR', 'ENAMETOOLONG', 'EACCES', 'ELOOP'].includes(codeOf(cause) ?? '')) return undefined
    throw cause
  }
}

function kindOf(stat: fs.Stats): Entry['kind'] | undefined {
  if (stat.isFile()) return (stat.mode & 0o100) === 0 ? 'file' : 'program'
  if (stat.isDirectory()) return 'folder'
  return stat.isSymbolicLink() ? 'link' : undefined
}

function markOf({ ino, size, mode, mtimeMs, ctimeMs }: fs.Stats): string {
  return `${ino} ${size} ${mode} ${mtimeMs} ${ctimeMs}`
}

/** The names in a folder, whose owner may have taken even the owner's rights; absent where its path is too long to be opened. */
function namesIn(folder: string): readonly string[] | undefined {
  try {
    return fs.readdirSync(folder)
  } catch (cause) {
    const code = codeOf(cause) ?? ''
    if (code === 'ENAMETOOLONG') return undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    if (code !== 'EACCES') throw cause
    fs.chmodSync(folder, 0o700)
    return fs.readdirSync(folder)
  }
}

/**
 * At most so many bytes of a plain file below a folder, however it grows meanwhile; absent where it is none by now, or where the
 * way to it leads out by now.
 */
function readPlain(at: string, most: number, root: string): Uint8Array | undefined {
  let file
  try {
    file = openPlain(at)
    if (!fs.fstatSync(file).isFile()) return undefined
    if (process.platform === 'linux' && !fs.readlinkSync(`/proc/self/fd/${file}`).startsWith(`${root}/`))
      return undefined
    const bytes = Buffer.alloc(most)
    let read = 0
    for (let more = -1; read < most && more !== 0; read += more)
      more = fs.readSync(file, bytes, read, most - read, read)
    return bytes.subarray(0, read)
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(codeOf(cause) ?? '')) return undefined
    throw cause
  } finally {
    if (file !== undefined) fs.closeSync(file)
  }
}

function readLink(at: string): string | undefined {
  try {
    return fs.readlinkSync(at)
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR', 'EINVAL'].includes(codeOf(cause) ?? '')) return undefined
    throw cause
  }
}

function openPlain(at: string): number {
  const flags = fs.constants.O_RDONLY | AS_IT_STANDS
  try {
    return fs.openSync(at, flags)
  } catch (cause) {
    if (codeOf(cause) !== 'EACCES') throw cause
    fs.chmodSync(at, 0o600)
    return fs.openSync(at, flags)
  }
}
