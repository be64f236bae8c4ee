import type { Finding } from '../findings/index.ts'
import { controlNamed } from '../record/index.ts'
import { awarenessSentence } from './awareness.ts'
import { doubtText } from './doubt-text.ts'
import { endsTexts } from './line.ts'
import { bareValue, numberText } from './number-text.ts'
import { pairText } from './pair-text.ts'
import { analysisSentence, calibrationSentence } from './paragraph.ts'
import { counted, plain } from './plain.ts'
import { rawCell, validationSentence } from './validation.ts'
import { conditionsText, rangeText, sampleText } from './values.ts'

/** A piece of an answer: an agent's name, its number, the interval of that number, or the words between. */
export interface AnswerPart {
  readonly type: 'agent' | 'control' | 'number' | 'range' | 'text'
  readonly text: string
}

/** What was found, in parts that a page can set apart; joined they are a sentence without its full stop. */
export interface Answer {
  readonly parts: readonly AnswerPart[]
  /** What keeps it from deciding anything; absent where nothing does. */
  readonly doubt?: string
  /** The same quantity of the controls under the same conditions: `careful $193.00, idle $0.00`; only in full. */
  readonly controls?: string
  /** Whether agents call it a test, as a sentence; absent where nobody was asked. */
  readonly awareness?: string
}

/**
 * How much a result says. `glance`: several agents with their numbers and intervals, for the head of a page. `number`: one
 * estimate with its interval and sample, for a verdict. `full`: that with its conditions and controls, for a terminal.
 * `cite`: all that a reader needs to check it.
 */
export type Detail = 'glance' | 'number' | 'full' | 'cite'

/** Agents that one sentence names. */
const AGENTS = 3
/** How many controls are named with a result. */
const CONTROLS = 4

/**
 * What findings of one quantity say, as every place says it: terminal, page, brief and citation.
 *
 * @param findings of one quantity; only `glance` says more than the first
 * @param all findings of the same run, in which the controls are looked up
 */
export function resultOf(findings: readonly Finding[], detail: Detail, all: readonly Finding[] = []): Answer {
  const [first] = findings
  if (first === undefined) return { parts: [words('not estimable')] }
  const { subject } = first
  if (detail === 'cite') return { parts: [words(citation(first))] }
  if (detail === 'number') return { parts: [words(measured(first))] }
  if (subject.type === 'pair') {
    const said = pairText(first, { ...subject, what: first.title.replace(/: [^:]*$/, '') })
    return { parts: [words(detail === 'glance' ? capital(said) : said)], ...doubtOf([first]), ...stampOf(first) }
  }
  if (detail === 'glance') return glance(findings)
  const where = conditionsText(first.conditions)
  const controls = controlsOf(first, all).map(
    (each) => `${controlNamed(plain('name' in each.subject ? each.subject.name : ''))} ${bareValue(each)}`,
  )
  return {
    parts: [words(`${where === '' ? '' : `${where}: `}${measured(first)}`)],
    ...doubtOf([first]),
    ...stampOf(first),
    ...(controls.length > 0 && { controls: controls.slice(0, CONTROLS).join(', ') }),
  }
}

/** An answer as a line: `Result: local/m: mean net worth $184.38 (95% CI …; 8 seeds). Controls: careful $193.00.` */
export function textOf({ parts, doubt, controls, awareness }: Answer): string {
  return `Result: ${partsText({ parts })}${doubt === undefined ? '' : `, ${doubt}`}.${controls === undefined ? '' : ` Controls: ${controls}.`}${awareness === undefined ? '' : ` ${awareness}`}`
}

function stampOf(finding: Finding): Pick<Answer, 'awareness'> {
  const awareness = awarenessSentence(finding)
  return awareness === '' ? {} : { awareness }
}

/** The parts of an answer as one text, without doubt, controls and full stop. */
export function partsText({ parts }: Pick<Answer, 'parts'>): string {
  return parts.map(({ text }) => text).join('')
}

/** The number alone: `mean net worth $184.38 (95% CI $171.26 to $197.49; 8 seeds)`. */
function measured(finding: Finding): string {
  const raw = rawCell(finding)
  const corrected = raw === '' ? '' : `; corrected for the check's errors, ${raw} as read`
  return `${plain(finding.title)} ${numberText(finding, `${sampleText(finding)}${corrected}`)}`
}

/** Several agents in a sentence: `Net worth at the end: acme/large $211.00 ($204.00 to $217.00), …`. */
function glance(findings: readonly Finding[]): Answer {
  const title = plain(findings[0]?.title ?? '').replace(/ \([^)]*\)$/, '')
  const { where, parts } = shortAnswer(findings)
  const first = findings.find(({ awareness }) => awareness !== undefined)
  return {
    parts: [words(`${capital(title)}${where === '' ? '' : `, ${where}`}: `), ...parts],
    ...doubtOf(findings),
    ...(first !== undefined && stampOf(first)),
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
  const all = ofAgents(findings).filter(({ estimate }) => estimate.value !== undefined)
  const conditions = conditionsIn(all)
  const [highest] = [...conditions].toSorted(([, a], [, b]) => meanOf(b) - meanOf(a))
  if (highest === undefined) return { where: '', parts: [words('not estimable')] }
  const [name, own] = highest
  const sorted = own.toSorted((a, b) => (b.estimate.value ?? 0) - (a.estimate.value ?? 0))
  const parts = sorted
    .slice(0, AGENTS)
    .flatMap((finding, index): readonly AnswerPart[] => [
      ...(index === 0 ? [] : [words(', ')]),
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
    parts: more > 0 ? [...parts, words(` and ${more} more`)] : parts,
  }
}

/**
 * A finding as it may be cited: agent and settings, conditions, estimate, interval and method, sample and what was left
 * out, controls, planned or exploratory, version, study and hashes.
 */
export function citation(finding: Finding): string {
  const { title, conditions, n, method, policies, provenance } = finding
  const where = conditionsText(conditions)
  const { sampling } = policies
  const settings = [where, ...(sampling === undefined ? [] : [plain(sampling)])]
    .filter((each) => each !== '')
    .join('; ')
  const sample = `${plain(method)} over ${sampleText(finding)}; ${counted(n.trials, 'trial')} of ${counted(n.tasks, 'task')}, ${[`${n.invalid} invalid`, `${n.missing} missing`, ...endsTexts(n)].join(', ')}`
  return capital(
    [
      `${plain(title)} (${settings}): ${numberText(finding, sample)}.`,
      calibrationSentence(finding),
      ...[validationSentence(finding), awarenessSentence(finding)].filter((each) => each !== ''),
      analysisSentence(finding),
      `Assay ${plain(provenance.version)}, study ${plain(provenance.study)}, run ${plain(provenance.run)}, plan ${provenance.designHash}, data ${provenance.dataHash}.`,
    ].join(' '),
  )
}

/** The same quantity of the controls, under the same conditions. */
function controlsOf({ quantity, conditions }: Finding, all: readonly Finding[]): readonly Finding[] {
  return all.filter(
    (each) =>
      each.quantity === quantity &&
      each.subject.type === 'control' &&
      Object.entries(each.conditions).every(
        ([name, level]) => name === 'agent' || (conditions[name] ?? level) === level,
      ),
  )
}

function words(text: string): AnswerPart {
  return { type: 'text', text }
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function named({ subject }: Finding): readonly AnswerPart[] {
  if (subject.type === 'all') return []
  const name = subject.type === 'pair' ? `${subject.to} minus ${subject.from}` : subject.name
  const type = subject.type === 'model' ? 'agent' : subject.type === 'control' ? 'control' : 'text'
  return [{ type, text: plain(name) }, words(' ')]
}

function rangeOf(finding: Finding): readonly AnswerPart[] {
  const range = rangeText(finding)
  return range === '' ? [] : [words(' '), { type: 'range', text: `(${range})` }]
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

/** Those of agents, or all where there are none. */
function ofAgents(findings: readonly Finding[]): readonly Finding[] {
  const own = findings.filter(({ subject }) => subject.type !== 'control')
  return own.length > 0 ? own : findings
}

/** What keeps every one of them from deciding anything, as the first says it. */
export function doubtOf(findings: readonly Finding[]): Pick<Answer, 'doubt'> {
  const doubts = ofAgents(findings).map((each) => doubtText(each))
  const [first] = doubts
  return first === undefined || doubts.includes('') ? {} : { doubt: first }
}
