import type { Outcome } from '../../record/index.ts'
import { pairedDifference } from '../../stats/index.ts'
import { average, column, groupsBy, valueOf, type Analysis } from '../../findings/index.ts'

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
    name: `difference(${from} → ${to})`,
    measure: to,
    kind: 'change',
    factors: options.by.filter((name): name is F => name !== 'agent'),
    levels: [],
    options: { from, to, by: options.by },
    run({ rows, measures, varied, level }) {
      const columns = [...new Set(['agent', ...options.by, ...varied])]
      return groupsBy(rows.filter(isSteered), columns).map(({ conditions, subject, rows: group }) => {
        const pairs = pairsOf(group, from, to)
        const invalid = group.filter((row) => row.status === 'invalid').length
        const a = pairs.map((pair) => pair.from)
        const b = pairs.map((pair) => pair.to)
        const [before, after] = [average(a), average(b)]
        return {
          quantity: `difference(${from} → ${to})`,
          title: options.title,
          kind: 'change',
          subject,
          unit: measures[to]?.unit ?? 'score',
          conditions,
          estimate: pairedDifference(a, b, { clusters: pairs.map(({ seed }) => seed), level }),
          n: {
            trials: pairs.length,
            tasks: new Set(group.map((row) => row.task)).size,
            clusters: new Set(pairs.map(({ seed }) => seed)).size,
            invalid,
            missing: group.length - pairs.length - invalid,
          },
          method: 'paired mean difference within trials, t over seeds',
          policies: { invalid: 'left out and counted', missing: 'left out and counted', cluster: 'seed' },
          details: { meanFrom: before, meanTo: after, ...(before > 0 && { ratio: after / before }) },
          caveats: pairs.length < 8 ? [`only ${pairs.length} pairs: the interval is wide for a reason`] : [],
          wrongIf: 'other beginnings, other words of the concept or another vector would have told another story',
        }
      })
    },
  }
}

/** The strength that buys most for a bounded price. */
export function bestStrength<const F extends string>(options: {
  readonly by: readonly (F | 'agent')[]
  /** Nats a token, for the model as it ships, above what it writes unsteered. */
  readonly mostNats: number
}): Analysis<'share' | 'plainShare' | 'nats' | 'plainNats', F, never> {
  const { mostNats } = options
  return {
    name: `difference(share at the best strength within ${mostNats} nats)`,
    measure: 'share',
    kind: 'change',
    factors: options.by.filter((name): name is F => name !== 'agent'),
    levels: [],
    options: { by: options.by, mostNats },
    run({ rows, varied, level }) {
      const columns = [...new Set(['agent', ...options.by, ...varied])].filter((name) => name !== 'strength')
      return groupsBy(rows.filter(isSteered), columns).flatMap(({ conditions, subject, rows: group }) => {
        const tried = groupsBy(group, ['strength']).map(({ conditions: { strength = '' }, rows: own }) => {
          const gain = pairsOf(own, 'plainShare', 'share')
          const cost = pairsOf(own, 'plainNats', 'nats')
          return {
            strength,
            gain,
            mean: average(gain.map(({ from, to }) => to - from)),
            cost: average(cost.map(({ from, to }) => to - from)),
          }
        })
        const fit = tried.filter(({ cost }) => cost <= mostNats)
        if (fit.length === 0) return []
        const best = fit.reduce((a, b) => (b.mean > a.mean ? b : a))
        const invalid = group.filter((row) => row.status === 'invalid').length
        return [
          {
            quantity: `difference(share at the best strength within ${mostNats} nats)`,
            title: `most concept words gained for at most ${mostNats} nats a token`,
            kind: 'change' as const,
            subject,
            unit: 'proportion' as const,
            conditions,
            estimate: pairedDifference(
              best.gain.map(({ from }) => from),
              best.gain.map(({ to }) => to),
              { clusters: best.gain.map(({ seed }) => seed), level },
            ),
            n: {
              trials: best.gain.length,
              tasks: new Set(group.map((row) => row.task)).size,
              clusters: new Set(best.gain.map(({ seed }) => seed)).size,
              invalid,
              missing: 0,
            },
            method: 'paired mean difference within trials, t over seeds',
            policies: { invalid: 'left out and counted', chosen: `largest mean gain among ${tried.length} strengths` },
            details: { strength: Number(best.strength), nats: best.cost },
            caveats: ['the strength was chosen on the rows that it is read from: another run would gain a little less'],
            wrongIf: 'another strength were better on other seeds',
          },
        ]
      })
    },
  }
}

interface ArmPair {
  readonly from: number
  readonly to: number
  readonly seed: string
}

function pairsOf(rows: readonly Outcome[], from: string, to: string): readonly ArmPair[] {
  return rows.flatMap((row) => {
    const [a, b] = [valueOf(row, from), valueOf(row, to)]
    return a === undefined || b === undefined ? [] : [{ from: a, to: b, seed: row.seed }]
  })
}

function isSteered(row: Outcome): boolean {
  return column(row, 'strength') !== '0'
}
