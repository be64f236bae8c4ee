import { plain } from '../report/index.ts'
import { nameInCase, type CaseGrid, type GradedAnswer, type GradedCase } from './graded-case.ts'

/** One answer of one case as a flat row; a cell that is not known is undefined. */
export interface CaseRow {
  readonly run: string
  readonly case: string
  readonly agent: string
  /** `length=short, seed 2`; empty where the agent alone says it. */
  readonly condition: string
  readonly control: boolean
  readonly status: string
  /** In the unit of the run's measure; 1 is right. */
  readonly mark: number | undefined
  readonly prompt: string | undefined
  readonly expected: string | undefined
  readonly check: string | undefined
  readonly answer: string | undefined
  readonly why: string | undefined
  readonly dollars: number | undefined
  readonly seconds: number
  readonly inputTokens: number | undefined
  readonly outputTokens: number | undefined
  readonly trial: string
}

/** A grid as rows, an answer a row, in its order; controls last of each case, and only where they are asked for. */
export function caseTable(grid: CaseGrid, controls = false): readonly CaseRow[] {
  return grid.cases.flatMap((each) => [
    ...each.answers.map((answer) => rowOf(grid.run, each, answer, false)),
    ...(controls ? each.controls.map((answer) => rowOf(grid.run, each, answer, true)) : []),
  ])
}

function rowOf(run: string, each: GradedCase, answer: GradedAnswer, control: boolean): CaseRow {
  const { agent, status, mark, why, dollars, seconds, tokens, trial, stop } = answer
  const condition = nameInCase(answer, each.case).slice(`${plain(agent)}, `.length)
  return {
    run,
    case: each.case,
    agent,
    condition,
    control,
    status,
    mark,
    prompt: each.prompt,
    expected: each.expected,
    check: each.check,
    answer: answer.answer,
    why: status === 'invalid' ? stop : why,
    dollars,
    seconds,
    inputTokens: tokens.input,
    outputTokens: tokens.output,
    trial,
  }
}
