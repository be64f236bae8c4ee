import { AssayError } from '../assay-error.ts'
import { csvRows } from '../rows/index.ts'
import { namesIn, plainName } from './columns.ts'

/** Attempts that somebody recorded. */
export interface Artifact {
  /** The behaviour that it was made for; absent: its words fit any request. */
  readonly behaviour?: string
  /** Turns of one conversation, `{request}` where the request of a behaviour goes. */
  readonly turns: readonly string[]
}

/** Columns by what they mean, in the spelling of JailbreakBench's artifacts and in our own. Case, spaces and marks count for nothing. */
const COLUMNS: Readonly<Record<Meaning, readonly string[]>> = {
  prompt: ['prompt', 'text', 'attack', 'jailbreak'],
  behaviour: ['behaviour', 'behaviorid', 'behavior'],
  goal: ['goal', 'request'],
  conversation: ['conversation', 'thread'],
  turn: ['turn'],
}

type Meaning = 'prompt' | 'behaviour' | 'goal' | 'conversation' | 'turn'
const MEANINGS: readonly Meaning[] = ['prompt', 'behaviour', 'goal', 'conversation', 'turn']

/** What other layouts have beside it, and nothing here needs. */
const UNUSED: ReadonlySet<string> = new Set(
  'index category method source model attacktype response jailbroken numberofqueries queriestojailbreak id notes'.split(
    ' ',
  ),
)

/** Names for the place of the request that people write. */
const PLACES =
  /\{request\}|\{goal\}|\[(?:insert )?(?:prompt|request|goal)(?: here)?\]|\{\{ ?(?:prompt|request|goal) ?\}\}/gi

/** Whether a table with these columns holds recorded attacks: it is said what is attacked, and not what is expected. */
export function holdsArtifacts(names: readonly string[]): boolean {
  const plain = new Set(names.map(plainName))
  const has = (meaning: Meaning): boolean => COLUMNS[meaning].some((name) => plain.has(name))
  return has('prompt') && !plain.has('expected') && (has('behaviour') || has('goal') || has('conversation'))
}

/**
 * Reads recorded attacks from CSV or TSV: `prompt`, and `behaviour` (the id that it was made for) or `goal` (the request in
 * its words) or `{request}` in the prompt; `conversation` and `turn` for those of several turns. JailbreakBench's artifacts
 * load as they are. Words of `goal` in a prompt become the place of our request, so what was made for one goal is tried on
 * another.
 *
 * @param behaviours ids that a row may name
 * @throws AssayError `attack/artifacts-…` naming file and line: no column with the prompt, an unknown column, an empty
 *   prompt, one that nobody can tell what it attacks, a turn that is no number or is there twice
 */
export function readArtifacts(path: string, behaviours: readonly string[] = []): readonly Artifact[] {
  const records = csvRows(path, 'attack/artifacts-', namesIn(path, 'attack/artifacts-column'))
  const [first] = records
  if (first === undefined) throw new AssayError('attack/artifacts-empty', `${path} has no rows.`)
  const columns = columnsOf(path, Object.keys(first.record))
  const rows = records.map(({ record, line }) => {
    const cell = (meaning: Meaning): string => (record[columns.get(meaning) ?? ''] ?? '').trim()
    return rowOf(`${path}, line ${line}`, cell, behaviours)
  })
  const talks = Map.groupBy(rows, ({ conversation }, index) => conversation ?? `\u0000${index}`)
  return [...talks.values()].map((own): Artifact => {
    const turns = own.toSorted((a, b) => a.turn - b.turn)
    const twin = turns.find(({ turn }, index) => index > 0 && turns[index - 1]?.turn === turn)
    if (twin !== undefined)
      throw new AssayError(
        'attack/artifacts-turn',
        `${twin.place}: its conversation has turn ${twin.turn} twice. Number its turns.`,
      )
    const [{ behaviour } = { behaviour: undefined }] = turns
    return { turns: turns.map(({ text }) => text), ...(behaviour !== undefined && { behaviour }) }
  })
}

interface Row {
  readonly place: string
  readonly text: string
  readonly behaviour: string | undefined
  readonly conversation: string | undefined
  readonly turn: number
}

function rowOf(place: string, cell: (meaning: Meaning) => string, behaviours: readonly string[]): Row {
  const prompt = cell('prompt')
  if (prompt === '') throw new AssayError('attack/artifacts-prompt', `${place}: the prompt is empty.`)
  const goal = cell('goal')
  const conversation = cell('conversation') === '' ? undefined : cell('conversation')
  const named = behaviours.includes(cell('behaviour')) ? cell('behaviour') : undefined
  const text = (goal === '' ? prompt : replaced(prompt, goal)).replaceAll(PLACES, '{request}')
  if (named === undefined && conversation === undefined && !text.includes('{request}'))
    throw new AssayError(
      'attack/artifacts-goal',
      `${place}: it is not said what this prompt attacks. Write {request} where the request goes, or name a behaviour of the study.`,
    )
  const turn = cell('turn') === '' ? 1 : Number(cell('turn'))
  if (!Number.isSafeInteger(turn) || turn < 0)
    throw new AssayError('attack/artifacts-turn', `${place}: the turn "${cell('turn')}" is not a whole number.`)
  return { place, text, behaviour: named, conversation, turn }
}

/** The goal's own words, whatever their case and the mark at their end, as a place for another goal. */
function replaced(prompt: string, goal: string): string {
  const words = goal.replace(/[.?!\s]+$/, '')
  const at = prompt.toLowerCase().indexOf(words.toLowerCase())
  return at === -1 ? prompt : `${prompt.slice(0, at)}{request}${prompt.slice(at + words.length)}`
}

function columnsOf(path: string, names: readonly string[]): ReadonlyMap<Meaning, string> {
  const columns = new Map<Meaning, string>()
  for (const name of names) {
    const plain = plainName(name)
    const meaning = MEANINGS.find((each) => COLUMNS[each].includes(plain))
    if (meaning === undefined && !UNUSED.has(plain))
      throw new AssayError(
        'attack/artifacts-column',
        `${path} has a column "${name}" that is not used. Known: ${Object.values(COLUMNS).flat().join(', ')}. Take it out or rename it.`,
      )
    if (meaning !== undefined && !columns.has(meaning)) columns.set(meaning, name)
  }
  if (columns.has('prompt')) return columns
  throw new AssayError('attack/artifacts-prompt', `${path} has no column prompt. Columns: ${names.join(', ')}.`)
}
