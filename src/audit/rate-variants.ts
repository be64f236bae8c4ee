import type { Row } from '../rows/index.ts'
import type { Variant } from './audited.ts'
import { distinct, mean, number, sum } from './cells.ts'

/** NaN where nothing is divided. */
function share(top: number, bottom: number): number {
  return bottom > 0 ? top / bottom : NaN
}

/** What else of the trials a share may be of. */
interface Way {
  readonly said: string
  /** Trials that count as failures besides. */
  readonly extra?: readonly ('missing' | 'invalid')[]
  /** Trials that broke down are left out, whatever they were scored. */
  readonly unbroken?: boolean
  /** Tasks that some agent lacks are left out. */
  readonly common?: boolean
}

const WAYS: readonly Way[] = [
  { said: 'missing dropped' },
  { said: 'missing as failure', extra: ['missing'] },
  { said: 'invalid as failure, missing dropped', extra: ['invalid'] },
  { said: 'missing and invalid as failure', extra: ['missing', 'invalid'] },
  { said: 'errors and timeouts left out', unbroken: true },
  { said: 'only tasks that all agents did', common: true },
]

/** The tasks of a table, whoever did them. */
export interface TasksDone {
  /** That any agent did. */
  readonly any: number
  /** That every agent has a score for. */
  readonly every: ReadonlySet<Row[string] | undefined>
}

export function tasksDone(agents: readonly (readonly Row[])[]): TasksDone {
  const done = agents.map((rows) => new Set(rows.filter((row) => sum([row], 'n') > 0).map((row) => row['task'])))
  const [first = new Set<Row[string]>(), ...others] = done
  return {
    any: distinct(agents.flat(), 'task'),
    every: new Set([...first].filter((task) => others.every((each) => each.has(task)))),
  }
}

/** The rate of one agent under every other counting rule that its rows admit. */
export function variantsOf(rows: readonly Row[], done: TasksDone): readonly Variant[] {
  const tasks = [...Map.groupBy(rows, (row) => row['task']).values()]
  const own = tasks.filter((cells) => sum(cells, 'n') > 0)
  const there = (column: string): boolean => sum(rows, column) > 0
  const lacks = own.some((cells) => !done.every.has(cells[0]?.['task']))
  const applies = ({ extra = [], unbroken, common }: Way): boolean =>
    unbroken === true ? there('broke') : common === true ? lacks && done.every.size > 0 : extra.every(there)
  return [
    ...WAYS.filter(applies).flatMap((way) => counted(tasks, way, done)),
    ...ofEachTask(own),
    ...credits(rows),
    ...(there('twice')
      ? [
          {
            policy: 'rows that repeat another row counted once',
            value: share(sum(rows, 'once_won'), sum(rows, 'once')),
          },
        ]
      : []),
    ...(distinct(rows, 'cluster') < tasks.length
      ? [{ policy: 'the mean of cluster means', value: mean(ratesBy(rows, 'cluster')) }]
      : []),
    ...(done.any > tasks.length
      ? [
          {
            policy: 'tasks that only other agents did counted as failures, and the mean of task means',
            value: share(
              own.reduce((total, cells) => total + rateOf(cells), 0),
              done.any,
            ),
          },
        ]
      : []),
  ].filter(({ value }) => Number.isFinite(value))
}

function ratesBy(rows: readonly Row[], column: string): readonly number[] {
  return [...Map.groupBy(rows, (row) => row[column]).values()].filter((cells) => sum(cells, 'n') > 0).map(rateOf)
}

function counted(
  all: readonly (readonly Row[])[],
  { said, extra = [], unbroken, common }: Way,
  done: TasksDone,
): readonly Variant[] {
  const tasks = common === true ? all.filter((cells) => done.every.has(cells[0]?.['task'])) : all
  const less = (cells: readonly Row[], column: string): number => (unbroken === true ? sum(cells, column) : 0)
  const size = (cells: readonly Row[]): number =>
    ['n', ...extra].reduce((total, each) => total + sum(cells, each), 0) - less(cells, 'broke')
  const won = (cells: readonly Row[]): number => sum(cells, 'won') - less(cells, 'broke_won')
  const own = tasks.filter((cells) => size(cells) > 0).map((cells) => share(won(cells), size(cells)))
  return [
    { policy: `${said}, and all trials pooled`, value: share(won(tasks.flat()), size(tasks.flat())) },
    { policy: `${said}, and the mean of task means`, value: mean(own) },
  ]
}

/** One outcome for each task that was tried more than once. */
function ofEachTask(tasks: readonly (readonly Row[])[]): readonly Variant[] {
  if (tasks.every((cells) => sum(cells, 'n') < 2)) return []
  return [
    { policy: 'the first trial of each task', value: mean(tasks.map(ofFirst)) },
    { policy: 'the best trial of each task', value: mean(tasks.map((cells) => most(cells, Math.max, 'best'))) },
    { policy: 'the worst trial of each task', value: mean(tasks.map((cells) => most(cells, Math.min, 'worst'))) },
    {
      policy: 'the majority of the trials of each task',
      value: mean(tasks.map((cells) => (rateOf(cells) > 0.5 ? 1 : 0))),
    },
  ]
}

function ofFirst(cells: readonly Row[]): number {
  const [first] = cells.toSorted((a, b) => (number(a['first']) ?? 0) - (number(b['first']) ?? 0))
  return number(first?.['opening']) ?? NaN
}

function most(cells: readonly Row[], pick: (...values: number[]) => number, column: string): number {
  return pick(...cells.map((row) => number(row[column]) ?? NaN))
}

function rateOf(cells: readonly Row[]): number {
  return share(sum(cells, 'won'), sum(cells, 'n'))
}

/** Partial credit as all or nothing. */
function credits(rows: readonly Row[]): readonly Variant[] {
  if (rows.every((row) => row['binary'] === true)) return []
  return [
    { policy: 'any credit as success', value: share(sum(rows, 'some'), sum(rows, 'n')) },
    { policy: 'full credit alone as success', value: share(sum(rows, 'full'), sum(rows, 'n')) },
  ]
}
