import { randomFrom, type Outcome } from '../record/index.ts'
import { signFlip } from '../stats/index.ts'
import { asTheyAre, type Analysis } from './analysis.ts'
import { knownOptions } from './known-options.ts'
import { fewClusters, skewOf } from './mean.ts'
import { quantityTitle } from './quantity-title.ts'
import { pairedChange } from './without-spread.ts'
import { average, averageOf, column, groupsBy, valueOf } from './groups.ts'

/** Options of {@link pairedDifference}. */
export interface PairedOptions<F extends string, L extends string> {
  readonly factor: F
  readonly from: L
  readonly to: L
  /** What makes two trials a pair. */
  readonly pair: 'seed' | 'task'
  /** Factors over which trials are pooled though they vary: the change is then averaged over their levels. Default: none. */
  readonly over?: readonly string[]
  readonly title?: string
}

/**
 * How much a measure changes from one level of a factor to another, within pairs: mean difference with a cluster t
 * interval over pairs, and the sign-flip permutation p. Pairs with only one side are counted as missing.
 */
export function pairedDifference<const M extends string, const F extends string, const L extends string>(
  measure: M,
  options: PairedOptions<F, L>,
): Analysis<M, F, `${F}=${L}`> {
  knownOptions(`difference(${measure})`, options, ['factor', 'from', 'to', 'pair', 'over', 'title'])
  const { factor, from, to, pair, over = [] } = options
  const name = `difference(${measure}: ${factor} ${from} → ${to})`
  const { title = quantityTitle(name) } = options
  return {
    name,
    measure,
    title,
    kind: 'change',
    derives: { type: 'levels', factor, sides: () => [from, to] },
    factors: [factor],
    levels: [`${factor}=${from}`, `${factor}=${to}`],
    options: { factor, from, to, pair, ...(over.length > 0 && { over }) },
    run({ rows, measures, varied, level, seed, intervalsOnly = false, key = asTheyAre }) {
      const unit = measures[measure]?.unit ?? 'score'
      const sides = rows.filter((row) => column(row, factor) === from || column(row, factor) === to)
      const others = [...new Set(['agent', ...varied.filter((name) => name !== factor && !over.includes(name))])]
      return groupsBy(sides, others).flatMap(({ conditions, subject, rows: group }) => {
        const before = sideOf(group, factor, from, pair)
        const after = sideOf(group, factor, to, pair)
        // A control that does not respond to the factor runs at one of its levels only.
        if (before.size === 0 || after.size === 0) return []
        const keys = [...before.keys()].filter((key) => after.has(key))
        const pairs = keys.map((key) => ({
          key,
          from: averageOf(before.get(key), measure),
          to: averageOf(after.get(key), measure),
        }))
        const whole = pairs.flatMap(({ key, from: a, to: b }) =>
          a === undefined || b === undefined ? [] : [{ key, a, b }],
        )
        const a = whole.map((each) => each.a)
        const b = whole.map((each) => each.b)
        const estimate = pairedChange(a, b, { clusters: whole.map((each) => each.key), unit, level })
        const differences = b.map((value, index) => value - (a[index] ?? 0))
        const flip = intervalsOnly
          ? undefined
          : signFlip(differences, randomFrom(seed, measure, ...Object.keys(key({ [factor]: to }))), {})
        const invalid = group.filter((row) => row.status === 'invalid').length
        return [
          {
            quantity: name,
            title,
            kind: 'change' as const,
            subject,
            unit,
            conditions,
            estimate,
            n: {
              trials: group.filter((row) => valueOf(row, measure) !== undefined).length,
              tasks: new Set(group.map((row) => row.task)).size,
              clusters: whole.length,
              invalid,
              missing: new Set([...before.keys(), ...after.keys()]).size - whole.length,
            },
            method:
              estimate.type === 'estimate' && !('df' in estimate)
                ? estimate.interval.method
                : 'paired mean difference, t over pairs',
            policies: {
              invalid: 'its pair is left out and counted as missing',
              pair,
              ...(over.length > 0 && { pooled: `over ${over.join(', ')}, as often as each was run` }),
            },
            details: {
              meanFrom: average(a),
              meanTo: average(b),
              ...skewOf(
                unit,
                differences,
                whole.map((each) => each.key),
              ),
              ...(flip?.type === 'estimate' && { signFlipP: flip.pValue }),
            },
            caveats: fewClusters(whole.length, 'pairs'),
            wrongIf: `something other than ${factor} differed between the two arms, or ${whole.length} pairs are not like the ones you care about`,
          },
        ]
      })
    },
  }
}

function sideOf(
  rows: readonly Outcome[],
  factor: string,
  level: string,
  pair: 'seed' | 'task',
): ReadonlyMap<string, readonly Outcome[]> {
  return Map.groupBy(
    rows.filter((row) => column(row, factor) === level),
    (row) => (pair === 'seed' ? `${row.task}/${row.seed}` : row.task),
  )
}
