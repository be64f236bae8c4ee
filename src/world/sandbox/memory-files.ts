import { bytesOf, contentOf, sameEntry, sizeOf } from './content.ts'
import { WORKSPACE, type Changed, type Content, type Entry, type SandboxLimits, type Snapshot } from './sandbox.ts'

interface Times {
  mode: number
  /** Milliseconds since 1970. */
  mtime: number
}

export interface FileNode extends Times {
  readonly type: 'file'
  content: Content
  bytes: number
}

export interface FolderNode extends Times {
  readonly type: 'folder'
  readonly children: Map<string, Node>
}

export interface LinkNode extends Times {
  readonly type: 'link'
  readonly target: string
}

export type Node = FileNode | FolderNode | LinkNode

/** Where a path leads: the folder it would stand in and what stands there. `at` is the path with links followed. */
export interface Place {
  readonly folder: FolderNode
  readonly name: string
  readonly at: string
  readonly node: Node | undefined
}

/** As Linux has it. */
const MOST_LINKS = 40
const LONGEST_NAME = 255
const LONGEST_PATH = 4096

/** A file operation that cannot be done; the message is the system's own. */
export class FileError extends Error {
  readonly code: string

  constructor(code: keyof typeof SAYS, path: string) {
    super(`${code}: ${SAYS[code]}, '${path}'`)
    this.code = code
  }

  /** The second half of what the system says, for people. */
  get says(): string {
    return this.message.slice(this.code.length + 2).replace(/, '.*$/s, '')
  }
}

const SAYS = {
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  EISDIR: 'illegal operation on a directory',
  EEXIST: 'file already exists',
  ENOTEMPTY: 'directory not empty',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'name too long',
  EINTR: 'interrupted system call',
  ENOSPC: 'no space left on device',
  EINVAL: 'invalid argument',
} as const

/**
 * A tree of files in memory that knows what was changed below {@link WORKSPACE}: an act costs what it touches, however
 * many files there are.
 */
export class MemoryFiles {
  readonly root: FolderNode = folder(0)
  readonly #limits: Pick<SandboxLimits, 'diskBytes' | 'files'>
  readonly #now: () => number
  readonly #touched = new Set<string>()
  readonly #known = new Map<string, Entry>()
  #bytes = 0
  #count = 0
  #steps = Infinity
  #tired: () => void = () => undefined

  /** @param now the time that a changed file bears, milliseconds since 1970 */
  constructor(limits: Pick<SandboxLimits, 'diskBytes' | 'files'>, now: () => number) {
    this.#limits = limits
    this.#now = now
    this.makeFolder(WORKSPACE)
  }

  /**
   * Bounds the work until it is called again: so many folders gone through, whatever for. It is counted and not timed, so
   * that the same acts are always cut off at the same place.
   *
   * @param tired called when they are used up; from then on everything fails
   */
  allow(steps: number, tired: () => void): void {
    this.#steps = steps
    this.#tired = tired
  }

  #step(path: string): void {
    if (this.#steps-- > 0) return
    this.#tired()
    throw new FileError('EINTR', path)
  }

  /**
   * Follows a path from the root.
   *
   * @param follow whether a link at the very end is followed too
   * @throws FileError when a folder on the way is missing or is none
   */
  place(path: string, follow = true): Place {
    if (path.length > LONGEST_PATH || path.includes('\0'))
      throw new FileError(path.includes('\0') ? 'EINVAL' : 'ENAMETOOLONG', path.slice(0, 80))
    let todo = partsOf(path)
    let above: { readonly folder: FolderNode; readonly name: string }[] = []
    let here = this.root
    let links = 0
    for (let index = 0; index < todo.length; index++) {
      const name = todo[index] ?? ''
      this.#step(path)
      if (name === '..') {
        here = above.pop()?.folder ?? this.root
        continue
      }
      if (name.length > LONGEST_NAME / 4 && Buffer.byteLength(name) > LONGEST_NAME)
        throw new FileError('ENAMETOOLONG', `${name.slice(0, 80)}…`)
      const node = here.children.get(name)
      const last = index === todo.length - 1
      if (node?.type === 'link' && (follow || !last)) {
        if (++links > MOST_LINKS) throw new FileError('ELOOP', path)
        const rest = todo.slice(index + 1)
        if (node.target.startsWith('/')) {
          here = this.root
          above = []
        }
        todo = [...partsOf(node.target), ...rest]
        index = -1
        continue
      }
      if (last) return { folder: here, name, at: `${pathOf(above)}/${name}`, node }
      if (node === undefined) throw new FileError('ENOENT', path)
      if (node.type !== 'folder') throw new FileError('ENOTDIR', path)
      above.push({ folder: here, name })
      here = node
    }
    // The path ended in a folder by way of "/" or "..".
    const up = above.at(-1)
    return { folder: up?.folder ?? this.root, name: up?.name ?? '', at: pathOf(above) || '/', node: here }
  }

  /** What is at a path. @throws FileError `ENOENT` */
  node(path: string, follow = true): Node {
    const { node } = this.place(path, follow)
    if (node === undefined) throw new FileError('ENOENT', path)
    return node
  }

  /** @throws FileError `ENOENT`, `EISDIR` */
  file(path: string): FileNode {
    const node = this.node(path)
    if (node.type !== 'file') throw new FileError('EISDIR', path)
    return node
  }

  /** @throws FileError `ENOENT`, `ENOTDIR` */
  folder(path: string): FolderNode {
    const node = this.node(path)
    if (node.type !== 'folder') throw new FileError('ENOTDIR', path)
    return node
  }

  /** Writes a whole file. @throws FileError */
  write(path: string, content: Content, mode?: number): void {
    const { folder: into, name, at, node } = this.place(path)
    if (node !== undefined && node.type !== 'file') throw new FileError('EISDIR', path)
    const bytes = sizeOf(content)
    this.#charge(bytes - (node?.bytes ?? 0), node === undefined ? 1 : 0, path)
    if (node === undefined)
      into.children.set(name, { type: 'file', content, bytes, mode: mode ?? 0o644, mtime: this.#now() })
    else {
      node.content = content
      node.bytes = bytes
      node.mtime = this.#now()
      if (mode !== undefined) node.mode = mode
    }
    this.#touched.add(at)
  }

  /** Adds to a file's end, making it where it is missing; costs what is added. @throws FileError */
  append(path: string, content: Content): void {
    const { node, at } = this.place(path)
    if (node === undefined || node.type !== 'file' || typeof node.content !== 'string' || typeof content !== 'string') {
      if (node?.type === 'file') this.write(path, joined(node.content, content))
      else this.write(path, content)
      return
    }
    const bytes = sizeOf(content)
    this.#charge(bytes, 0, path)
    node.content += content
    node.bytes += bytes
    node.mtime = this.#now()
    this.#touched.add(at)
  }

  /** Makes a folder and those above it. @throws FileError `ENOTDIR`, `EEXIST` where something else stands */
  makeFolder(path: string): void {
    const { folder: into, name, node, at } = this.#placeMaking(path)
    if (node === undefined) {
      this.#charge(0, 1, path)
      into.children.set(name, folder(this.#now()))
      this.#touched.add(at)
    } else if (node.type !== 'folder') throw new FileError('ENOTDIR', path)
  }

  #placeMaking(path: string): Place {
    try {
      return this.place(path)
    } catch (cause) {
      if (!(cause instanceof FileError) || cause.code !== 'ENOENT') throw cause
      this.makeFolder(path.replace(/\/+[^/]*\/*$/, ''))
      return this.place(path)
    }
  }

  /** @throws FileError `EEXIST` */
  link(target: string, path: string): void {
    const { folder: into, name, at, node } = this.place(path, false)
    if (node !== undefined) throw new FileError('EEXIST', path)
    this.#charge(0, 1, path)
    into.children.set(name, { type: 'link', target, mode: 0o777, mtime: this.#now() })
    this.#touched.add(at)
  }

  /** Takes away what stands at a path, and all below it. @throws FileError `ENOENT` */
  remove(path: string): void {
    const { folder: from, name, at, node } = this.place(path, false)
    if (node === undefined || name === '') throw new FileError(name === '' ? 'EINVAL' : 'ENOENT', path)
    from.children.delete(name)
    for (const [below, each] of walk(node, at)) {
      this.#steps--
      this.#touched.add(below)
      this.#bytes -= each.type === 'file' ? each.bytes : 0
      this.#count--
    }
    // The workspace itself may be emptied, but not taken away.
    if (this.root.children.get(WORKSPACE.slice(1)) === undefined) this.makeFolder(WORKSPACE)
  }

  /** Moves what stands at a path, over a file that stands where it goes. @throws FileError */
  move(from: string, to: string): void {
    const source = this.place(from, false)
    if (source.node === undefined) throw new FileError('ENOENT', from)
    const goal = this.place(to, false)
    if (goal.at === source.at) return
    if (goal.at.startsWith(`${source.at}/`) || source.name === '') throw new FileError('EINVAL', to)
    if (goal.node?.type === 'folder' && goal.node.children.size > 0) throw new FileError('ENOTEMPTY', to)
    if (goal.node !== undefined) this.remove(to)
    source.folder.children.delete(source.name)
    goal.folder.children.set(goal.name, source.node)
    for (const from of [source.at, goal.at]) {
      for (const [below] of walk(source.node, from)) {
        this.#steps--
        this.#touched.add(below)
      }
    }
    if (this.root.children.get(WORKSPACE.slice(1)) === undefined) this.makeFolder(WORKSPACE)
  }

  setMode(path: string, mode: number): void {
    const { node, at } = this.place(path)
    if (node === undefined) throw new FileError('ENOENT', path)
    node.mode = mode
    this.#touched.add(at)
  }

  /** Does something that counts against no limit, such as setting up what is no work of the agent's. */
  uncounted<T>(work: () => T): T {
    const [bytes, count] = [this.#bytes, this.#count]
    try {
      return work()
    } finally {
      this.#bytes = bytes
      this.#count = count
    }
  }

  /** What changed below the workspace since the last call, by path in order. */
  changes(): readonly Changed[] {
    if (this.#touched.size === 0) return []
    const changed: Changed[] = []
    for (const at of [...this.#touched].toSorted()) {
      const path = inWorkspace(at)
      if (path === undefined) continue
      const before = this.#known.get(path)
      const after = this.#entryAt(at)
      if (sameEntry(before, after)) continue
      if (after === undefined) this.#known.delete(path)
      else this.#known.set(path, after)
      changed.push({ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) })
    }
    this.#touched.clear()
    return changed
  }

  /** Takes back what changed since the last call of {@link changes}. */
  undo(): void {
    const known = new Map(this.#known)
    const touched = [...this.#touched].flatMap((at) => inWorkspace(at) ?? []).toSorted()
    this.#touched.clear()
    const made = touched.filter((path) => !known.has(path)).toReversed()
    this.put(made.map((path) => [path, undefined] as const))
    this.put(touched.flatMap((path) => (known.has(path) ? [[path, known.get(path)] as const] : [])))
  }

  snapshot(): Snapshot {
    const entries = new Map<string, Entry>()
    for (const [at, node] of walk(this.folder(WORKSPACE), WORKSPACE)) {
      const path = inWorkspace(at)
      if (path !== undefined) entries.set(path, entryOf(node))
    }
    return entries
  }

  /** Puts entries as they are, and counts them as known. @throws FileError */
  put(entries: Iterable<readonly [string, Entry | undefined]>): void {
    // What was changed and not yet asked for stays to be told.
    const pending = new Set(this.#touched)
    for (const [path, entry] of entries) {
      const at = `${WORKSPACE}/${path}`
      const there = this.#entryAt(at)
      if (there !== undefined && (entry === undefined || there.kind !== entry.kind)) this.remove(at)
      if (entry !== undefined) {
        const above = at.slice(0, at.lastIndexOf('/'))
        this.makeFolder(above)
        if (entry.kind === 'folder') this.makeFolder(at)
        else if (entry.kind === 'link') {
          if (this.#entryAt(at) !== undefined) this.remove(at)
          this.link(String(entry.content), at)
        } else this.write(at, entry.content, entry.kind === 'program' ? 0o755 : 0o644)
      }
    }
    for (const at of this.#touched) {
      const path = inWorkspace(at)
      if (path === undefined || pending.has(at)) continue
      const entry = this.#entryAt(at)
      if (entry === undefined) this.#known.delete(path)
      else this.#known.set(path, entry)
    }
    this.#touched.clear()
    for (const at of pending) this.#touched.add(at)
  }

  #entryAt(at: string): Entry | undefined {
    let node: Node | undefined = this.root
    for (const name of partsOf(at)) {
      if (node?.type !== 'folder') return undefined
      node = node.children.get(name)
    }
    return node === undefined ? undefined : entryOf(node)
  }

  #charge(bytes: number, files: number, path: string): void {
    if (
      (bytes > 0 && this.#bytes + bytes > this.#limits.diskBytes) ||
      (files > 0 && this.#count + files > this.#limits.files)
    )
      throw new FileError('ENOSPC', path)
    this.#bytes += bytes
    this.#count += files
  }
}

function folder(mtime: number): FolderNode {
  return { type: 'folder', children: new Map(), mode: 0o755, mtime }
}

function entryOf(node: Node): Entry {
  switch (node.type) {
    case 'folder':
      return { kind: 'folder', content: '' }
    case 'link':
      return { kind: 'link', content: node.target }
    case 'file':
      return { kind: (node.mode & 0o100) === 0 ? 'file' : 'program', content: node.content }
  }
}

/** A node and all below it, parents first, names in order. */
function* walk(node: Node, at: string): Generator<readonly [string, Node]> {
  yield [at, node]
  if (node.type !== 'folder') return
  for (const name of [...node.children.keys()].toSorted()) {
    const child = node.children.get(name)
    if (child !== undefined) yield* walk(child, `${at}/${name}`)
  }
}

function inWorkspace(at: string): string | undefined {
  return at.startsWith(`${WORKSPACE}/`) ? at.slice(WORKSPACE.length + 1) : undefined
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}

function pathOf(above: readonly { readonly name: string }[]): string {
  return above.map(({ name }) => `/${name}`).join('')
}

function joined(a: Content, b: Content): Content {
  return contentOf(Buffer.concat([bytesOf(a), bytesOf(b)]))
}
