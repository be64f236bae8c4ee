import type { Finding } from '../findings/index.ts'
import { doubtText } from './doubt-text.ts'
import { bareValue } from './number-text.ts'
import { pairSentence } from './pair-sentence.ts'
import { counted, plain } from './plain.ts'
import { headlines } from './result.ts'
import { axisOf, placeOf, ticksOf } from './rows.ts'
import { rangeText, tickText } from './values.ts'

/** A piece of an answer: an agent's name, its number, the interval of that number, or the words between. */
export interface AnswerPart {
  readonly type: 'agent' | 'control' | 'number' | 'range' | 'text'
  readonly text: string
}

/** One sentence of what was found, in parts that a page can set apart; joined they are the sentence. */
export interface Answer {
  readonly parts: readonly AnswerPart[]
  /** What keeps it from deciding anything; absent where nothing does. */
  readonly doubt?: string
}

/** What a run found: the answer to its question, and what else may be said first. */
export interface RunAnswer {
  /** Absent where no agent was measured. */
  readonly answer?: Answer
  readonly also: readonly Answer[]
}

/** Agents that one sentence names. */
const AGENTS = 3
/** Sentences after the first. */
const ALSO = 3

/**
 * The findings of a run's headlines as sentences: the first quantity of its agents is the answer; after it come pairs of
 * agents that differ, then its other headlines.
 *
 * @param isHeadline as the study says it; default: its first quantity
 */
export function runAnswer(findings: readonly Finding[], isHeadline?: (finding: Finding) => boolean): RunAnswer {
  const found = headlines(findings, isHeadline)
  const own = found.filter(({ subject }) => subject.type !== 'pair')
  const quantities = [...Map.groupBy(own, ({ quantity }) => quantity).values()]
  const [first, ...others] = quantities
  if (first === undefined) return { also: [] }
  const pairs = found.filter(({ subject }) => subject.type === 'pair')
  const told = [...pairs.filter(isApart), ...pairs.filter((each) => !isApart(each))].slice(0, ALSO - 1)
  return {
    answer: answerOf(first),
    also: [...told.flatMap(pairAnswer), ...others.map((each) => answerOf(each))].slice(0, ALSO),
  }
}

/** Whether an interval excludes no difference. */
function isApart({ estimate }: Finding): boolean {
  return estimate.type === 'estimate' && (estimate.interval.low > 0 || estimate.interval.high < 0)
}

function pairAnswer(finding: Finding): readonly Answer[] {
  const { subject, title, validation: _, ...rest } = finding
  if (subject.type !== 'pair') return []
  const what = plain(title).replace(/: [^:]*$/, '')
  const bare: Finding = { ...rest, subject, title, standing: 'planned', calibration: 'calibrated' }
  const said = pairSentence(bare, { ...subject, what })
    .replace(/^Result: /, '')
    .replace(/^no /, 'No ')
  return [{ parts: [{ type: 'text', text: said }], ...doubtOf([finding]) }]
}

/** One quantity of several agents in a sentence: `Net worth at the end: acme/large $211.00 ($204.00 to $217.00), …`. */
export function answerOf(findings: readonly Finding[]): Answer {
  const title = plain(findings[0]?.title ?? '').replace(/ \([^)]*\)$/, '')
  const { where, parts } = shortAnswer(findings)
  const head = `${title.charAt(0).toUpperCase()}${title.slice(1)}${where === '' ? '' : `, ${where}`}: `
  return {
    parts: [{ type: 'text', text: head }, ...parts, { type: 'text', text: '.' }],
    ...doubtOf(findings),
  }
}

/**
 * The numbers of one quantity, highest first: agents if there are any, else controls. Where there are several conditions, it is that
 * in which the numbers are highest, and `where` says so.
 */
export function shortAnswer(findings: readonly Finding[]): {
  readonly where: string
  readonly parts: readonly AnswerPart[]
} {
  const ofAgents = findings.filter(({ subject }) => subject.type !== 'control')
  const all = (ofAgents.length > 0 ? ofAgents : findings).filter(({ estimate }) => estimate.value !== undefined)
  const conditions = conditionsIn(all)
  const [highest] = [...conditions].toSorted(([, a], [, b]) => meanOf(b) - meanOf(a))
  if (highest === undefined) return { where: '', parts: [{ type: 'text', text: 'not estimable' }] }
  const [name, own] = highest
  const sorted = own.toSorted((a, b) => (b.estimate.value ?? 0) - (a.estimate.value ?? 0))
  const parts = sorted
    .slice(0, AGENTS)
    .flatMap((finding, index): readonly AnswerPart[] => [
      ...(index === 0 ? [] : [{ type: 'text', text: ', ' } as const]),
      ...named(finding),
      { type: 'number', text: bareValue(finding) },
      ...rangeOf(finding),
    ])
  const more = sorted.length - AGENTS
  return {
    where:
      conditions.size === 1
        ? name
        : `${name === '' ? 'in' : `${name},`} the highest of ${counted(conditions.size, 'condition')}`,
    parts: more > 0 ? [...parts, { type: 'text', text: ` and ${more} more` }] : parts,
  }
}

function named({ subject }: Finding): readonly AnswerPart[] {
  if (subject.type === 'all') return []
  const name = subject.type === 'pair' ? `${subject.to} minus ${subject.from}` : subject.name
  const type = subject.type === 'model' ? 'agent' : subject.type === 'control' ? 'control' : 'text'
  return [
    { type, text: plain(name) },
    { type: 'text', text: ' ' },
  ]
}

function rangeOf(finding: Finding): readonly AnswerPart[] {
  const range = rangeText(finding)
  return range === ''
    ? []
    : [
        { type: 'text', text: ' ' },
        { type: 'range', text: `(${range})` },
      ]
}

/** Findings by the levels that vary among them, the agent left out, in words: `direct, guard`. */
function conditionsIn(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const names = [...new Set(findings.flatMap(({ conditions }) => Object.keys(conditions)))]
  const varied = names.filter(
    (name) => name !== 'agent' && new Set(findings.map(({ conditions }) => conditions[name])).size > 1,
  )
  return Map.groupBy(findings, ({ conditions }) =>
    varied.flatMap((name) => (conditions[name] === undefined ? [] : [`${name} ${plain(conditions[name])}`])).join(', '),
  )
}

function meanOf(findings: readonly Finding[]): number {
  return findings.reduce((sum, { estimate }) => sum + (estimate.value ?? 0), 0) / findings.length
}

function doubtOf(findings: readonly Finding[]): Pick<Answer, 'doubt'> {
  const told = findings.filter(({ subject }) => subject.type !== 'control')
  const doubts = (told.length > 0 ? told : findings).map((each) => doubtText(each).replace(/^, /, ''))
  const [first] = doubts
  return first === undefined || first === '' || doubts.includes('') ? {} : { doubt: first }
}

/** An axis that findings share, with the texts of its ticks. */
export interface Axis {
  readonly low: number
  readonly high: number
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
}

/** From zero for money, counts and other amounts; 0 to 100% for shares; whatever is needed for changes. */
export function axisFor(findings: readonly Finding[], count = 4): Axis {
  const [first] = findings
  const bounded = findings.map(finiteBounds)
  const { low, high } = axisOf(bounded)
  const isShare = first?.unit === 'proportion' && first.kind === 'level'
  const from = isShare || (low > 0 && first?.kind !== 'ratio') ? 0 : low
  const to = isShare ? 1 : high
  const ticks = ticksOf(from, to, count).map((at) => ({ at, text: tickAt(at, first) }))
  return { low: from, high: to, ticks }
}

/** Changes of shares are in points: their ticks have no sign of per cent. */
function tickAt(at: number, first: Finding | undefined): string {
  const isPoints = first?.kind === 'change' && first.unit === 'proportion'
  return isPoints ? tickText(100 * at, 'score') : tickText(at, first?.unit ?? 'score')
}

/** Bounds far from every estimate would leave no room for them: they run off the axis. */
function finiteBounds(finding: Finding): Finding {
  const place = placeOf(finding)
  const { estimate } = finding
  if (place === undefined || estimate.type !== 'estimate') return finding
  const reach = FAR * Math.max(Math.abs(place.value), Number.MIN_VALUE)
  const [low, high] = [Math.max(place.low, -reach), Math.min(place.high, reach)]
  return {
    ...finding,
    estimate: {
      ...estimate,
      interval: { ...estimate.interval, low: Math.min(low, place.value), high: Math.max(high, place.value) },
    },
  }
}

/** Times an estimate. */
const FAR = 8
