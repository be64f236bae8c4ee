import type { Outcome } from '../../record/index.ts'
import { clusterRate } from '../../stats/index.ts'
import type { Analysis } from '../analysis.ts'
import { perGroup, type Pooling } from '../per-group.ts'
import { boundsOf } from '../figure.ts'
import { denominatorOf } from '../groups.ts'
import { policiesOf } from './groups.ts'

/** Options of {@link recall}. */
export interface RecallOptions<M extends string, F extends string> extends Pooling<F> {
  /** A measure of the study; trials without one ended before they could be asked. */
  readonly measure: M
  /** The series of each trial that holds a point a question: its age, and 1 where the fact was recalled, else 0. */
  readonly series: string
  /** What the age counts: `turns since the fact was shown`. */
  readonly age: string
}

/**
 * Share of hidden facts that are recalled when asked for after a compaction, by age: ages 0, 1, 2–3, 4–7, 8–15 and so
 * on, questions of one task as one cluster.
 */
export function recall<const M extends string, const F extends string>(
  options: RecallOptions<M, F>,
): Analysis<M, F, never> {
  const { measure, series, age } = options
  return perGroup(`recall(${series})`, measure, options, { series, age }, (group, { level }) => {
    const asked = group.rows.filter((row) => row.status !== 'invalid' && (row.series?.[series]?.length ?? 0) > 0)
    // Most runs never ask.
    if (asked.length === 0) return []
    const share = (from: number, to: number): ReturnType<typeof clusterRate> & { readonly asked: number } => {
      const points = asked.map((row) => (row.series?.[series] ?? []).filter(([x]) => x >= from && x <= to))
      const known = points.map((own) => own.reduce((sum, [, y]) => sum + y, 0))
      const counts = points.map((own) => own.length)
      const kept = counts.map((count, i) => ({ count, i })).filter(({ count }) => count > 0)
      const found = clusterRate(
        kept.map(({ i }) => known[i] ?? 0),
        kept.map(({ count }) => count),
        kept.map(({ i }) => asked[i]?.task ?? ''),
        level,
      )
      return { ...found, asked: counts.reduce((sum, count) => sum + count, 0) }
    }
    const all = share(0, Infinity)
    const windows = windowsUpTo(oldest(asked, series)).flatMap(([from, to]) => {
      const found = share(from, to)
      return found.asked === 0 ? [] : [{ from, to, asked: found.asked, found }]
    })
    const { asked: questions, ...estimate } = all
    return [
      {
        quantity: `recall(${series})`,
        title: `facts recalled after a compaction, by ${age}`,
        kind: 'level' as const,
        subject: group.subject,
        unit: 'proportion' as const,
        conditions: group.conditions,
        estimate,
        n: denominatorOf(group.rows, asked, 'task'),
        method: 'share of questions, Korn–Graubard clustered by task',
        policies: {
          ...policiesOf(group),
          missing: 'trials that were never compacted, so never asked, are left out and counted',
          recalled: 'the answer holds the exact value',
        },
        details: {
          questions,
          ages: windows.map(({ from, to, asked: count, found }) => ({
            from,
            to,
            asked: count,
            share: found.value ?? null,
          })),
        },
        caveats: [],
        wrongIf: 'an agent that is asked answers better than one that must think of asking itself',
        figure: {
          kind: 'ages' as const,
          x: age,
          y: 'share recalled',
          points: windows.map(({ from, found }) => [from, ...boundsOf(found)] as const),
        },
      },
    ]
  })
}

function oldest(rows: readonly Outcome[], series: string): number {
  return rows.reduce((most, row) => (row.series?.[series] ?? []).reduce((own, [x]) => Math.max(own, x), most), 0)
}

function windowsUpTo(most: number): readonly (readonly [from: number, to: number])[] {
  const windows: (readonly [number, number])[] = [[0, 0]]
  for (let from = 1; from <= most; from *= 2) windows.push([from, 2 * from - 1])
  return windows
}
