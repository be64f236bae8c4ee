import { kindSimulations } from '../audit/kind-simulations.ts'
import { randomFrom } from '../../src/record/index.ts'
import * as stats from '../../src/stats/index.ts'
import {
  type Random,
  type HasInterval,
  normal,
  times,
  holds,
  coverage,
  rejections,
  enumerated,
  least,
  clustered,
  taskRates,
  survival,
  curveOf,
  meanOf,
  bootstrapped,
  detector,
  pairs,
  ratings,
  KAPPA,
  davidson,
  pooledStrata,
  peeked,
  horizonCoverage,
  graded,
  twoWayMean,
  clusteredRecall,
  clusteredKappa,
  twoWayShare,
} from './scenes.ts'

/**
 * What intervals and tests really do, by enumeration or over fixed seeds. docs/statistics.md quotes these numbers; the
 * simulation tests hold them. Print them with
 *
 *     node test/stats/simulations.ts             all
 *     node test/stats/simulations.ts cluster     those whose name holds the word
 */
export interface Simulation {
  readonly name: string
  /** What `run` gives: coverage of a 95% interval, rejections of a true null at 5%, or a distance. */
  readonly kind: 'coverage' | 'rejections' | 'power: formula minus simulation'
  /** What the method is known to give; the tests hold `run` to it. */
  readonly between: readonly [number, number]
  readonly run: () => number
}

const p = (found: { readonly type: string; readonly pValue?: number }): number => found.pValue ?? 1
const value = (found: {
  readonly type: string
  readonly value?: number
  readonly interval?: stats.Interval
}): HasInterval => found

const share = (random: Random, n: number, rate: number): stats.Share => ({
  n,
  successes: times(n, () => random()).filter((u) => u < rate).length,
})

function screened(adjust: (values: readonly number[]) => readonly number[]): number {
  return rejections('many', 2_000, (random) => Math.min(...adjust(times(10, () => random()))))
}

const ATTACK = { type: 'beta-binomial', alpha: 0.5, beta: 4, mean: 0, correlation: 0, logLikelihood: 0 } as const

/** A paired design of 30 tasks × 3 repeats with spread 0.2 between tasks, analysed as it would be. */
function pairedStudy(random: Random): boolean {
  const from: number[] = []
  const to: number[] = []
  for (let task = 0; task < 30; task += 1) {
    const difference = 0.15 + 0.2 * normal(random)
    from.push(stats.mean(times(3, () => 0.4 * normal(random))))
    to.push(stats.mean(times(3, () => difference + 0.4 * normal(random))))
  }
  const found = stats.pairedDifference(from, to)
  return found.type === 'estimate' && !holds(found.interval, 0)
}

function powerGap(name: string, formula: number, study: (random: Random) => boolean, runs = 3_000): number {
  return formula - stats.simulatePower(study, randomFrom('power', name), runs).value
}

const cover = (name: string, between: readonly [number, number], run: () => number): Simulation => ({
  name,
  kind: 'coverage',
  between,
  run,
})
const reject = (name: string, between: readonly [number, number], run: () => number): Simulation => ({
  name,
  kind: 'rejections',
  between,
  run,
})
const gap = (name: string, run: () => number): Simulation => ({
  name,
  kind: 'power: formula minus simulation',
  between: [-0.03, 0.03],
  run,
})

/** How often `truth` is held where a check with these rates reads `n` rows, and its rates are known from 85 and 117 lines. */
function correctedCoverage(truth: number, n: number, sensitivity: number, specificity: number): number {
  const name = ['corrected', truth, n, sensitivity].join(' ')
  return coverage(name, 1_000, truth, (random) => {
    const { successes: read } = share(random, n, truth * sensitivity + (1 - truth) * (1 - specificity))
    const found = stats.correctedShare({
      value: read / n,
      interval: stats.wilson(read, n),
      sensitivity: { right: share(random, 85, sensitivity).successes, of: 85 },
      specificity: { right: share(random, 117, specificity).successes, of: 117 },
    })
    return found
  })
}

export const simulations: readonly Simulation[] = [
  ...[0.05, 0.1, 0.3, 0.5, 0.8].flatMap((truth) =>
    (
      [
        [0.92, 0.95],
        [0.97, 0.99],
      ] as const
    ).map(([sensitivity, specificity]) =>
      cover(`corrected share, n = 100, true ${truth}, sensitivity ${sensitivity}`, [0.93, 0.985], () =>
        correctedCoverage(truth, 100, sensitivity, specificity),
      ),
    ),
  ),
  cover('Wilson, n = 10, lowest over rates', [0.83, 0.85], () => enumerated(10, (k) => stats.wilson(k, 10), least)),
  cover('Wilson, n = 10, mean over rates', [0.945, 0.965], () =>
    enumerated(10, (k) => stats.wilson(k, 10), stats.mean),
  ),
  cover('Wilson, n = 100, lowest over rates', [0.83, 0.95], () => enumerated(100, (k) => stats.wilson(k, 100), least)),
  cover('Clopper–Pearson, n = 10, lowest over rates', [0.95, 1], () =>
    enumerated(10, (k) => stats.clopperPearson(k, 10), least),
  ),
  cover('Clopper–Pearson, n = 10, mean over rates', [0.97, 0.99], () =>
    enumerated(10, (k) => stats.clopperPearson(k, 10), stats.mean),
  ),
  cover('Newcombe, 20 and 20, rates 0.3 and 0.5', [0.93, 0.97], () =>
    coverage('newcombe', 4_000, 0.2, (random) => stats.newcombe(share(random, 20, 0.3), share(random, 20, 0.5))),
  ),
  cover('Newcombe paired, 40 cases', [0.93, 0.98], () =>
    coverage('newcombe paired', 4_000, 0.2, (random) => {
      const counts = { both: 0, fromOnly: 0, toOnly: 0, neither: 0 }
      for (let i = 0; i < 40; i += 1) {
        const u = random()
        counts[u < 0.4 ? 'both' : u < 0.5 ? 'fromOnly' : u < 0.8 ? 'toOnly' : 'neither'] += 1
      }
      return stats.newcombePaired(counts)
    }),
  ),
  cover('t interval of a mean, 5 normal values', [0.94, 0.96], () =>
    coverage('t', 4_000, 0, (random) => stats.meanInterval(times(5, () => normal(random)))),
  ),
  cover('cluster mean, 5 clusters', [0.92, 0.96], () => coverage('c5', 4_000, 0, (random) => clusterStudy(random, 5))),
  cover('cluster mean, 10 clusters', [0.93, 0.965], () =>
    coverage('c10', 4_000, 0, (random) => clusterStudy(random, 10)),
  ),
  cover('cluster mean, 20 clusters', [0.925, 0.965], () =>
    coverage('c20', 4_000, 0, (random) => clusterStudy(random, 20)),
  ),
  cover('cluster mean, 30 clusters', [0.93, 0.97], () =>
    coverage('c30', 4_000, 0, (random) => clusterStudy(random, 30)),
  ),
  cover('rows as if independent, 20 clusters of 9', [0.6, 0.85], () =>
    coverage('naive', 2_000, 0, (random) => stats.meanInterval(clustered(random, 20).values)),
  ),
  cover('cluster mean of rates, 20 tasks, rate 0.9', [0.85, 0.95], () =>
    coverage('r20', 2_000, 0.9, (random) => {
      const { values, of } = taskRates(random, 20, 1.8, 0.2)
      return stats.clusterMean(values, of)
    }),
  ),
  cover('cluster proportion, 20 tasks, rate 0.9', [0.93, 1], () =>
    coverage('r20', 2_000, 0.9, (random) => {
      const { values, of } = taskRates(random, 20, 1.8, 0.2)
      return stats.clusterProportion(values, of)
    }),
  ),
  cover('cluster proportion, 40 tasks, rate 0.5', [0.94, 0.98], () =>
    coverage('r40', 1_000, 0.5, (random) => {
      const { values, of } = taskRates(random, 40, 1, 1)
      return stats.clusterProportion(values, of)
    }),
  ),
  cover('cluster difference, 20 shared clusters', [0.93, 0.97], () =>
    coverage('cd', 3_000, 0, (random) => {
      const { values, of } = clustered(random, 20)
      const arm = values.map(() => random() < 0.5)
      const side = (which: boolean): stats.Arm => ({
        values: values.filter((_, i) => arm[i] === which),
        clusters: of.filter((_, i) => arm[i] === which),
      })
      return stats.clusterDifference(side(false), side(true))
    }),
  ),
  cover('two-way clusters, 20 tasks × 20 raters', [0.91, 0.98], () => coverage('two-way', 600, 0, twoWayMean(20, 20))),
  cover('two-way clusters, 5 tasks × 20 raters', [0.9, 0.99], () => coverage('two-way', 600, 0, twoWayMean(5, 20))),
  cover('two-way share of 0.3, 20 × 20', [0.92, 0.99], () => coverage('two-way', 600, 0.3, twoWayShare(20, 20))),
  cover('two-way share of 0.3, 5 × 20', [0.9, 0.995], () => coverage('two-way', 600, 0.3, twoWayShare(5, 20))),
  cover('two-way share of 0.3, 5 × 20, clustered by the 5 alone', [0.85, 0.99], () =>
    coverage('two-way', 600, 0.3, twoWayShare(5, 20, 'first')),
  ),
  cover('two-way share of 0.3, 5 × 20, rows as independent', [0.6, 0.77], () =>
    coverage('two-way', 600, 0.3, twoWayShare(5, 20, 'none')),
  ),
  cover('clustered recall at 5%, 20 clusters of 10 a class', [0.91, 0.98], () =>
    coverage('recall of clusters', 300, 0.4424, clusteredRecall(20, 10)),
  ),
  cover('clustered recall, rows as independent', [0.5, 0.9], () =>
    coverage('recall of clusters', 100, 0.4424, clusteredRecall(20, 10, false)),
  ),
  cover('clustered κ, 20 clusters of 8 items', [0.9, 0.97], () =>
    coverage('κ of clusters', 1_000, 0.6, clusteredKappa(20, 8)),
  ),
  cover('clustered κ, items as independent', [0.5, 0.9], () =>
    coverage('κ of clusters', 1_000, 0.6, clusteredKappa(20, 8, false)),
  ),
  cover('cluster regression slope, 20 clusters', [0.92, 0.97], () =>
    coverage('slope', 2_000, 1, (random) => {
      const { values, of } = clustered(random, 20)
      const x = values.map(() => normal(random))
      const found = stats.clusterRegression(
        x.map((each) => [1, each]),
        values.map((each, i) => each + (x[i] ?? 0)),
        { clusters: of },
      )
      return found.type === 'estimate' ? { type: 'estimate', ...found.coefficients[1] } : found
    }),
  ),
  cover('bootstrap percentile, mean of 8 normal values', [0.86, 0.91], () =>
    coverage('b8', 1_000, 0, (random) =>
      bootstrapped(
        random,
        times(8, () => normal(random)),
        'percentile',
      ),
    ),
  ),
  cover('bootstrap percentile, mean of 15 log-normal values', [0.78, 0.88], () =>
    coverage('b15', 1_000, Math.exp(0.5), (random) =>
      bootstrapped(
        random,
        times(15, () => Math.exp(normal(random))),
        'percentile',
      ),
    ),
  ),
  cover('bootstrap BCa, mean of 15 log-normal values', [0.8, 0.9], () =>
    coverage('b15', 1_000, Math.exp(0.5), (random) =>
      bootstrapped(
        random,
        times(15, () => Math.exp(normal(random))),
        'BCa',
      ),
    ),
  ),
  cover('bootstrap percentile over 30 clusters', [0.91, 0.96], () =>
    coverage('bc', 500, 0, (random) => {
      const { values, of } = clustered(random, 30)
      return stats.bootstrap(values.length, meanOf(values), { random, replicates: 400, levels: [of] })
    }),
  ),
  cover('Kaplan–Meier at the median time, 30 subjects', [0.93, 0.97], () =>
    coverage('km', 3_000, 0.5, (random) => ({
      type: 'estimate',
      ...stats.survivalAt(curveOf(survival(random, 30)), Math.LN2),
    })),
  ),
  cover('Kaplan–Meier median, 60 subjects', [0.93, 0.975], () =>
    coverage('median', 2_000, Math.LN2, (random) => stats.survivalQuantile(curveOf(survival(random, 60)))),
  ),
  cover('restricted mean up to 1, 60 subjects', [0.93, 0.97], () =>
    coverage('rmst', 3_000, 1 - Math.exp(-1), (random) =>
      value(stats.restrictedMean(curveOf(survival(random, 60)), 1)),
    ),
  ),
  cover('exponential rate, 20 subjects', [0.945, 0.985], () =>
    coverage('exp', 3_000, 1, (random) => {
      const { t, e } = survival(random, 20)
      return stats.exponentialFit(t, e)
    }),
  ),
  cover('Weibull shape, 50 subjects', [0.93, 0.965], () =>
    coverage('weibull', 1_500, 1, (random) => {
      const { t, e } = survival(random, 50)
      const fit = stats.weibullFit(t, e)
      return fit.type === 'estimate' ? { type: 'estimate', interval: fit.shape.interval } : fit
    }),
  ),
  cover('METR horizon, nested draw, 60 families of 3 tasks × 4 runs', [0.97, 1], () => horizonCoverage('nested')),
  cover('METR horizon, families drawn alone, 60 of them', [0.92, 0.975], () => horizonCoverage('families')),
  cover('horizon by profile likelihood, 6 lengths of 20 tasks', [0.93, 0.975], () =>
    coverage('length', 1_000, 6, (random) =>
      stats.lengthHorizon(stats.lengthCurve(graded(random, (length) => 1 / (1 + length / 6))), 0.5),
    ),
  ),
  cover('hazard of a step from success by length, 6 lengths of 20 tasks', [0.93, 0.975], () =>
    coverage('step', 1_000, 0.05, (random) => stats.stepHazard(graded(random, (length) => 0.95 ** length))),
  ),
  cover('events by chances, 120 trials of 1 to 32 turns', [0.93, 0.985], () =>
    coverage('turns', 1_000, 0.05, (random) => {
      const rows = graded(random, () => 1).map(({ length, task }) => {
        const failed = Math.ceil(Math.log(1 - random()) / Math.log(0.95))
        return { events: failed <= length ? 1 : 0, chances: Math.min(failed, length), task }
      })
      return stats.clusterRate(
        rows.map((row) => row.events),
        rows.map((row) => row.chances),
        rows.map((row) => row.task),
        0.95,
        'one',
      )
    }),
  ),
  cover('Spearman, 30 points', [0.93, 0.97], () =>
    coverage('rho', 3_000, (6 / Math.PI) * Math.asin(0.25), (random) => {
      const { x, y } = pairs(random, 30)
      return stats.spearman(x, y)
    }),
  ),
  cover('Kendall, 30 points', [0.93, 0.97], () =>
    coverage('tau', 2_000, (2 / Math.PI) * Math.asin(0.5), (random) => {
      const { x, y } = pairs(random, 30)
      return stats.kendall(x, y)
    }),
  ),
  cover('Theil–Sen slope, 20 points', [0.94, 0.975], () =>
    coverage('sen', 2_000, 0.5, (random) => {
      const { x, y } = pairs(random, 20)
      const found = stats.theilSen(x, y)
      return found.type === 'estimate' ? { type: 'estimate', interval: found.interval } : found
    }),
  ),
  cover('Davidson difference, 5 players, 20 contests a pair', [0.93, 0.97], () =>
    coverage('davidson', 1_000, 1.5, davidson),
  ),
  cover('Cohen κ, 100 items', [0.93, 0.965], () =>
    coverage('cohen', 2_000, KAPPA, (random) => {
      const rows = ratings(random, 100)
      return stats.cohenKappa(
        rows.map((row) => row[0] ?? 0),
        rows.map((row) => row[1] ?? 0),
      )
    }),
  ),
  cover('Fleiss κ, 60 items', [0.93, 0.97], () =>
    coverage('fleiss', 1_500, KAPPA, (random) =>
      stats.fleissKappa(
        ratings(random, 60).map((row) => [
          row.filter((each) => each === 0).length,
          row.filter((each) => each === 1).length,
        ]),
      ),
    ),
  ),
  cover('Krippendorff α, 60 items', [0.91, 0.965], () =>
    coverage('alpha', 400, KAPPA, (random) =>
      stats.krippendorffAlpha(ratings(random, 60), 'nominal', { random, replicates: 300 }),
    ),
  ),
  cover('partial pooling, 20 strata of 5', [0.92, 0.98], pooledStrata),
  cover('success curve at N = 100 from 60 units of 20 tries', [0.92, 0.98], () =>
    coverage('curve', 200, stats.successWithin(ATTACK, 100), (random) => {
      const units = times(60, () => share(random, 20, stats.betaQuantile(random(), ATTACK.alpha, ATTACK.beta)))
      return stats.successCurve(units, [100])[0]?.found ?? { type: 'none' }
    }),
  ),
  cover('AUROC, 30 and 30 cases', [0.93, 0.97], () =>
    coverage('auroc', 2_000, stats.normalCdf(1.5 / Math.SQRT2), (random) => {
      const { scores, positive } = detector(random, 30, 30)
      return stats.auroc(scores, positive)
    }),
  ),
  cover('recall at 5% false positives, 100 and 100 cases', [0.91, 0.98], () =>
    coverage('recall', 400, stats.normalCdf(1.5 - 1.6448536269514722), (random) => {
      const { scores, positive } = detector(random, 100, 100)
      return stats.recallAt(scores, positive, 0.05, { random, replicates: 150 })
    }),
  ),
  cover('precision at 2% prevalence, 60 and 200 cases', [0.93, 0.98], () =>
    coverage('precision', 3_000, (0.8 * 0.02) / (0.8 * 0.02 + 0.05 * 0.98), (random) =>
      stats.precisionAt(share(random, 60, 0.8), share(random, 200, 0.05), 0.02),
    ),
  ),
  cover('ratio of joint to independent failure, 200 cases', [0.91, 0.97], () =>
    coverage('joint', 400, 0.18 / 0.09, (random) => {
      // Both fail with 0.18, each with 0.3.
      const rows = times(200, () => {
        const u = random()
        return [u < 0.3, u < 0.18 || (u >= 0.3 && u < 0.42)]
      })
      const found = stats.jointFailure(rows, { random, replicates: 300 })
      return found.type === 'estimate' ? found.ratio : found
    }),
  ),
  cover('random effects, 10 studies', [0.93, 0.97], () =>
    coverage('meta', 3_000, 0.3, (random) => {
      const errors = times(10, () => 0.1 + 0.3 * random())
      return stats.randomEffects(
        errors.map((error) => 0.3 + 0.2 * normal(random) + error * normal(random)),
        errors,
      )
    }),
  ),
  cover('confidence sequence looked at 300 times', [0.95, 1], () =>
    peeked((values) => stats.confidenceSequence(values)),
  ),
  cover('Wilson looked at 300 times', [0.4, 0.75], () =>
    peeked((values) => {
      let successes = 0
      return values.map((each, i) => stats.wilson((successes += each), i + 1))
    }),
  ),
  reject('sign flip, 8 pairs', [0.03, 0.055], () =>
    rejections('flip', 2_000, (random) =>
      p(
        stats.signFlip(
          times(8, () => normal(random)),
          random,
        ),
      ),
    ),
  ),
  reject('sign flip drawn, 25 clusters', [0.035, 0.065], () =>
    rejections('flips', 600, (random) => {
      const { values, of } = clustered(random, 25)
      return p(stats.signFlip(values, random, { clusters: of, replicates: 499 }))
    }),
  ),
  reject('McNemar, 30 discordant cases', [0.02, 0.05], () =>
    rejections('mcnemar', 5_000, (random) => {
      const first = times(30, () => random()).filter((u) => u < 0.5).length
      return stats.mcnemarExact(first, 30 - first)
    }),
  ),
  reject('log-rank, 30 and 30 subjects', [0.035, 0.065], () =>
    rejections('logrank', 2_000, (random) => {
      const { t, e } = survival(random, 60)
      return p(
        stats.logRank(
          t,
          e,
          t.map((_, i) => i % 2),
        ),
      )
    }),
  ),
  reject('Holm, 10 true nulls', [0.03, 0.06], () => screened(stats.holm)),
  reject('Benjamini–Hochberg, 10 true nulls', [0.035, 0.065], () => screened(stats.benjaminiHochberg)),
  reject('no correction, 10 true nulls', [0.37, 0.43], () => screened((values) => values)),
  gap('two proportions, 0.2 and 0.4, 80 an arm', () =>
    powerGap('two', stats.powerTwoProportions(0.2, 0.4, 80), (random) => {
      const a = share(random, 80, 0.2).successes / 80
      const b = share(random, 80, 0.4).successes / 80
      const pooled = (a + b) / 2
      return Math.abs(a - b) > 1.959964 * Math.sqrt((2 * pooled * (1 - pooled)) / 80)
    }),
  ),
  gap('paired, 30 tasks × 3 repeats', () =>
    powerGap(
      'paired',
      stats.powerPaired(0.15, { tasks: 30, repeats: 3, betweenTasks: 0.2, withinTask: 0.4 }),
      pairedStudy,
    ),
  ),
  gap('one rate, 0.2 against 0.1, 60 trials', () =>
    powerGap(
      'one',
      stats.powerOneRate(0.2, 0.1, 60),
      (random) => !holds(stats.clopperPearson(share(random, 60, 0.2).successes, 60), 0.1),
    ),
  ),
  gap('log-rank, hazard ratio 1.8, 120 events', () =>
    powerGap(
      'logrank',
      stats.powerLogRank(1.8, 120),
      (random) => {
        const t = times(120, (i) => -Math.log(1 - random()) / (i % 2 === 0 ? 1 : 1.8))
        return (
          p(
            stats.logRank(
              t,
              t.map(() => true),
              t.map((_, i) => i % 2),
            ),
          ) <= 0.05
        )
      },
      2_000,
    ),
  ),
  ...kindSimulations,
]

function clusterStudy(random: Random, clusters: number): HasInterval {
  const { values, of } = clustered(random, clusters)
  return stats.clusterMean(values, of)
}

if (import.meta.main) {
  const wanted = (process.argv[2] ?? '').toLowerCase()
  if (!simulations.some(({ name }) => name.toLowerCase().includes(wanted)))
    console.error(`No simulation is called "${wanted}". Without a word, all are run and named.`)
  for (const { name, kind, run } of simulations.filter((each) => each.name.toLowerCase().includes(wanted))) {
    const started = performance.now()
    const found = run()
    console.log(
      `${found.toFixed(3).padStart(7)}  ${name} (${kind}; ${((performance.now() - started) / 1000).toFixed(1)} s)`,
    )
  }
}
