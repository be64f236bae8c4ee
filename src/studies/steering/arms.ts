import type { Outcome } from '../../record/index.ts'
import { pairedDifference } from '../../stats/index.ts'
import {
  average,
  column,
  groupsBy,
  having,
  LEFT_OUT,
  perGroup,
  type Analysis,
  type Finding,
} from '../../findings/index.ts'

/** Options of {@link armDifference}. */
export interface ArmOptions<F extends string> {
  readonly by: readonly (F | 'agent')[]
  readonly title: string
}

/**
 * How much one measure of a trial is above another of the same trial: two arms with the same beginnings and seeds. Paired
 * mean difference with a t interval over seeds. Trials at strength 0 have no arms to compare and are left out.
 */
export function armDifference<const M extends string, const F extends string>(
  from: M,
  to: M,
  options: ArmOptions<F>,
): Analysis<M, F, never> {
  return {
    ...perGroup(
      `difference(${from} → ${to})`,
      to,
      options,
      {},
      ({ conditions, subject, rows }, { measures, level }) => {
        const group = rows.filter(isSteered)
        if (group.length === 0) return []
        const { a, b, n, estimate } = armsOf(group, from, to, level)
        const [before, after] = [average(a), average(b)]
        return [
          {
            quantity: `difference(${from} → ${to})`,
            title: options.title,
            kind: 'change',
            subject,
            unit: measures[to]?.unit ?? 'score',
            conditions,
            estimate,
            n,
            method: METHOD,
            policies: { ...LEFT_OUT, cluster: 'seed' },
            details: { meanFrom: before, meanTo: after, ...(before > 0 && { ratio: after / before }) },
            caveats:
              n.trials < 8 ? [`only ${n.trials} pairs: the interval is right if their values are about normal`] : [],
            wrongIf: 'other beginnings, other words of the concept or another vector could have given another result',
          },
        ]
      },
    ),
    kind: 'change',
    title: options.title,
    derives: { type: 'measures', from, to },
    options: { from, to, by: options.by },
  }
}

/** The strength that buys most for a bounded price. */
export function bestStrength<const F extends string>(options: {
  readonly by: readonly (F | 'agent')[]
  /** Nats a token, for the model as it ships, above what it writes unsteered. */
  readonly mostNats: number
}): Analysis<'share' | 'plainShare' | 'nats' | 'plainNats', F, never> {
  const { by, mostNats } = options
  const name = `difference(share at the best strength within ${mostNats} nats)`
  const title = `largest gain in words of the concept while the text gets worse by at most ${mostNats} ${mostNats === 1 ? 'nat' : 'nats'} a token`
  return {
    ...perGroup<'share', string>(
      name,
      'share',
      { by, over: ['strength'] },
      {},
      ({ conditions, subject, rows }, { level }) => {
        const group = rows.filter(isSteered)
        const tried = groupsBy(group, ['strength']).map(({ conditions: { strength = '' }, rows: own }) => {
          const gain = armsOf(own, 'plainShare', 'share', level)
          const cost = armsOf(own, 'plainNats', 'nats', level)
          return { strength, gain, mean: gainOf(gain), cost: gainOf(cost) }
        })
        const fit = tried.filter(({ cost }) => cost <= mostNats)
        if (fit.length === 0) return []
        const best = fit.reduce((a, b) => (b.mean > a.mean ? b : a))
        const { estimate, n } = best.gain
        return [
          {
            quantity: name,
            title,
            kind: 'change',
            subject,
            unit: 'proportion',
            conditions,
            estimate,
            n: {
              ...n,
              tasks: new Set(group.map((row) => row.task)).size,
              invalid: group.filter((row) => row.status === 'invalid').length,
              missing: 0,
            },
            method: METHOD,
            policies: {
              invalid: 'left out and counted',
              chosen: `largest mean gain among ${tried.length} strengths`,
            },
            details: { strength: Number(best.strength), nats: best.cost },
            caveats: ['the strength was chosen on the rows that it is read from: another run would gain a little less'],
            wrongIf: 'another strength were better on other seeds',
          },
        ]
      },
    ),
    kind: 'change',
    title,
    factors: by.filter((column): column is F => column !== 'agent'),
    options: { by, mostNats },
  }
}

const METHOD = 'paired mean difference within trials, t over seeds'

/** The two arms of the trials that have both, and how far `to` lies above `from`. */
interface Arms {
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly n: Finding['n']
  readonly estimate: Finding['estimate']
}

function armsOf(rows: readonly Outcome[], from: string, to: string, level: number): Arms {
  const { rows: kept, n } = having(rows, [from, to], 'seed')
  const valuesOf = (measure: string): readonly number[] => kept.map((row) => Number(row.values[measure]))
  const [a, b] = [valuesOf(from), valuesOf(to)]
  const estimate = pairedDifference(a, b, { clusters: kept.map(({ seed }) => seed), level })
  return { a, b, n: { ...n, tasks: new Set(rows.map((row) => row.task)).size }, estimate }
}

function gainOf({ a, b }: Arms): number {
  return average(b.map((value, i) => value - (a[i] ?? 0)))
}

function isSteered(row: Outcome): boolean {
  return column(row, 'strength') !== '0'
}
