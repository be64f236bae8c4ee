import { sameEntry, sizeOf } from './content.ts'
import { inWorkspace } from './path.ts'
import {
  WORKSPACE,
  type Answer,
  type Changed,
  type Child,
  type Content,
  type Entry,
  type FileTree,
  type SandboxLimits,
  type Snapshot,
} from './sandbox.ts'

interface Folder {
  readonly kind: 'folder'
  readonly content: ''
  readonly children: Map<string, Node>
}

/** Entries never change: a write puts a new one in the place of the old. */
type Node = Folder | (Entry & { readonly kind: 'file' | 'program' | 'link' })

/** As Linux has it. */
const MOST_LINKS = 40
const LONGEST_NAME = 255

/** Where a path leads with links followed, or why it leads nowhere. */
interface Place {
  /** Folders from the root down to the one in which the name is, as far as they are there. */
  readonly names: readonly string[]
  readonly node: Node | undefined
}

/**
 * A tree of files in memory, for work without a shell: no process is started, and the same acts give the same files on
 * every machine. It answers as {@link DiskFiles} does; an act costs what it touches, however many files there are.
 */
export class MemoryFiles implements FileTree {
  readonly #limits: Pick<SandboxLimits, 'diskBytes' | 'files'>
  readonly #root: Folder = folder()
  readonly #touched = new Set<string>()
  /** What was there when somebody last asked for changes, of paths touched since. */
  readonly #before = new Map<string, Entry | undefined>()
  #bytes = 0
  #count = 0

  constructor(limits: Pick<SandboxLimits, 'diskBytes' | 'files'>) {
    this.#limits = limits
  }

  read(path: string): Answer<Content> {
    const place = this.#place(path)
    if (place.type === 'refused') return place
    const { node } = place.value
    if (node === undefined) return refused(path, 'no such file or directory')
    if (node.kind === 'folder') return refused(path, 'is a folder')
    return { type: 'ok', value: node.content }
  }

  write(path: string, given: Content): Answer<void> {
    const content = typeof given === 'string' ? given.toWellFormed() : given
    const place = this.#place(path)
    if (place.type === 'refused') return place
    const { names, node } = place.value
    if (node?.kind === 'folder') return refused(path, 'is not a regular file')
    const missing = node === undefined ? names.length - this.#depth(names) : 0
    const more = sizeOf(content) - (node === undefined ? 0 : sizeOf(node.content))
    if (this.#bytes + more > this.#limits.diskBytes || this.#count + missing > this.#limits.files)
      return refused(path, 'no space left on device')
    const long = names.some((name) => Buffer.byteLength(name) > LONGEST_NAME)
    if (long) return refused(path, 'name too long')
    this.#set(names, { kind: node?.kind === 'program' ? 'program' : 'file', content })
    return { type: 'ok', value: undefined }
  }

  list(path: string): Answer<readonly Child[]> {
    const place = this.#place(path)
    if (place.type === 'refused') return place
    const { node } = place.value
    if (node === undefined) return refused(path, 'no such file or directory')
    if (node.kind !== 'folder') return refused(path, 'not a directory')
    const children = [...node.children].map(([name, { kind, content }]): Child => {
      return { name, kind, bytes: sizeOf(content) }
    })
    return { type: 'ok', value: children.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }
  }

  changes(): readonly Changed[] {
    const changed = [...this.#touched].toSorted().flatMap((path): Changed[] => {
      const before = this.#before.get(path)
      const after = entryOf(this.#at(path.split('/')))
      if (sameEntry(before, after)) return []
      return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
    })
    this.#touched.clear()
    this.#before.clear()
    return changed
  }

  snapshot(): Snapshot {
    return new Map([...walk(this.#root, '')].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }

  put(entries: Iterable<readonly [path: string, entry: Entry | undefined]>): void {
    // What was written and not yet asked for stays to be told, but where something is put in its place.
    const pending = new Set(this.#touched)
    for (const [path, entry] of entries) {
      const names = path.split('/')
      const there = this.#at(names)
      if (there !== undefined && (entry === undefined || there.kind !== entry.kind)) this.#remove(names)
      if (entry !== undefined && !(entry.kind === 'folder' && there?.kind === 'folder'))
        this.#set(names, entry.kind === 'folder' ? folder() : { kind: entry.kind, content: entry.content })
      pending.delete(path)
    }
    for (const path of this.#touched) {
      if (pending.has(path)) continue
      this.#touched.delete(path)
      this.#before.delete(path)
    }
  }

  /** Follows a path from the workspace's root, link by link, and never out of it. */
  #place(given: string): Answer<Place> {
    const inside = inWorkspace(given)
    if (inside.type === 'refused') return inside
    let todo = partsOf(inside.value)
    let here: string[] = []
    let links = 0
    for (let index = 0; index < todo.length; index++) {
      const name = todo[index] ?? ''
      if (name === '..') {
        if (here.pop() === undefined) return { type: 'refused', why: `${given} leads out of the workspace.` }
        continue
      }
      const node = this.#at([...here, name])
      if (node?.kind === 'link') {
        if (++links > MOST_LINKS) return refused(given, 'too many levels of symbolic links')
        const target = String(node.content)
        const absolute = target.startsWith('/')
        if (absolute && target !== WORKSPACE && !target.startsWith(`${WORKSPACE}/`))
          return { type: 'refused', why: `${given} leads out of the workspace.` }
        todo = [...partsOf(absolute ? target.slice(WORKSPACE.length) : target), ...todo.slice(index + 1)]
        if (absolute) here = []
        index = -1
        continue
      }
      if (index < todo.length - 1 && node !== undefined && node.kind !== 'folder')
        return refused(given, 'not a directory')
      here.push(name)
    }
    return { type: 'ok', value: { names: here, node: this.#at(here) } }
  }

  /** What is at a path, no link followed. */
  #at(names: readonly string[]): Node | undefined {
    let node: Node | undefined = this.#root
    for (const name of names) {
      if (node?.kind !== 'folder') return undefined
      node = node.children.get(name)
    }
    return node
  }

  /** How many folders of a path are there. */
  #depth(names: readonly string[]): number {
    let depth = 0
    while (depth < names.length && this.#at(names.slice(0, depth + 1)) !== undefined) depth++
    return depth
  }

  /** Puts what is given at its path, with the folders above it. */
  #set(names: readonly string[], node: Node): void {
    let above = this.#root
    for (const [depth, name] of names.slice(0, -1).entries()) {
      const there = above.children.get(name)
      if (there?.kind === 'folder') {
        above = there
        continue
      }
      const path = names.slice(0, depth + 1)
      if (there !== undefined) this.#remove(path)
      this.#note(path.join('/'), undefined)
      const made = folder()
      above.children.set(name, made)
      this.#count++
      above = made
    }
    const name = names.at(-1) ?? ''
    const there = above.children.get(name)
    this.#note(names.join('/'), entryOf(there))
    above.children.set(name, node)
    this.#bytes += sizeOf(node.content) - sizeOf(there?.content ?? '')
    this.#count += there === undefined ? 1 : 0
  }

  /** Takes away what is at a path, and all below it. */
  #remove(names: readonly string[]): void {
    const above = this.#at(names.slice(0, -1))
    const name = names.at(-1) ?? ''
    const node = above?.kind === 'folder' ? above.children.get(name) : undefined
    if (above?.kind !== 'folder' || node === undefined) return
    const path = names.join('/')
    const gone =
      node.kind === 'folder'
        ? [[path, { kind: 'folder', content: '' }] as const, ...walk(node, path)]
        : [[path, node] as const]
    for (const [at, entry] of gone) {
      this.#note(at, entry)
      this.#bytes -= sizeOf(entry.content)
      this.#count--
    }
    above.children.delete(name)
  }

  #note(path: string, before: Entry | undefined): void {
    if (!this.#touched.has(path)) this.#before.set(path, before)
    this.#touched.add(path)
  }
}

function refused(path: string, why: string): { readonly type: 'refused'; readonly why: string } {
  return { type: 'refused', why: `${path}: ${why}` }
}

function folder(): Folder {
  return { kind: 'folder', content: '', children: new Map() }
}

function entryOf(node: Node | undefined): Entry | undefined {
  return node?.kind === 'folder' ? { kind: 'folder', content: '' } : node
}

/** All below a folder, parents first. */
function* walk({ children }: Folder, path: string): Generator<readonly [path: string, entry: Entry]> {
  for (const [name, node] of children) {
    const at = path === '' ? name : `${path}/${name}`
    yield [at, entryOf(node) ?? node]
    if (node.kind === 'folder') yield* walk(node, at)
  }
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}
