import { isObject, type Outcome, type RunRecord } from '../record/index.ts'

/** One line of a list of runs. */
export interface RunLine extends Pick<RunRecord, 'run' | 'study' | 'question' | 'createdAt'> {
  readonly done: number
  readonly planned: number
  readonly invalid: number
  /** Absent where a trial's cost is not known. */
  readonly dollars?: number
  /** Input and output, as far as they were counted. */
  readonly tokens: number
}

/** @param run the name of its folder, by which it is found: a folder may have been renamed since the run was made */
export function runLine(run: string, record: RunRecord, outcomes: readonly Outcome[]): RunLine {
  const bills = outcomes.flatMap(({ cost, othersCost }) => (othersCost === undefined ? [cost] : [cost, othersCost]))
  const costs = bills.flatMap((cost) => (cost.type === 'known' ? [cost.dollars] : []))
  const planned = isObject(record.design) ? record.design['trials'] : undefined
  return {
    run,
    study: record.study,
    question: record.question,
    createdAt: record.createdAt,
    done: outcomes.length,
    planned: typeof planned === 'number' ? planned : 0,
    invalid: outcomes.filter(({ status }) => status === 'invalid').length,
    ...(costs.length === bills.length && { dollars: costs.reduce((sum, each) => sum + each, 0) }),
    tokens: outcomes.reduce((sum, { usage }) => sum + (usage.input ?? 0) + (usage.output ?? 0), 0),
  }
}
