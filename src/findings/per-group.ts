import type { Outcome } from '../record/index.ts'
import type { Analysis, AnalysisInput } from './analysis.ts'
import type { Analysed } from './finding.ts'
import { groupsBy, type Group } from './groups.ts'

/** Which trials are taken together: every factor that varies is reported separately, except those pooled over. */
export interface Pooling<F extends string> {
  /** Columns told apart beside the agent and what varies. */
  readonly by?: readonly (F | 'agent')[]
  /** Factors over which trials are pooled though they vary. */
  readonly over?: readonly F[]
}

export function groupsOver(
  rows: readonly Outcome[],
  varied: readonly string[],
  { by = [], over = [] }: Pooling<string>,
): readonly Group[] {
  const columns = new Set(['agent', ...by, ...varied.filter((name) => !over.includes(name))])
  return groupsBy(rows, [...columns])
}

/**
 * An analysis that reads each group of trials by itself.
 *
 * @param options what it was asked for beside the pooling: both enter the design hash
 */
export function perGroup<M extends string, F extends string>(
  name: string,
  measure: M,
  { by = [], over = [] }: Pooling<F>,
  options: Analysis['options'],
  read: (group: Group, input: AnalysisInput) => readonly Analysed[],
): Analysis<M, F, never> {
  return {
    name,
    measure,
    factors: [...by.filter((column): column is F => column !== 'agent'), ...over],
    levels: [],
    options: { ...options, by, over },
    run: (input) => groupsOver(input.rows, input.varied, { by, over }).flatMap((group) => read(group, input)),
  }
}
