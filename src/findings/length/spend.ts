import type { Outcome } from '../../record/index.ts'
import type { Denominator } from '../finding.ts'
import { denominatorOf, having } from '../groups.ts'

/** What a trial may spend. */
export type Spend = 'tokens' | 'dollars' | 'minutes'

interface SpendOf {
  readonly unit: 'tokens' | 'cents' | 'minutes'
  /** In the unit; undefined where nobody knows. */
  readonly of: (row: Outcome) => number | undefined
}

/** How much of it a trial spent: tokens in and out, cents, or minutes of working time. */
export const SPENDS: Readonly<Record<Spend, SpendOf>> = {
  tokens: {
    unit: 'tokens',
    of: ({ usage: { input, output } }) => (input === undefined || output === undefined ? undefined : input + output),
  },
  dollars: { unit: 'cents', of: ({ cost }) => (cost.type === 'known' ? 100 * cost.dollars : undefined) },
  minutes: { unit: 'minutes', of: ({ times }) => times.workingMs / 60_000 },
}

/** The graded trials of which is known what they spent, how much each did, and what a number over them rests on. */
export function spendingOf(
  rows: readonly Outcome[],
  measure: string,
  spend: Spend,
): { readonly kept: readonly Outcome[]; readonly spent: readonly number[]; readonly n: Denominator } {
  const { of } = SPENDS[spend]
  const kept = having(rows, [measure]).rows.filter((row) => of(row) !== undefined)
  return { kept, spent: kept.map((row) => of(row) ?? 0), n: denominatorOf(rows, kept, 'task') }
}
