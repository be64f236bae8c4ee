import type { Outcome } from '../record/index.ts'
import type { Denominator } from './finding.ts'
import { subjectOf, type Subject } from './subject.ts'

/** Rows that share the same values of some columns; `agent` is a column like a factor. */
export interface Group {
  readonly conditions: Readonly<Record<string, string>>
  /** Whose rows they are; `all` where `agent` is none of the columns. */
  readonly subject: Subject
  readonly rows: readonly Outcome[]
}

export function column(row: Pick<Outcome, 'agent' | 'cell'>, name: string): string {
  return name === 'agent' ? row.agent : (row.cell[name] ?? '')
}

/** Factors whose levels differ among rows. */
export function variedIn(rows: readonly Pick<Outcome, 'agent' | 'cell'>[]): readonly string[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row.cell)))
  return [...names].filter((name) => new Set(rows.map((row) => column(row, name))).size > 1)
}

/** Groups in the order in which they first appear. */
export function groupsBy(rows: readonly Outcome[], columns: readonly string[]): readonly Group[] {
  const groups = new Map<string, { conditions: Record<string, string>; subject: Subject; rows: Outcome[] }>()
  const apart = columns.includes('agent')
  for (const row of rows) {
    const conditions = Object.fromEntries(columns.map((name) => [name, column(row, name)]))
    const key = JSON.stringify(Object.values(conditions))
    const group = groups.get(key)
    if (group === undefined)
      groups.set(key, { conditions, subject: apart ? subjectOf(row) : { type: 'all' }, rows: [row] })
    else group.rows.push(row)
  }
  return [...groups.values()]
}

/** The value of a measure, where the trial is valid and has one. */
export function valueOf(row: Outcome, measure: string): number | undefined {
  if (row.status === 'invalid') return undefined
  const value = row.values[measure]
  return typeof value === 'number' ? value : undefined
}

/** The plain mean, 0 of nothing. */
export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

/** The mean of a measure over the rows that have it; undefined where none has. */
export function averageOf(rows: readonly Outcome[] | undefined, measure: string): number | undefined {
  const values = (rows ?? []).flatMap((row) => valueOf(row, measure) ?? [])
  return values.length === 0 ? undefined : average(values)
}

/**
 * What a number over some of these rows rests on.
 *
 * @param kept the valid rows that it is made of
 * @param cluster column whose values make a cluster; `seed` and `task` name the row's own
 */
export function denominatorOf(rows: readonly Outcome[], kept: readonly Outcome[], cluster: string): Denominator {
  const invalid = rows.filter((row) => row.status === 'invalid').length
  return {
    trials: kept.length,
    tasks: new Set(kept.map((row) => row.task)).size,
    clusters: new Set(kept.map((row) => clusterOf(row, cluster))).size,
    invalid,
    missing: rows.length - kept.length - invalid,
  }
}

/** Valid rows that have all of these measures, with the denominator that tells of the others. */
export function having(
  rows: readonly Outcome[],
  measures: readonly string[],
  cluster = 'task',
): { readonly rows: readonly Outcome[]; readonly n: Denominator } {
  const kept = rows.filter((row) => measures.every((measure) => valueOf(row, measure) !== undefined))
  return { rows: kept, n: denominatorOf(rows, kept, cluster) }
}

/** How rows without a value are treated. */
export const LEFT_OUT = { invalid: 'left out and counted', missing: 'left out and counted' } as const

export function clusterOf(row: Outcome, cluster: string): string {
  if (cluster === 'seed') return row.seed
  if (cluster === 'task') return row.task
  return column(row, cluster)
}
