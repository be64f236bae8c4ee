import { AssayError } from '../assay-error.ts'
import { answerIn, markOf } from '../exchange/index.ts'
import { valueOf, variedIn, words, type Unit } from '../findings/index.ts'
import type { OneRun } from '../project/index.ts'
import { isObject, runPaths, type Outcome } from '../record/index.ts'
import { counted, headlines, plain, shortened, stopText, trialNames, valueText } from '../report/index.ts'
import { markWord, passOf, type MarkWord } from './case-page.ts'

/** A trial in words: who, under what, what came of it. */
export interface TrialSaid {
  /** `france · openai/gpt-5, length=short, seed 2`. */
  readonly name: string
  readonly agent: string
  readonly control: boolean
  /** What sets it apart from the run's other trials: its levels, and its seed where there are several. */
  readonly under: string
  readonly task: string
  /** What happened, in one sentence. */
  readonly sentence: string
  readonly mark: MarkWord
  readonly prompt?: string
  readonly expected?: string
  readonly answer?: string
  readonly why?: string
  /** What was measured, by its name in words, in its unit. */
  readonly measured: readonly { readonly name: string; readonly value: string }[]
  /** Units of measures, and of the money of the trial's world, by their names in the record. */
  readonly units: Readonly<Record<string, Unit>>
  /** The trials before and after it in the run's order. */
  readonly before?: string
  readonly after?: string
}

/** Characters of a prompt or an answer that the head of the page shows. */
const LONGEST = 600

/** A text as the head of the page shows it. */
function cut(text: string): string {
  return shortened(plain(text), LONGEST)
}

/** @throws AssayError `server/unknown-trial` where it has not ended */
export function trialSaid(one: OneRun, trial: string): TrialSaid {
  const { outcomes, plan, folder } = one
  const at = outcomes.findIndex((row) => row.trial === trial)
  const row = outcomes[at]
  if (row === undefined) throw new AssayError('server/unknown-trial', `Trial "${trial}" has not ended.`)
  const measure = markOf(one)
  const unit = plan.study.outcome[measure]?.unit ?? 'score'
  const mark = valueOf(row, measure)
  const pass = passOf(one, measure)
  const task = plan.study.tasks(row.cell, row.seed).find(({ id }) => id === row.task)
  const key = isObject(task?.key) ? task.key : {}
  const { answer, why } = answerIn(runPaths(folder).trial(trial))
  const expected = typeof key['expected'] === 'string' ? cut(key['expected']) : undefined
  const unitOf = (name: string): Unit => plan.study.outcome[name]?.unit ?? 'score'
  return {
    name: trialNames(outcomes).get(trial) ?? trial,
    agent: row.agent,
    control: row.control,
    under: underOf(row, outcomes),
    task: plain(row.task),
    sentence: sentenceOf({ row, answer, expected, first: firstOf(one, row) }),
    mark: markWord(mark, unit === 'proportion', pass),
    ...(task?.prompt !== undefined && { prompt: cut(task.prompt) }),
    ...(expected !== undefined && { expected }),
    ...(answer !== undefined && answer !== '' && { answer: cut(answer) }),
    ...(why !== undefined && { why: cut(why) }),
    measured: Object.entries(row.values).map(([name, value]) => ({
      name: words(name),
      value: typeof value === 'number' ? oneValue(value, unitOf(name)) : plain(JSON.stringify(value)),
    })),
    units: {
      ...Object.fromEntries((task?.world?.money ?? []).map((name) => [name, 'cents' as const])),
      ...Object.fromEntries(Object.entries(plan.study.outcome).map(([name, { unit: of }]) => [name, of])),
    },
    ...(outcomes[at - 1] !== undefined && { before: outcomes[at - 1]?.trial ?? '' }),
    ...(outcomes[at + 1] !== undefined && { after: outcomes[at + 1]?.trial ?? '' }),
  }
}

/** A share of one trial is a yes or a no. */
function oneValue(value: number, unit: Unit): string {
  if (unit === 'proportion' && (value === 0 || value === 1)) return value === 1 ? 'yes' : 'no'
  return valueText(value, unit)
}

/** The first measure of the run's answer, of this trial: `net worth $203.00`. */
function firstOf({ reading, plan }: OneRun, row: Outcome): string {
  const measure = headlines(reading.findings, plan.study.headline).find((each) => each.measure !== undefined)?.measure
  const name = measure ?? Object.keys(plan.study.outcome)[0] ?? ''
  const value = valueOf(row, name)
  return value === undefined ? '' : `${words(name)} ${oneValue(value, plan.study.outcome[name]?.unit ?? 'score')}`
}

interface Told {
  readonly row: Outcome
  readonly answer: string | undefined
  readonly expected: string | undefined
  readonly first: string
}

/** Letters of an answer in a sentence. */
const QUOTED = 60

function sentenceOf({ row, answer, expected, first }: Told): string {
  if (row.status === 'completed' && answer !== undefined && answer !== '' && expected !== undefined)
    return `Answers “${shortened(plain(answer), QUOTED)}”; the key says ${shortened(expected, QUOTED)}.`
  return `${endText(row)}${first === '' ? '' : `; ${first}`}.`
}

function underOf({ cell, repeat }: Outcome, outcomes: readonly Outcome[]): string {
  const repeats = Math.max(...outcomes.map((each) => each.repeat)) + 1
  const levels = variedIn(outcomes).map((name) => `${plain(name)} ${plain(cell[name] ?? '')}`)
  return [...levels, ...(repeats > 1 ? [`seed ${repeat + 1} of ${repeats}`] : [])].join(', ')
}

function endText({ status, stop, turns }: Outcome): string {
  const after = `after ${counted(turns, 'turn')}`
  if (status === 'invalid') return `Is invalid ${after}: ${plain(stop)}`
  if (status === 'limit') return `Was cut short ${after}: ${plain(stopText(status, stop))}`
  return `Ended by itself ${after}: ${plain(stop)}`
}
