import { randomFrom } from '../record/index.ts'
import type { Row } from '../rows/index.ts'
import { signFlip, tCdf, twoWayClusterMean } from '../stats/index.ts'
import { complete, countEach, holmFamily, pairedChange } from '../findings/index.ts'
import type { AuditContext, Audited, Part } from './audited.ts'
import { sum, text } from './cells.ts'

/** Up to this many pairs of agents are all compared; beyond it each is compared with the best. */
const ALL_PAIRS = 10

/** Signs drawn in all permutation tests together; with many pairs of many tasks each gets fewer draws, never below 999. */
const MOST_FLIPS = 2e7

/** Agents against one another, paired by the tasks that both did. */
export function differences(agents: readonly Part[], context: AuditContext): readonly Audited[] {
  if (agents.length < 2) return []
  const means = agents.map((agent) => ({
    name: agent.conditions['agent'] ?? '',
    conditions: agent.conditions,
    rate: sum(agent.rows, 'won') / Math.max(1, sum(agent.rows, 'n')),
    tasks: meansBy(agent.rows, ['task', 'cluster', 'cluster2']),
    alone: meansBy(agent.rows, ['task']),
  }))
  const best = means.toSorted((a, b) => b.rate - a.rate)[0]
  const pairs = means.flatMap((from, i) => means.slice(i + 1).map((to) => [from, to] as const))
  const chosen = pairs.length <= ALL_PAIRS ? pairs : pairs.filter((pair) => best !== undefined && pair.includes(best))
  const flipped = chosen.length * Math.max(...means.map((each) => each.tasks.size))
  const replicates = Math.max(999, Math.min(9_999, Math.floor(MOST_FLIPS / Math.max(1, flipped))))
  const compared = chosen.map(([from, to]) => {
    // Where each agent has clusters of its own, tasks are all that they share.
    const whole = [...from.tasks.keys()].some((key) => to.tasks.has(key))
    const [before, after] = whole ? [from.tasks, to.tasks] : [from.alone, to.alone]
    const shared = [...before.keys()].filter((key) => after.has(key))
    const a = shared.map((key) => before.get(key)?.mean ?? 0)
    const b = shared.map((key) => after.get(key)?.mean ?? 0)
    const clusters = shared.map((key) => (whole ? before.get(key)?.cluster : undefined) ?? key)
    const crossed = whole && context.has('cluster2') ? shared.map((key) => before.get(key)?.crossed ?? key) : undefined
    const union = new Set([...before.keys(), ...after.keys()]).size
    const flips = b.map((each, i) => each - (a[i] ?? 0))
    const both = crossed === undefined ? undefined : twoWayClusterMean(flips, clusters, crossed, context.level)
    const flip = signFlip(flips, randomFrom(context.seed, 'flip', from.name, to.name), { replicates, clusters })
    // Signs are flipped by one kind of cluster only: where two are crossed it is t of both.
    const p = both === undefined ? (flip.type === 'estimate' ? flip.pValue : 1) : twoSided(both)
    return { from, to, a, b, shared, union, clusters, crossed, p }
  })
  const tested = holmFamily(compared.map(({ p }) => p))
  // The best was chosen by looking: then all intervals must hold at once.
  const several = chosen.length < pairs.length
  const simultaneous = several ? 1 - (1 - context.level) / chosen.length : context.level
  const together = (found: Audited['estimate']): Audited['estimate'] =>
    several && found.type === 'estimate'
      ? {
          type: 'estimate',
          value: found.value,
          interval: {
            ...found.interval,
            level: context.level,
            method: `${found.interval.method}, simultaneous over ${chosen.length}`,
          },
        }
      : found
  return compared.map(({ from, to, a, b, shared, union, clusters, crossed, p }, i) => {
    const { agent: _, ...conditions } = from.conditions
    return complete({
      quantity: `difference(rate: ${from.name} → ${to.name})`,
      title: `${to.name} minus ${from.name}`,
      kind: 'change',
      subject: { type: 'all' },
      unit: 'proportion',
      conditions,
      estimate: together(
        crossed === undefined
          ? pairedChange(a, b, { clusters, unit: 'proportion', level: simultaneous })
          : twoWayChange(a, b, clusters, crossed, simultaneous),
      ),
      n: {
        ...countEach(shared.length, union - shared.length),
        trials: 2 * shared.length,
        clusters: Math.min(new Set(clusters).size, crossed === undefined ? Infinity : new Set(crossed).size),
      },
      policies: { pairs: 'task means of tasks that both did', corrected: `Holm over ${compared.length} comparisons` },
      details: { ...(crossed === undefined ? { signFlipP: p } : { p }), holmP: tested[i]?.holmP ?? 1 },
      wrongIf: 'the two agents did not do these tasks under the same conditions',
    })
  })
}

/** The mean of paired differences clustered two ways, its interval inside what a difference of shares can be. */
function twoWayChange(
  from: readonly number[],
  to: readonly number[],
  clusters: readonly string[],
  crossed: readonly string[],
  level: number,
): Audited['estimate'] {
  const differences = to.map((each, i) => each - (from[i] ?? 0))
  const found = twoWayClusterMean(differences, clusters, crossed, level)
  if (found.type !== 'estimate') return found
  const { interval } = found
  return { ...found, interval: { ...interval, low: Math.max(-1, interval.low), high: Math.min(1, interval.high) } }
}

function twoSided(found: ReturnType<typeof twoWayClusterMean>): number {
  if (found.type !== 'estimate') return 1
  return 2 * tCdf(-Math.abs(found.value) / found.standardError, found.clusters - 1)
}

/** Mean score of the trials that are alike in these columns, with the cluster of the first; only those with a score. */
function meansBy(
  rows: readonly Row[],
  columns: readonly string[],
): ReadonlyMap<string, { readonly mean: number; readonly cluster: string; readonly crossed: string }> {
  const cells = Map.groupBy(rows, (row) => JSON.stringify(columns.map((each) => row[each])))
  return new Map(
    [...cells].flatMap(([key, own]) =>
      sum(own, 'n') > 0
        ? [
            [
              key,
              {
                mean: sum(own, 'won') / sum(own, 'n'),
                cluster: text(own[0]?.['cluster']),
                crossed: text(own[0]?.['cluster2']),
              },
            ] as const,
          ]
        : [],
    ),
  )
}
