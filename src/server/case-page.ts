import { markOf, nameInCase, caseGrid, type GradedAnswer, type GradedCase } from '../exchange/index.ts'
import { average, averageOf } from '../findings/index.ts'
import type { OneRun } from '../project/index.ts'
import type { Outcome } from '../record/index.ts'
import { percent, plain, shortened, stopText, valueText } from '../report/index.ts'
import { isCut } from './trust.ts'

/** Cases that a page shows, those with the lowest marks first. */
export const MOST_CASES = 300
/** Characters of a text of a case. */
const LONGEST = 400

/** The grid of a run: its cases with every agent's answers. */
export interface CasePage {
  readonly measure: string
  /** Whether a mark passes or fails, 0 or 1. */
  /** Whether it is known which of its marks pass. */
  readonly isMarked: boolean
  /** Whether questions and keys are as they were when the run was planned. */
  readonly unchanged: boolean
  readonly total: number
  readonly agents: readonly string[]
  readonly controls: readonly string[]
  /** The run before it of the same study, against which cases flipped. */
  readonly before?: string
  readonly cases: readonly ShownCase[]
}

export interface ShownCase {
  readonly case: string
  readonly prompt: string
  readonly expected?: string
  readonly group: 'newly wrong' | 'wrong' | 'newly right' | 'right'
  readonly answers: readonly ShownAnswer[]
  /** Mean marks of controls, by name; absent where one has none. */
  readonly controls: Readonly<Record<string, string>>
}

/** `yes` and `no` where the study does not say which of them is better. */
export type MarkWord = 'right' | 'wrong' | 'yes' | 'no' | 'partly' | 'none'

export interface ShownAnswer {
  readonly agent: string
  readonly trial: string
  /** Of its case: condition and seed. */
  readonly name: string
  readonly mark: MarkWord
  readonly value: string
  readonly answer: string
  readonly why?: string
  /** It was cut short, and by what. */
  readonly cut?: string
  /** Its case was the other way round in the run before. */
  readonly flipped?: true
}

/** What passes: 1, or 0 of what is better low; undefined where the study does not say. */
export function passOf({ plan: { study } }: OneRun, measure: string): number | undefined {
  const better = study.outcome[measure]?.better
  return better === undefined ? undefined : better === 'lower' ? 0 : 1
}

export function markWord(mark: number | undefined, isShare: boolean, pass: number | undefined): MarkWord {
  if (mark === undefined) return 'none'
  if (!isShare || (mark > 0 && mark < 1)) return 'partly'
  if (pass === undefined) return mark === 1 ? 'yes' : 'no'
  return mark === pass ? 'right' : 'wrong'
}

/** @param before the rows of the run before it of the same study */
export function casePage(one: OneRun, before?: { readonly run: string; readonly rows: readonly Outcome[] }): CasePage {
  const measure = markOf(one)
  const grid = caseGrid(one, measure, MOST_CASES)
  const isShare = grid.unit === 'proportion'
  const pass = passOf(one, measure)
  const marks = new Map(
    [...Map.groupBy(before?.rows ?? [], keyOf)].map(([key, rows]) => [key, averageOf(rows, measure)] as const),
  )
  const shown = (graded: GradedAnswer, id: string): ShownAnswer => {
    const was = marks.get(keyOf({ ...graded, task: id }))
    const { mark, status, stop, answer, why } = graded
    const isFlipped =
      isShare && pass !== undefined && was !== undefined && mark !== undefined && (was === pass) !== (mark === pass)
    return {
      agent: graded.agent,
      trial: graded.trial,
      name: nameInCase(graded, id),
      mark:
        mark === undefined
          ? 'none'
          : !isShare || (mark > 0 && mark < 1)
            ? 'partly'
            : pass === undefined
              ? mark === 1
                ? 'yes'
                : 'no'
              : mark === pass
                ? 'right'
                : 'wrong',
      value: mark === undefined ? 'no mark' : valueText(mark, grid.unit),
      answer: shortened(plain(answer ?? ''), LONGEST),
      ...(why !== undefined && { why: shortened(plain(why), LONGEST) }),
      ...(status === 'limit' && isCut({ status, stop }) && { cut: stopText(status, stop) }),
      ...(isFlipped && { flipped: true as const }),
    }
  }
  const cases = grid.cases.map((each) => shownCase(each, isShare, pass, shown))
  return {
    measure,
    isMarked: isShare && pass !== undefined,
    unchanged: grid.unchanged,
    total: grid.total,
    agents: [...new Set(grid.cases.flatMap(({ answers }) => answers.map(({ agent }) => agent)))],
    controls: [...new Set(grid.cases.flatMap(({ controls }) => controls.map(({ agent }) => agent)))],
    ...(before !== undefined && marks.size > 0 && { before: before.run }),
    cases,
  }
}

function keyOf({ task, agent, cell }: Pick<Outcome, 'task' | 'agent' | 'cell'>): string {
  return JSON.stringify([task, agent, Object.entries(cell).toSorted(([a], [b]) => (a < b ? -1 : 1))])
}

function shownCase(
  { case: id, prompt = id, expected, answers, controls }: GradedCase,
  isShare: boolean,
  pass: number | undefined,
  shown: (graded: GradedAnswer, id: string) => ShownAnswer,
): ShownCase {
  const own = answers.map((each) => shown(each, id))
  const isWrong = pass !== undefined && own.some(({ mark }) => mark !== 'right')
  const isFlipped = own.some(({ flipped, mark }) => flipped === true && (mark === 'right') !== isWrong)
  return {
    case: id,
    prompt: shortened(plain(prompt), LONGEST),
    ...(expected !== undefined && { expected: shortened(plain(expected), LONGEST) }),
    group: isWrong ? (isFlipped ? 'newly wrong' : 'wrong') : isFlipped ? 'newly right' : 'right',
    answers: own,
    controls: Object.fromEntries(
      [...Map.groupBy(controls, ({ agent }) => agent)].map(([agent, rows]) => [
        agent,
        meanText(
          rows.flatMap(({ mark }) => mark ?? []),
          isShare,
          pass,
        ),
      ]),
    ),
  }
}

function meanText(marks: readonly number[], isShare: boolean, pass: number | undefined): string {
  if (marks.length === 0) return '–'
  const mean = average(marks)
  if (!isShare) return String(Number(mean.toPrecision(3)))
  if (pass === undefined || (mean > 0 && mean < 1)) return percent(mean)
  return mean === pass ? '✓' : '✕'
}
