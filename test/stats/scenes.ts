import { randomFrom } from '../../src/record/index.ts'
import * as stats from '../../src/stats/index.ts'

/** Worlds with a known truth that the simulations draw from, and how to count what holds in them. */
export type Random = stats.Random
export type HasInterval = { readonly type: string; readonly interval?: stats.Interval }

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

export const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))

export function holds(interval: stats.Interval | undefined, truth: number): boolean {
  return interval !== undefined && interval.low <= truth && truth <= interval.high
}

/** Share of `runs` whose interval holds the truth; a run without an interval counts as a miss. */
export function coverage(name: string, runs: number, truth: number, study: (random: Random) => HasInterval): number {
  let held = 0
  for (let run = 0; run < runs; run += 1) if (holds(study(randomFrom(name, run)).interval, truth)) held += 1
  return held / runs
}

export function rejections(name: string, runs: number, study: (random: Random) => number): number {
  let rejected = 0
  for (let run = 0; run < runs; run += 1) if (study(randomFrom(name, run)) <= 0.05) rejected += 1
  return rejected / runs
}

/** Lowest (or mean) exact coverage over rates from 0.1% to 99.9%, by listing every outcome. */
export function enumerated(
  n: number,
  interval: (k: number) => stats.Interval,
  fold: (covers: readonly number[]) => number,
): number {
  const intervals = times(n + 1, interval)
  const rates = times(999, (i) => (i + 1) / 1000)
  return fold(rates.map((p) => intervals.reduce((sum, each, k) => sum + (holds(each, p) ? binomial(k, n, p) : 0), 0)))
}

function binomial(k: number, n: number, p: number): number {
  const choose = stats.logGamma(n + 1) - stats.logGamma(k + 1) - stats.logGamma(n - k + 1)
  return Math.exp(choose + k * Math.log(p) + (n - k) * Math.log1p(-p))
}

export const least = (covers: readonly number[]): number => Math.min(...covers)

/** Rows in G clusters of 1 to 9 rows: an effect a cluster (variance 0.3) and noise; mean 0. */
export function clustered(random: Random, clusters: number): { readonly values: number[]; readonly of: number[] } {
  const values: number[] = []
  const of: number[] = []
  for (let g = 0; g < clusters; g += 1) {
    const effect = Math.sqrt(0.3) * normal(random)
    for (let i = 1 + Math.floor(random() * 9); i > 0; i -= 1) {
      values.push(effect + Math.sqrt(0.7) * normal(random))
      of.push(g)
    }
  }
  return { values, of }
}

/** Tasks with rates Beta(a, b) and 4 trials each; the mean rate is a/(a + b). */
export function taskRates(
  random: Random,
  tasks: number,
  a: number,
  b: number,
): { readonly values: number[]; readonly of: number[] } {
  const values: number[] = []
  const of: number[] = []
  for (let task = 0; task < tasks; task += 1) {
    const rate = stats.betaQuantile(random(), a, b)
    for (let i = 0; i < 4; i += 1) {
      values.push(random() < rate ? 1 : 0)
      of.push(task)
    }
  }
  return { values, of }
}

/** Exponential times with mean 1 and about a third censored by an independent exponential. */
export function survival(random: Random, n: number, rate = 1): { readonly t: number[]; readonly e: boolean[] } {
  const event = times(n, () => -Math.log(1 - random()) / rate)
  const stop = times(n, () => -2 * Math.log(1 - random()))
  return { t: event.map((each, i) => Math.min(each, stop[i] ?? 0)), e: event.map((each, i) => each <= (stop[i] ?? 0)) }
}

export function curveOf({ t, e }: { readonly t: number[]; readonly e: boolean[] }): stats.SurvivalCurve {
  const curve = stats.kaplanMeier(t, e)
  if (curve.type === 'not-estimable') throw new Error(curve.reason)
  return curve
}

export function meanOf(values: readonly number[]): (rows: readonly number[]) => number {
  return (rows) => stats.mean(rows.map((i) => values[i] ?? 0))
}

export function bootstrapped(random: Random, values: readonly number[], method: 'percentile' | 'BCa'): HasInterval {
  return stats.bootstrap(values.length, meanOf(values), { random, replicates: 500, method })
}

export function detector(
  random: Random,
  yes: number,
  no: number,
): { readonly scores: number[]; readonly positive: boolean[] } {
  const positive = times(yes + no, (i) => i < yes)
  return { positive, scores: positive.map((each) => normal(random) + (each ? 1.5 : 0)) }
}

/** Pairs (x, y) with normal correlation 0.5. */
export function pairs(random: Random, n: number): { readonly x: number[]; readonly y: number[] } {
  const x = times(n, () => normal(random))
  return { x, y: x.map((each) => each / 2 + Math.sqrt(0.75) * normal(random)) }
}

/** Verdicts of three raters, each right with chance 0.8 on two equally common labels. */
export function ratings(random: Random, items: number): number[][] {
  return times(items, () => {
    const truth = random() < 0.5 ? 0 : 1
    return times(3, () => (random() < 0.8 ? truth : 1 - truth))
  })
}
/** κ and α of such raters: two agree with .8² + .2² = .68, by chance with ½. */
export const KAPPA = 0.36

export function davidson(random: Random): HasInterval {
  const beta = [0.8, 0.3, 0, -0.4, -0.7]
  const contests: stats.Contest[] = []
  for (let i = 0; i < 5; i += 1) {
    for (let j = i + 1; j < 5; j += 1) {
      const wins = [0, 0, 0]
      const weights = [
        Math.exp(beta[i] ?? 0),
        Math.exp(beta[j] ?? 0),
        0.7 * Math.exp(((beta[i] ?? 0) + (beta[j] ?? 0)) / 2),
      ]
      const sum = weights.reduce((a, b) => a + b, 0)
      for (let k = 0; k < 20; k += 1) {
        const u = random() * sum
        const outcome = u < (weights[0] ?? 0) ? 0 : u < (weights[0] ?? 0) + (weights[1] ?? 0) ? 1 : 2
        wins[outcome] = (wins[outcome] ?? 0) + 1
      }
      contests.push({ a: i, b: j, aWins: wins[0] ?? 0, bWins: wins[1] ?? 0, ties: wins[2] ?? 0 })
    }
  }
  const fit = stats.strengths(contests, 'Davidson')
  return fit.type === 'estimate' ? { type: 'estimate', ...stats.strengthDifference(fit, 0, 4) } : fit
}

/** Mean coverage over 20 strata of 5 trials with rates from Beta(4, 4). */
export function pooledStrata(): number {
  let held = 0
  for (let run = 0; run < 40; run += 1) {
    const random = randomFrom('pooling', run)
    const rates = times(20, () => stats.betaQuantile(random(), 4, 4))
    const strata = rates.map((rate) => ({ n: 5, successes: times(5, () => random()).filter((u) => u < rate).length }))
    const found = stats.partialPooling(strata)
    if (found.type === 'estimate') held += found.strata.filter((each, i) => holds(each.interval, rates[i] ?? 0)).length
  }
  return held / 800
}

/** Share of runs on which an interval that is looked at after each of 300 outcomes EVER misses a rate of 0.3. */
export function peeked(always: (values: readonly number[]) => readonly stats.Interval[]): number {
  let missed = 0
  for (let run = 0; run < 300; run += 1) {
    const random = randomFrom('peek', run)
    const values = times(300, () => (random() < 0.3 ? 1 : 0))
    if (always(values).some((each) => !holds(each, 0.3))) missed += 1
  }
  return 1 - missed / 300
}

/** A large population of families with one agent; its penalised fit is what samples are asked about. */
export const population: readonly stats.HorizonRun[] = ((): stats.HorizonRun[] => {
  const random = randomFrom('population')
  const runs: stats.HorizonRun[] = []
  for (let family = 0; family < 2_000; family += 1) {
    const effect = 0.8 * normal(random)
    for (let t = 0; t < 3; t += 1) {
      const x = -3 + 12 * random()
      const chance = 1 / (1 + Math.exp(0.7 * (x - 4) - effect))
      for (let i = 0; i < 4; i += 1) {
        runs.push({ agent: 0, task: family * 3 + t, family, minutes: 2 ** x, score: random() < chance ? 1 : 0 })
      }
    }
  }
  return runs
})()

export function horizonCoverage(draw: 'nested' | 'families'): number {
  const whole =
    stats.horizons(population, { random: randomFrom('whole'), replicates: 1 })[0]?.horizons[0]?.minutes.value ?? 0
  let held = 0
  for (let run = 0; run < 300; run += 1) {
    const random = randomFrom('horizon', run)
    // 60 families without replacement from 2,000, all of their tasks and runs.
    const drawn = new Set<number>()
    while (drawn.size < 60) drawn.add(Math.floor(random() * 2_000))
    const sample = [...drawn].flatMap((family) => population.slice(family * 12, family * 12 + 12))
    const minutes = stats.horizons(sample, { random, replicates: 300, draw })[0]?.horizons[0]?.minutes
    if (minutes?.type === 'estimate' && holds(minutes.interval, whole)) held += 1
  }
  return held / 300
}

/** One run of each of 20 tasks at lengths from 1 to 32 steps. */
export function graded(
  random: Random,
  chance: (length: number) => number,
): readonly { readonly length: number; readonly task: string; readonly score: number }[] {
  return [1, 2, 4, 8, 16, 32].flatMap((length) =>
    times(20, (i) => ({ length, task: `${length}/${i}`, score: random() < chance(length) ? 1 : 0 })),
  )
}

/** Rows of every first with every second unit, each of which has an effect of its own. */
function crossed(
  random: Random,
  as: number,
  bs: number,
): readonly { readonly a: number; readonly b: number; readonly effect: number }[] {
  const [a, b] = [times(as, () => normal(random)), times(bs, () => normal(random))]
  return times(as * bs, (i) => ({
    a: i % as,
    b: Math.floor(i / as),
    effect: (a[i % as] ?? 0) + (b[Math.floor(i / as)] ?? 0),
  }))
}

/** The mean of values whose two effects have a standard deviation of 0.5 beside noise of 1; the truth is 0. */
export function twoWayMean(as: number, bs: number): (random: Random) => HasInterval {
  return (random) => {
    const rows = crossed(random, as, bs)
    return stats.twoWayClusterMean(
      rows.map(({ effect }) => 0.5 * effect + normal(random)),
      rows.map(({ a }) => a),
      rows.map(({ b }) => b),
    )
  }
}

/** A share of 0.3 on the probit scale, of whose variance each unit has a fifth. */
export function twoWayShare(
  as: number,
  bs: number,
  by: 'both' | 'first' | 'none' = 'both',
): (random: Random) => HasInterval {
  const cut = 0.524_400_512_7
  return (random) => {
    const rows = crossed(random, as, bs)
    const values = rows.map(({ effect }) => (Math.sqrt(0.2) * effect + Math.sqrt(0.6) * normal(random) > cut ? 1 : 0))
    const [first, second] = [rows.map(({ a }) => a), rows.map(({ b }) => b)]
    if (by === 'both') return stats.twoWayClusterProportion(values, first, second)
    return stats.clusterProportion(values, by === 'first' ? first : values.map((_, i) => i))
  }
}

/** Scores whose clusters have half of the variance; recall at 5% false positives is Φ(1.5 − 1.6449). */
export function clusteredRecall(clusters: number, rows: number, named = true): (random: Random) => HasInterval {
  return (random) => {
    const [scores, positive, of] = [[] as number[], [] as boolean[], [] as number[]]
    for (const label of [false, true])
      for (let cluster = 0; cluster < clusters; cluster += 1) {
        const effect = Math.sqrt(0.5) * normal(random)
        for (let row = 0; row < rows; row += 1) {
          scores.push(effect + Math.sqrt(0.5) * normal(random) + (label ? 1.5 : 0))
          positive.push(label)
          of.push(label ? clusters + cluster : cluster)
        }
      }
    return stats.recallAt(scores, positive, 0.05, { random, replicates: 200, ...(named && { clusters: [of] }) })
  }
}

/** Two raters who agree on each item of half of the clusters and on 60% of the others': κ is (0.8 − 0.5)/0.5. */
export function clusteredKappa(clusters: number, items: number, named = true): (random: Random) => HasInterval {
  return (random) => {
    const [a, b, of] = [[] as number[], [] as number[], [] as number[]]
    for (let cluster = 0; cluster < clusters; cluster += 1) {
      const agree = random() < 0.5 ? 1 : 0.6
      for (let item = 0; item < items; item += 1) {
        const label = random() < 0.5 ? 1 : 0
        a.push(label)
        b.push(random() < agree ? label : 1 - label)
        of.push(cluster)
      }
    }
    return stats.cohenKappa(a, b, 0.95, named ? [of] : [])
  }
}
