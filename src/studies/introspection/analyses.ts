import type { Outcome } from '../../record/index.ts'
import { clusterDifference, clusterProportion, exactUpperBoundAtZero } from '../../stats/index.ts'
import {
  average,
  denominatorOf,
  perGroup,
  valueOf,
  withoutSpread,
  type Analysis,
  type Finding,
} from '../../findings/index.ts'

interface Options<F extends string> {
  readonly by: readonly (F | 'agent')[]
  readonly title: string
}

const POLICIES = {
  invalid: 'left out and counted',
  injected: 'by lot, and unknown to the grader',
  cluster: 'concept',
}

/**
 * What an answer shares with others: the vector of its concept where one was put in. Where nothing was, each trial asks
 * the same model the same words with a draw of its own, and is a cluster by itself.
 */
function clusterOf(row: Outcome): string {
  return valueOf(row, 'injected') === 1 ? row.task : row.trial
}

/** How often something is said where something was put in, or where nothing was; no event at all is told as a bound. */
export function rateWhere<const M extends string, const F extends string>(
  measure: M,
  injected: 0 | 1,
  { by, title, chance }: Options<F> & { readonly chance?: number },
): Analysis<M, F, never> {
  const name = `rate(${measure}: ${injected === 1 ? 'injected' : 'nothing injected'})`
  return {
    ...perGroup(name, measure, { by }, {}, ({ conditions, subject, rows: group }, { level }) => {
      const kept = group.filter((row) => valueOf(row, 'injected') === injected)
      const values = kept.flatMap((row) => valueOf(row, measure) ?? [])
      if (values.length === 0) return []
      return [
        {
          quantity: name,
          title,
          kind: 'level',
          unit: 'proportion',
          subject,
          conditions,
          estimate: rate(values, kept, level),
          n: counted(group, kept),
          method: values.every((value) => value === 0)
            ? 'exact bound at no event'
            : 'cluster-robust proportion over concepts',
          policies: POLICIES,
          details: { events: values.filter((value) => value === 1).length, ...(chance !== undefined && { chance }) },
          caveats: [],
          wrongIf: 'another wording, another strength or a larger model would have answered otherwise',
        },
      ]
    }),
    title,
    options: { by, injected, ...(chance !== undefined && { chance }) },
  }
}

function rate(values: readonly number[], rows: readonly Outcome[], level: number): Finding['estimate'] {
  const clusters = rows.map(clusterOf)
  if (values.some((value) => value > 0)) return clusterProportion(values, clusters, level)
  const high = exactUpperBoundAtZero(new Set(clusters).size, level)
  return { type: 'estimate', value: 0, interval: { low: 0, high, level, method: 'exact one-sided bound at no event' } }
}

/** Share that says yes where something was put in minus where nothing was. */
export function detection<const F extends string>({ by, title }: Options<F>): Analysis<'saidYes', F, never> {
  const name = 'difference(saidYes: nothing injected → injected)'
  return {
    ...perGroup(name, 'saidYes', { by }, {}, ({ conditions, subject, rows: group }, { level }) => {
      const kept = group.filter(
        (row) => valueOf(row, 'injected') !== undefined && valueOf(row, 'saidYes') !== undefined,
      )
      const [from, to] = [armOf(kept, 0), armOf(kept, 1)]
      if (from.values.length === 0 || to.values.length === 0) return []
      const robust = clusterDifference(from, to, level)
      const alike = {
        paired: false,
        from: from.values,
        to: to.values,
        fromClusters: from.clusters,
        toClusters: to.clusters,
      }
      const estimate = robust.type === 'estimate' ? robust : (withoutSpread(alike, level)?.estimate ?? robust)
      return [
        {
          quantity: name,
          title,
          kind: 'change',
          unit: 'proportion',
          subject,
          conditions,
          estimate,
          n: counted(group, kept),
          method: estimate.type === 'estimate' ? estimate.interval.method : 'none',
          policies: POLICIES,
          details: {},
          caveats: [],
          wrongIf:
            'the vector made the word yes likelier without being noticed: the name it gives must be looked at too',
        },
      ]
    }),
    kind: 'change',
    title,
    options: { by },
  }
}

function armOf(rows: readonly Outcome[], injected: 0 | 1): { readonly values: number[]; readonly clusters: string[] } {
  const own = rows.filter((row) => valueOf(row, 'injected') === injected)
  return { values: own.map((row) => valueOf(row, 'saidYes') ?? 0), clusters: own.map(clusterOf) }
}

/**
 * How well the chance of yes, by log-probabilities, separates injected trials from others (AUROC), with its calibration in
 * bins. The chance depends on the concept and the strength alone, so that all trials of one concept are one reading: for
 * each concept, the share of readings without injection that its own lies above (half where they tie), and the interval
 * over concepts. Copies of a reading change nothing.
 */
export function separation<const F extends string>({ by, title }: Options<F>): Analysis<'chanceYes', F, never> {
  return {
    ...perGroup('auroc(chanceYes)', 'chanceYes', { by }, {}, ({ conditions, subject, rows: group }, { level }) => {
      const readings = readingsOf(group)
      if (readings.length === 0) return []
      const without = [...new Set(readings.flatMap(({ chance, injected }) => (injected ? [] : [chance])))]
      const own = readings.filter(({ injected }) => injected)
      const above = own.map(({ chance }) => average(without.map((other) => placement(chance, other))))
      return [
        {
          quantity: 'auroc(chanceYes)',
          title,
          kind: 'level',
          unit: 'proportion',
          subject,
          conditions,
          estimate:
            own.length === 0 || without.length === 0
              ? { type: 'not-estimable', reason: 'nothing was injected, or something always' }
              : clusterProportion(
                  above,
                  own.map(({ concept }) => concept),
                  level,
                ),
          n: counted(
            group,
            group.filter((row) => valueOf(row, 'chanceYes') !== undefined),
          ),
          method: 'placement of each concept, Korn–Graubard over concepts',
          policies: { ...POLICIES, readings: 'all trials of one concept are one reading' },
          details: { calibration: bins(readings) },
          caveats: [],
          wrongIf: 'the vector made the word yes likelier without being noticed',
        },
      ]
    }),
    title,
    options: { by },
  }
}

interface ChanceOfYes {
  readonly concept: string
  readonly chance: number
  readonly injected: boolean
}

/** One reading a concept where it was put in, and one for each chance that was read with nothing put in. */
function readingsOf(group: readonly Outcome[]): readonly ChanceOfYes[] {
  const all = group.flatMap((row): readonly ChanceOfYes[] => {
    const [chance, injected] = [valueOf(row, 'chanceYes'), valueOf(row, 'injected')]
    if (chance === undefined || injected === undefined) return []
    return [{ concept: injected === 1 ? row.task : '', chance, injected: injected === 1 }]
  })
  const distinct = Map.groupBy(all, ({ concept, chance, injected }) => `${injected ? concept : chance}`)
  return [...distinct.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ ...first, chance: middle([first, ...rest].map(({ chance }) => chance)) }],
  )
}

/** The mean; of copies the copy itself, since rounding in a sum would break a tie that there is. */
function middle(chances: readonly number[]): number {
  const [first = 0] = chances
  return chances.every((chance) => chance === first) ? first : average(chances)
}

function placement(chance: number, other: number): number {
  // Means of the same reading differ in their last digits.
  if (Math.abs(chance - other) < 1e-9) return 0.5
  return chance > other ? 1 : 0
}

/** Chance of yes as it was given, against how often something had been put in: five bins of equal width, empty ones left out. */
function bins(
  rows: readonly ChanceOfYes[],
): readonly { readonly said: number; readonly injected: number; readonly n: number }[] {
  return [...Map.groupBy(rows, ({ chance }) => Math.min(4, Math.floor(chance * 5)))]
    .toSorted(([a], [b]) => a - b)
    .map(([, own]) => ({
      said: own.reduce((total, { chance }) => total + chance, 0) / own.length,
      injected: own.filter(({ injected }) => injected).length / own.length,
      n: own.length,
    }))
}

function counted(group: readonly Outcome[], kept: readonly Outcome[]): Finding['n'] {
  const n = denominatorOf(group, kept, 'task')
  return { ...n, clusters: new Set(kept.map(clusterOf)).size, missing: 0 }
}
