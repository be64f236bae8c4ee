import { randomFrom, type Outcome } from '../record/index.ts'
import type { Analysis } from './analysis.ts'
import { armsOf, differenceIn } from './arms.ts'
import { eachTwo } from './calibration.ts'
import type { Analysed } from './finding.ts'
import { groupsBy, valueOf } from './groups.ts'
import { fewClusters } from './mean.ts'
import { holmFamily } from './holm-family.ts'
import { words } from './quantity-title.ts'

/**
 * Every pair of agents under test, in what the study measures first: the mean difference within pairs of task and seed,
 * clustered as the study's own mean is, with p by sign flips, corrected by Holm over all pairs and conditions.
 *
 * @param analyses the study's own: the first mean of a measure says what is compared
 * @param of controls may be compared too, to see that the comparison finds what is known of them
 * @returns undefined where the study has no mean of a measure
 * @see Holm (1979), Scandinavian Journal of Statistics 6, 65–70
 */
export function agentPairs(analyses: readonly Analysis[], of: 'agents' | 'controls' = 'agents'): Analysis | undefined {
  const main = analyses.find(({ kind, options }) => kind === 'level' && 'cluster' in options)
  if (main === undefined) return undefined
  const { measure } = main
  const cluster = main.options['cluster'] === 'seed' ? 'seed' : 'task'
  const over = Array.isArray(main.options['over']) ? main.options['over'] : []
  const name = eachTwo(measure)
  return {
    name,
    measure,
    factors: over,
    levels: [],
    options: { cluster, ...(over.length > 0 && { over }) },
    run({ rows, measures, varied, level, seed }) {
      const own = rows.filter(({ control }) => control === (of === 'controls'))
      const unit = measures[measure]?.unit ?? 'score'
      const better = measures[measure]?.better
      const apart = varied.filter((factor) => !over.includes(factor))
      const compared = groupsBy(own, apart).flatMap(({ conditions, rows: group }) =>
        pairsIn(group).map(({ from, to, a, b }) => {
          const [before, after] = [a, b].map((each) => each.filter((row) => valueOf(row, measure) !== undefined))
          const arms = armsOf(before ?? [], after ?? [], measure, cluster)
          const draw = randomFrom(seed, 'agents', measure, from, to)
          const { estimate, p } = differenceIn(arms, unit, level, draw)
          const all = [...a, ...b]
          const invalid = all.filter(({ status }) => status === 'invalid').length
          const analysed: Analysed = {
            quantity: `difference(${measure}: ${from} → ${to})`,
            measure,
            title: `${main.title ?? words(measure)}: agents compared`,
            kind: 'change',
            subject: { type: 'pair', from, to },
            unit,
            conditions: { agent: `${to} minus ${from}`, ...conditions },
            estimate,
            n: {
              trials: arms.used,
              tasks: new Set(all.map(({ task }) => task)).size,
              clusters: arms.clusters,
              invalid,
              missing: all.length - invalid - arms.used,
            },
            method: estimate.type === 'estimate' ? estimate.interval.method : 'none',
            policies: {
              invalid: 'left out and counted',
              missing: 'trials without a partner are left out and counted',
              pair: arms.pair,
              cluster,
              multiplicity: 'p by Holm over all pairs of agents; intervals each at their own level',
            },
            details: { table: name, ...arms.means, ...(better !== undefined && { better }) },
            caveats: fewClusters(arms.clusters, 'clusters'),
            wrongIf: `these ${arms.clusters} clusters are not like the ones you care about`,
          }
          return { analysed, p }
        }),
      )
      const tested = holmFamily(compared.map(({ p }) => p))
      return compared.map(({ analysed }, place) => ({
        ...analysed,
        details: { ...analysed.details, ...tested[place] },
      }))
    },
  }
}

interface AgentPair {
  readonly from: string
  readonly to: string
  readonly a: readonly Outcome[]
  readonly b: readonly Outcome[]
}

/** Every two agents of these rows, in the order in which they were asked for. */
function pairsIn(rows: readonly Outcome[]): readonly AgentPair[] {
  const agents = [...Map.groupBy(rows, ({ agent }) => agent)]
  return agents.flatMap(([from, a], index) => agents.slice(index + 1).map(([to, b]) => ({ from, to, a, b })))
}
