import { Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import { AssayError, yamlReason } from '../assay-error.ts'
import { json, type Json } from '../record/index.ts'
import { plain } from '../report/index.ts'
import { brief, type Brief } from './brief.ts'
import { change } from './change.ts'
import { checked } from './make.ts'

/** Where long sentences are folded. */
const LINE_WIDTH = 120

/** Characters of a `brief.yaml`. A thousand claims with quotes and tests take about one million. */
const LONGEST = 8_000_000

/** Names a place in the file: `brief.yaml:12:5`. */
export type Locate = (path: readonly (string | number)[]) => string

/**
 * Reads `brief.yaml`.
 *
 * @param file named in errors
 * @throws AssayError `brief/bad-yaml` and `brief/bad-brief`, with line and column
 */
export function parseBrief(text: string, file: string): Brief {
  return read(text, file).brief
}

/**
 * Reads `brief.yaml`, and tells where in it a part of the brief stands.
 *
 * @throws AssayError as {@link parseBrief}
 */
export function parseBriefAt(text: string, file: string): { readonly brief: Brief; readonly at: Locate } {
  const { brief: value, document, where } = read(text, file)
  return { brief: value, at: (path) => where(offsetOf(document, path)) }
}

/** A brief as a new `brief.yaml`. */
export function briefYaml(value: Brief): string {
  const document = new Document(value)
  visit(document, {
    Pair(_key, { key, value: held }) {
      // Two offsets read as one place.
      if (isScalar(key) && key.value === 'at' && isSeq(held)) held.flow = true
    },
  })
  return document.toString({ lineWidth: LINE_WIDTH })
}

/**
 * Changes a `brief.yaml`: what the change leaves alone keeps its place, its comments and its style, and lines end as
 * the first one does.
 *
 * @throws AssayError `brief/bad-yaml`; `brief/bad-brief` also when the change makes what is no brief
 */
export function editBrief(text: string, file: string, edit: (value: Brief) => Brief): string {
  const { brief: before, document } = read(text, file)
  const after = checked(edit(before))
  if (!change(document, asJson(before), asJson(after))) return text
  const changed = document.toString({ lineWidth: LINE_WIDTH })
  return /^[^\n]*\r\n/.test(text) ? changed.replaceAll(/\r?\n/g, '\r\n') : changed
}

interface Read {
  readonly brief: Brief
  readonly document: Document
  readonly where: (offset: number | undefined) => string
}

function read(text: string, file: string): Read {
  if (text.length > LONGEST)
    throw new AssayError(
      'brief/bad-yaml',
      `${file}: it has ${text.length} characters, and a brief.yaml at most ${LONGEST}. Give assay brief draft the source instead.`,
    )
  const lines = new LineCounter()
  const document = documentOf(text, file, lines)
  const where = (offset: number | undefined): string => {
    const { line, col } = lines.linePos(offset ?? 0)
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`
  }
  // A tag that is not known is a warning to the parser, and to us somebody's attempt at more than data.
  const flaw = document.errors[0] ?? document.warnings[0]
  if (flaw !== undefined) {
    throw new AssayError('brief/bad-yaml', `${where(flaw.pos[0])}: ${yamlReason(flaw)}`)
  }
  const parsed = brief.safeParse(plainValue(document, file))
  if (parsed.success) return { brief: parsed.data, document, where }
  const issue = parsed.error.issues[0]
  const path = issue?.path.filter((step) => typeof step !== 'symbol') ?? []
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const named = pathText(unknown === undefined ? path : [...path, unknown])
  const offset = unknown === undefined ? offsetOf(document, path) : keyOffset(document, path, unknown)
  const said = unknown === undefined ? messageOf(issue) : 'is not a field of a brief'
  throw new AssayError('brief/bad-brief', `${where(offset)}: ${plain(named)} ${plain(said)}. See docs/brief.md.`)
}

/** Lists inside lists a million deep run the parser out of stack; that is the file's fault. */
function documentOf(text: string, file: string, lineCounter: LineCounter): Document {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false })
  } catch (cause) {
    throw new AssayError('brief/bad-yaml', `${file}:1:1: this is nested too deep. Fix the YAML there.`, { cause })
  }
}

function plainValue(document: Document, file: string): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    throw new AssayError(
      'brief/bad-yaml',
      `${file}:1:1: an alias (*name) is not defined, or there are too many. Write the values out.`,
      { cause },
    )
  }
}

/** What a value must be, in the words of the file's author. */
const KINDS: Readonly<Record<string, string>> = {
  object: 'fields with values',
  array: 'a list',
  string: 'text',
  number: 'a number',
}

function messageOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'is wrong'
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.endsWith('received undefined')) {
    return `is missing (${KINDS[issue.expected] ?? issue.expected})`
  }
  if (issue.code === 'invalid_type') return `must be ${KINDS[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`
  return issue.message.replace(/^Invalid input: /, '')
}

function pathText(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'the brief'
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${step}`)).join('')
}

/** Where a value stands; of a value that is missing, where the one that should hold it stands. */
function offsetOf(document: Document, path: readonly (string | number)[]): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return undefined
}

function keyOffset(document: Document, path: readonly (string | number)[], key: string): number | undefined {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true)
  const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined
  return isNode(pair?.key) ? pair.key.range?.[0] : offsetOf(document, path)
}

function asJson(value: Brief): Json {
  return json.parse(value)
}
