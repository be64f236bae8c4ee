import path from 'node:path'
import { readEvents, type BodyOf, type Event, type Outcome } from '../record/index.ts'
import type { FileMark, GradeMark, MailMark, Rail, TrialOverview, WorldState } from './api.ts'
import type { Source } from './source.ts'

/** Events read at a time, so that a long journal does not hold up other viewers. */
const PAGE = 1000
const MOST_POINTS = 400
const MOST_TURNS = 10_000
const MOST_MARKS = 1000
/** Acts on files and on mail that are named. */
const MOST_ACTS = 2000
/** Characters of an act's arguments. */
const LONGEST_TOLD = 300
/** Numbers of the world that are drawn. */
const MOST_RAILS = 24

/** What was gathered of a journal so far; a later look goes on from there. */
interface Gathered {
  seen: number
  readonly counts: Map<string, number>
  readonly marks: { seq: number; type: string; label: string }[]
  readonly rails: Map<string, { unit: string; points: [number, number][] }>
  readonly worlds: number[]
  readonly turns: number[]
  readonly files: FileMark[]
  readonly mails: MailMark[]
  readonly grades: GradeMark[]
  /** Tools that act on a mailbox, as the trial's world says. */
  mailTools: ReadonlySet<string>
  /** Arguments of calls to the mailbox that have no result yet, by call. */
  readonly called: Map<string, string>
  tokens: number
  dollars: number | undefined
  milliseconds: number
}

/** Overviews of journals that grow, each gathered once. */
export class TrialOverviews {
  readonly #gathered = new Map<string, Gathered>()
  readonly #mailTools: Source['mailTools']

  constructor({ mailTools }: Pick<Source, 'mailTools'>) {
    this.#mailTools = mailTools
  }

  /** @throws AssayError when the journal cannot be read */
  async of(journal: string, trial: string, outcome: Outcome | undefined): Promise<TrialOverview> {
    const gathered = await this.#upToDate(journal)
    const rails = [...gathered.rails].map(([name, { unit, points }]): Rail => ({ name, unit, points: thinned(points) }))
    return {
      trial,
      total: gathered.seen,
      ...(outcome !== undefined && { outcome }),
      counts: Object.fromEntries(gathered.counts),
      spent: rails.filter(({ unit }) => unit !== 'world'),
      world: rails.filter(({ unit }) => unit === 'world'),
      marks: gathered.marks,
      turns: gathered.turns,
      files: gathered.files,
      mails: gathered.mails,
      grades: gathered.grades,
    }
  }

  /** The last view of the world at or before an event. */
  async worldAt(journal: string, seq: number): Promise<WorldState> {
    const { worlds } = await this.#upToDate(journal)
    const at = worlds.findLast((each) => each <= seq)
    if (at === undefined) return {}
    const [event] = readEvents(journal, { from: at, to: at + 1 }).events
    return event?.type === 'world' ? { seq: at, view: event.view } : {}
  }

  async #upToDate(journal: string): Promise<Gathered> {
    const gathered = this.#gathered.get(journal) ?? fresh()
    this.#gathered.delete(journal)
    this.#gathered.set(journal, gathered)
    const [oldest] = this.#gathered.keys()
    if (this.#gathered.size > 32 && oldest !== undefined) this.#gathered.delete(oldest)
    const [start] = gathered.seen === 0 ? readEvents(journal, { from: 0, to: 1 }).events : []
    if (start?.type === 'trial.start') gathered.mailTools = await this.#mailTools(runOf(journal), start)
    for (;;) {
      const from = gathered.seen
      const { events } = readEvents(journal, { from, to: from + PAGE })
      // Two viewers may gather at once: whoever comes second leaves what was taken in meanwhile.
      for (const event of events) if (event.seq === gathered.seen) gather(gathered, event)
      if (events.length < PAGE) return gathered
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

/** The folder of a journal's run. */
function runOf(journal: string): string {
  return path.dirname(path.dirname(journal))
}

function fresh(): Gathered {
  return {
    seen: 0,
    counts: new Map(),
    marks: [],
    rails: new Map(),
    worlds: [],
    turns: [],
    files: [],
    mails: [],
    grades: [],
    mailTools: new Set(),
    called: new Map(),
    tokens: 0,
    dollars: 0,
    milliseconds: 0,
  }
}

function gather(into: Gathered, event: Event): void {
  into.seen = event.seq + 1
  into.counts.set(event.type, (into.counts.get(event.type) ?? 0) + 1)
  const label = markOf(event)
  if (label !== undefined && into.marks.length < MOST_MARKS)
    into.marks.push({ seq: event.seq, type: event.type, label })
  if (event.type === 'model.call') {
    if (event.aside === undefined && event.output !== undefined && into.turns.length < MOST_TURNS)
      into.turns.push(event.seq)
    into.tokens += (event.usage.input ?? 0) + (event.usage.output ?? 0)
    into.milliseconds += event.timing.working
    into.dollars =
      event.cost.type === 'known' && into.dollars !== undefined ? into.dollars + event.cost.dollars : undefined
    add(into, 'tokens', 'tokens', event.seq, into.tokens)
    add(into, 'seconds', 'seconds', event.seq, into.milliseconds / 1000)
    if (into.dollars !== undefined) add(into, 'dollars', 'dollars', event.seq, into.dollars)
    for (const part of event.output?.parts ?? [])
      if (part.type === 'tool-call' && into.mailTools.has(part.name))
        into.called.set(part.id, part.arguments.slice(0, LONGEST_TOLD))
  }
  if (event.type === 'tool.call') gatherActs(into, event)
  if (event.type === 'grade' && into.grades.length < MOST_MARKS) {
    const { seq, grader, values, explanation } = event
    into.grades.push({ seq, grader, values, ...(explanation !== undefined && { explanation }) })
  }
  if (event.type === 'world') {
    into.worlds.push(event.seq)
    for (const [name, value] of Object.entries(event.view))
      if (typeof value === 'number') add(into, name, 'world', event.seq, value)
  }
}

function gatherActs(into: Gathered, { seq, result, status, changes = [] }: Event & BodyOf<'tool.call'>): void {
  for (const { path, before, after, kind, bytes } of changes) {
    if (into.files.length === MOST_ACTS) break
    const did = after === undefined ? 'removed' : before === undefined ? 'made' : 'changed'
    into.files.push({
      seq,
      path: path.slice(0, LONGEST_TOLD),
      did,
      ...(kind !== undefined && { kind }),
      ...(bytes !== undefined && { bytes }),
    })
  }
  if (!into.mailTools.has(result.name)) return
  const told = into.called.get(result.callId) ?? ''
  into.called.delete(result.callId)
  if (into.mails.length < MOST_ACTS)
    into.mails.push({ seq, act: result.name, ok: status === 'ok' && result.error !== true, told })
}

function add(into: Gathered, name: string, unit: string, seq: number, value: number): void {
  const rail = into.rails.get(name)
  if (rail !== undefined) rail.points.push([seq, value])
  else if (into.rails.size < MOST_RAILS) into.rails.set(name, { unit, points: [[seq, value]] })
}

/** Why one would jump to an event. */
function markOf(event: Event): string | undefined {
  switch (event.type) {
    case 'compaction':
      return `${event.strategy}: ${event.tokensBefore} to ${event.tokensAfter} tokens`
    case 'limit':
      return `${event.limit} at ${event.used} of ${event.cap}`
    case 'error':
      return event.message.slice(0, 200)
    case 'grade':
      return event.grader
    case 'attempt':
      return `number ${JSON.stringify(event.data['number'] ?? null)}`
    case 'trial.end':
      return `${event.status}: ${event.stop.slice(0, 200)}`
    case 'model.call':
      return event.failure === undefined ? undefined : `failed: ${event.failure.kind}`
    case 'tool.call':
      return event.status === 'ok' ? undefined : `${event.result.name} ${event.status}`
    case 'trial.start':
    case 'message':
    case 'world':
    case 'note':
      return undefined
  }
}

/** Evenly taken, first and last kept. */
function thinned(points: readonly (readonly [number, number])[]): Rail['points'] {
  if (points.length <= MOST_POINTS) return points
  const step = (points.length - 1) / (MOST_POINTS - 1)
  return Array.from({ length: MOST_POINTS }, (_, index) => points[Math.round(index * step)] ?? [0, 0])
}
