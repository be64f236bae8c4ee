import { AssayError, reasonOf } from '../../assay-error.ts'
import { contentHash, type ContentStore, type FileChange, type Json } from '../../record/index.ts'
import type { ActResult, WorldCheck, WorldSession } from '../world.ts'
import { WORKSPACE, type Content, type FileTree, type Ran, type Sandbox, type Snapshot } from '../sandbox/index.ts'
import { entryAfter, fileChanges, keptBytes, undone } from './file-changes.ts'
import { search } from './search.ts'
import type { Files } from './task.ts'
import { MOST_LINES, SHELL } from './tools.ts'

/** Characters of a file that one `read` shows. */
const LONGEST_READ = 100_000
const MOST_NAMES = 1000
/** Characters that an edit may make of a file; more than twice as many are no string. */
const LONGEST_FILE = 1 << 28

/** What a session is given beside its files. */
export interface SessionSetting {
  readonly start: Snapshot
  /** Where commands run, on the same files. */
  readonly shell?: Sandbox
  /** What the agent is told of its shell before its first act. */
  readonly opening?: string
  /** Where what a command wrote is kept; only where acting again would not write it again. */
  readonly contents?: ContentStore
  /** Bytes that one trial may have kept there. */
  readonly keepsBytes: number
  /** Another name for the workspace's folder. */
  readonly alias?: string
  /** Read the files at the end. */
  readonly files: boolean
  readonly check?: () => Promise<WorldCheck>
  /** False where a command changes more than the record can bring back. */
  readonly rebuilds?: boolean
}

/** A workspace in use: tools over its files and its shell, and what each of them did to the files. */
export class WorkspaceSession implements WorldSession {
  readonly #tree: FileTree
  readonly #setting: SessionSetting
  readonly #view: { readonly [key: string]: Json }
  #kept = 0
  /** Why nothing more can be done here. */
  #lost: string | undefined
  /** Why the files are not what they should be. */
  #broken: string | undefined
  readonly files?: () => Files
  readonly check?: () => Promise<WorldCheck>

  constructor(tree: FileTree, setting: SessionSetting) {
    this.#tree = tree
    this.#setting = setting
    this.#view = startView(setting.start)
    const { check } = setting
    if (setting.files) {
      this.files = () => {
        if (this.#broken !== undefined) throw new Error(this.#broken)
        return textsIn(tree.snapshot())
      }
    }
    if (check !== undefined)
      this.check = async () => (this.#lost === undefined ? check() : { type: 'broken', why: this.#lost })
  }

  opening(): string | undefined {
    return this.#setting.opening
  }

  view(): { readonly [key: string]: Json } {
    return this.#view
  }

  days(): number {
    return 0
  }

  ended(): undefined {
    return undefined
  }

  act(tool: string, input: Readonly<Record<string, unknown>>): ActResult | Promise<ActResult> {
    if (this.#lost !== undefined) throw new Error(this.#lost)
    const { shell } = this.#setting
    if (tool === SHELL && shell !== undefined) return this.#bash(shell, textIn(input, 'command'))
    return this.#told(this.#fileAct(tool, input))
  }

  replayed(tool: string, changes: readonly FileChange[]): void {
    const { start, contents, rebuilds } = this.#setting
    if (rebuilds === false && tool === SHELL)
      this.#lost ??= 'it was cut off, and what its commands changed outside the workspace cannot be brought back'
    this.#kept += keptBytes(changes)
    if (this.#broken !== undefined) return
    try {
      this.#tree.put(
        changes.map((change) => {
          const now =
            change.before === undefined || change.edit === undefined ? undefined : this.#tree.read(change.path)
          const was = now?.type === 'ok' ? { kind: 'file' as const, content: now.value } : start.get(change.path)
          return [change.path, entryAfter(change, change.before === undefined ? undefined : was, contents)]
        }),
      )
    } catch (cause) {
      // A file of the record that is missing is for the user. All else is found out here, and told by the first act that needs it.
      if (cause instanceof AssayError) throw cause
      this.#broken = `the workspace could not be brought back: ${reasonOf(cause)}`
      this.#lost = this.#broken
    }
  }

  async close(): Promise<void> {
    await this.#setting.shell?.close()
  }

  async #bash(shell: Sandbox, command: string): Promise<ActResult> {
    return this.#told(ranResult(await shell.exec(command)))
  }

  /** The result with what the act did to the files. */
  #told(result: ActResult): ActResult {
    const changed = this.#tree.changes()
    if (changed.length === 0) return result
    const { contents, keepsBytes } = this.#setting
    if (contents === undefined) return { ...result, changes: fileChanges(changed, undefined) }
    const toKeep: Content[] = []
    const changes = fileChanges(changed, { put: (content) => toKeep.push(content) })
    const bytes = keptBytes(changes)
    if (this.#kept + bytes > keepsBytes) {
      this.#tree.put(undone(changed))
      return { text: `${result.text}\n(no space left on device: what this did to files was undone)`, error: true }
    }
    this.#kept += bytes
    for (const content of toKeep) contents.put(content)
    return { ...result, changes }
  }

  #fileAct(tool: string, input: Readonly<Record<string, unknown>>): ActResult {
    const path = this.#inside(textIn(input, 'path'))
    switch (tool) {
      case 'read':
        return this.#read(path, input)
      case 'write': {
        const content = textIn(input, 'content')
        const done = this.#tree.write(path, content)
        return done.type === 'ok' ? { text: `Wrote ${content.length} characters to ${path}.` } : refused(done.why)
      }
      case 'edit':
        return this.#edit(path, input)
      case 'list': {
        const listed = this.#tree.list(path === '' ? '.' : path)
        if (listed.type === 'refused') return refused(listed.why)
        const names = listed.value.map(({ name, kind }) => (kind === 'folder' ? `${name}/` : name))
        const more = names.length > MOST_NAMES ? `\n(${names.length - MOST_NAMES} more)` : ''
        return { text: names.length === 0 ? '(empty)' : names.slice(0, MOST_NAMES).join('\n') + more }
      }
      case 'search':
        return search(this.#tree, textIn(input, 'text'), path === '' ? '.' : path)
      case 'submit':
        return { text: textIn(input, 'answer') || 'Submitted.', submits: true }
      default:
        return refused(`There is no act ${tool}.`)
    }
  }

  #inside(path: string): string {
    const { alias } = this.#setting
    return alias !== undefined && (path === alias || path.startsWith(`${alias}/`))
      ? `${WORKSPACE}${path.slice(alias.length)}`
      : path
  }

  #read(path: string, input: Readonly<Record<string, unknown>>): ActResult {
    const text = this.#text(path)
    if (text.type === 'refused') return refused(text.why)
    const from = numberIn(input, 'line') ?? 1
    const count = Math.min(numberIn(input, 'lines') ?? MOST_LINES, MOST_LINES)
    if (text.value === '') return { text: '(empty file)' }
    const lines = text.value.split('\n')
    const total = lines.at(-1) === '' ? lines.length - 1 : lines.length
    if (from > total) return refused(`${path} has ${total} lines.`)
    const whole = from === 1 && count >= total
    const shown = whole ? text.value : lines.slice(from - 1, from - 1 + count).join('\n')
    const rest = total - (from - 1 + count)
    const more = rest > 0 ? `\n(${rest} more lines, from line ${from + count})` : ''
    if (shown.length <= LONGEST_READ) return { text: shown + more }
    return { text: `${shown.slice(0, LONGEST_READ)}\n(cut after ${LONGEST_READ} of ${shown.length} characters)` }
  }

  #edit(path: string, input: Readonly<Record<string, unknown>>): ActResult {
    const text = this.#text(path)
    if (text.type === 'refused') return refused(text.why)
    const old = textIn(input, 'old')
    const places = text.value.split(old).length - 1
    if (places === 0) return refused(`${path} does not hold that text.`)
    if (places > 1 && input['all'] !== true)
      return refused(`${path} holds that text ${places} times. Give more of what stands round it, or set all to true.`)
    const put = textIn(input, 'new')
    if (text.value.length + places * (put.length - old.length) > LONGEST_FILE) return refused(`${path}: file too large`)
    const done = this.#tree.write(
      path,
      text.value.replaceAll(old, () => put),
    )
    return done.type === 'ok'
      ? { text: `Replaced ${places === 1 ? 'it' : `${places} places`} in ${path}.` }
      : refused(done.why)
  }

  #text(
    path: string,
  ): { readonly type: 'ok'; readonly value: string } | { readonly type: 'refused'; readonly why: string } {
    const read = this.#tree.read(path)
    if (read.type === 'refused') return read
    return typeof read.value === 'string'
      ? { type: 'ok', value: read.value }
      : { type: 'refused', why: `${path} is not text (${read.value.length} bytes).` }
  }
}

function refused(why: string): ActResult {
  return { text: why, error: true }
}

/** What a command said, as the agent reads it. */
function ranResult({ stdout, stderr, exitCode, cut, truncated }: Ran): ActResult {
  const parts = [stdout.replace(/\n$/, ''), stderr.replace(/\n$/, '')].filter((part) => part !== '')
  if (truncated === true) parts.push('(output cut off: it was too long)')
  if (cut !== undefined) parts.push(`(ended: ${CUTS[cut]})`)
  else if (exitCode !== 0) parts.push(`(exit code ${exitCode})`)
  return { text: parts.length === 0 ? '(no output)' : parts.join('\n') }
}

const CUTS: Readonly<Record<NonNullable<Ran['cut']>, string>> = {
  time: 'it took too long',
  memory: 'it used too much memory',
  output: 'it wrote too much',
}

const starts = new WeakMap<Snapshot, { readonly [key: string]: Json }>()

/** What stood there at the start, by content. */
function startView(start: Snapshot): { readonly [key: string]: Json } {
  let view = starts.get(start)
  if (view === undefined) {
    const lines = [...start].map(([path, { kind, content }]) => `${contentHash(content)} ${kind} ${path}`)
    view = { files: start.size, snapshot: contentHash(lines.toSorted().join('\n')) }
    starts.set(start, view)
  }
  return view
}

/** Text files by path; what is no text is left out. */
function textsIn(snapshot: Snapshot): Files {
  const texts: [string, string][] = []
  for (const [path, { kind, content }] of snapshot)
    if ((kind === 'file' || kind === 'program') && isText(content)) texts.push([path, content])
  return Object.fromEntries(texts)
}

function isText(content: Content): content is string {
  return typeof content === 'string'
}

function textIn(input: Readonly<Record<string, unknown>>, key: string): string {
  const value = input[key]
  return typeof value === 'string' ? value : ''
}

function numberIn(input: Readonly<Record<string, unknown>>, key: string): number | undefined {
  const value = input[key]
  return typeof value === 'number' ? value : undefined
}
