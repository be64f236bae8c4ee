import { answerIn, type JournalEnd } from './answer.ts'
import { valueOf, type Unit } from '../findings/index.ts'
import type { OneRun } from '../project/index.ts'
import { isObject, runPaths, type Json, type Outcome } from '../record/index.ts'
import { plain, trialNames } from '../report/index.ts'
import type { Plan, Task } from '../study/index.ts'

/** One trial of a case: what was answered, and what it got. */
export interface GradedAnswer {
  /** The trial's id, and what it is called. */
  readonly trial: string
  readonly name: string
  readonly agent: string
  /** Levels of its condition. */
  readonly cell: Readonly<Record<string, string>>
  readonly repeat: number
  readonly status: Outcome['status']
  readonly stop: string
  /** In the unit of the measure; absent where the trial is invalid or has none. */
  readonly mark?: number
  /** The last reply, whole; absent where the model gave none. */
  readonly answer?: string
  /** Why it has this mark, as it was graded. */
  readonly why?: string
  /** Absent where it is not known. */
  readonly dollars?: number
  readonly seconds: number
  readonly tokens: { readonly input?: number; readonly output?: number }
}

/** One case, and all that answered it. */
export interface GradedCase {
  readonly case: string
  readonly prompt?: string
  /** What its key says, as in a file of questions. */
  readonly expected?: string
  readonly check?: string
  /** Of agents under test, as the run names them. */
  readonly answers: readonly GradedAnswer[]
  readonly controls: readonly GradedAnswer[]
}

/** A trial's name without its case: the agent, and what else sets the answers of one case apart. */
export function nameInCase({ name }: GradedAnswer, id: string): string {
  const before = `${plain(id)} · `
  return name.startsWith(before) ? name.slice(before.length) : name
}

/** Every case of a run with every agent. */
export interface CaseGrid {
  readonly run: string
  readonly study: string
  /** What `mark` is. */
  readonly measure: string
  readonly unit: Unit
  /** Whether the study asks and expects now what it did when the run was planned. */
  readonly unchanged: boolean
  /** Cases of the run, also those that are not told. */
  readonly total: number
  /** Those with the lowest marks first, an invalid trial before all; else in the study's own order. */
  readonly cases: readonly GradedCase[]
}

/**
 * A run's cases with what was asked, expected and answered, failures first. Answers come from the journals, questions and
 * what was expected from the study as it is now.
 *
 * @param measure which measure is the mark; default: the study's first share, else its first
 * @param most cases that are told, the first of them; then no journal of a control is read. Default: all
 */
export function caseGrid(one: OneRun, measure: string = markOf(one), most: number = Infinity): CaseGrid {
  const { plan, outcomes, folder, record } = one
  const { study } = plan
  const names = trialNames(outcomes)
  const rows = Map.groupBy(outcomes, ({ task }) => task)
  const paths = runPaths(folder)
  const known = tasksIn(plan)
    .flatMap(([id, task]) => {
      const own = rows.get(id)
      return own === undefined ? [] : [{ id, task, own, place: standing(own, measure) }]
    })
    .toSorted((a, b) => a.place - b.place)
  const graded = (row: Outcome): GradedAnswer => {
    const isRead = most === Infinity || !row.control
    return gradedAnswer(row, names, measure, isRead ? answerIn(paths.trial(row.trial)) : {})
  }
  const cases = known.slice(0, most).map(({ id, task: { prompt, key }, own }): GradedCase => {
    const [expected, check] = [textIn(key, 'expected'), textIn(key, 'check')]
    return {
      case: id,
      ...(prompt !== undefined && { prompt }),
      ...(expected !== undefined && { expected }),
      ...(check !== undefined && { check }),
      answers: own.filter(({ control }) => !control).map(graded),
      controls: own.filter(({ control }) => control).map(graded),
    }
  })
  const recorded = isObject(record.design) ? record.design : {}
  return {
    run: record.run,
    study: study.name,
    measure,
    unit: study.outcome[measure]?.unit ?? 'score',
    unchanged: ['prompts', 'keys'].every((part) => recorded[part] === plan.design[part]),
    total: known.length,
    cases,
  }
}

/** What a case is ordered by: the mean mark of its agents; one that an agent has no mark for comes first. */
function standing(rows: readonly Outcome[], measure: string): number {
  const marks = rows.filter(({ control }) => !control).map((row) => valueOf(row, measure))
  if (marks.includes(undefined)) return -Infinity
  return marks.length === 0 ? 0 : marks.reduce<number>((sum, mark = 0) => sum + mark, 0) / marks.length
}

/** The measure that a case is marked by. */
export function markOf({ plan: { study } }: OneRun): string {
  const measures = Object.entries(study.outcome)
  return (measures.find(([, { unit }]) => unit === 'proportion') ?? measures[0])?.[0] ?? ''
}

/** The tasks of a plan by their ids, in the study's own order: trials are in an order by lot. */
function tasksIn({ study, cells, request }: Plan): readonly (readonly [id: string, task: Task])[] {
  const tasks = new Map<string, Task>()
  for (const cell of cells)
    for (const task of study.tasks(cell, `${request.seed}/0`)) if (!tasks.has(task.id)) tasks.set(task.id, task)
  return [...tasks]
}

function textIn(key: Json | undefined, name: string): string | undefined {
  const value = isObject(key) ? key[name] : undefined
  return typeof value === 'string' ? value : undefined
}

function gradedAnswer(
  row: Outcome,
  names: ReadonlyMap<string, string>,
  measure: string,
  { answer, why }: JournalEnd,
): GradedAnswer {
  const { trial, agent, cell, repeat, status, stop, cost, usage, times } = row
  const mark = valueOf(row, measure)
  return {
    trial,
    name: names.get(trial) ?? trial,
    agent,
    cell,
    repeat,
    status,
    stop,
    ...(mark !== undefined && { mark }),
    ...(answer !== undefined && { answer }),
    ...(why !== undefined && { why }),
    ...(cost.type === 'known' && { dollars: cost.dollars }),
    seconds: times.workingMs / 1000,
    tokens: {
      ...(usage.input !== undefined && { input: usage.input }),
      ...(usage.output !== undefined && { output: usage.output }),
    },
  }
}
