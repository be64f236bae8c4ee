import type { Outcome } from '../record/index.ts'
import { averageOf } from '../findings/index.ts'

/** A case that one run passed and the other did not. */
export interface Flip {
  readonly case: string
  readonly agent: string
  /** Levels of factors that vary. */
  readonly conditions: Readonly<Record<string, string>>
  /** `passes`: the second run passed it in all its trials, the first did not; `fails`: the other way round. */
  readonly now: 'passes' | 'fails'
  /** Share of its trials that passed, in each run. */
  readonly from: number
  readonly to: number
  /** A trial of it in each run, for who looks it up. */
  readonly trials: readonly [first: string, second: string]
}

/**
 * Cases whose answers flipped between two sets of rows of one agent in one cell: those that fail now first. A case without
 * a value in one of the runs is neither.
 *
 * @param measure a share: 1 passes
 */
export function flipsIn(
  from: readonly Outcome[],
  to: readonly Outcome[],
  measure: string,
  about: Pick<Flip, 'agent' | 'conditions'>,
): readonly Flip[] {
  const [before, after] = [from, to].map((rows) => Map.groupBy(rows, ({ task }) => task))
  const flips = [...(before ?? [])].flatMap(([task, own]): readonly Flip[] => {
    const others = after?.get(task)
    const [a, b] = [averageOf(own, measure), averageOf(others, measure)]
    const trials = [own, others ?? []].map((rows) => rows[0]?.trial ?? '')
    if (a === undefined || b === undefined || (a === 1) === (b === 1)) return []
    return [
      {
        case: task,
        ...about,
        now: b === 1 ? 'passes' : 'fails',
        from: a,
        to: b,
        trials: [trials[0] ?? '', trials[1] ?? ''],
      },
    ]
  })
  return flips.toSorted((a, b) => Number(a.now === 'passes') - Number(b.now === 'passes'))
}
