import * as stats from '../../src/stats/index.ts'
import type { Examples } from './example.ts'

const {
  alarmAbove,
  anytimeInterval,
  auroc,
  benjaminiHochberg,
  bestOfN,
  betaBinomial,
  betaCdf,
  betaQuantile,
  bootstrap,
  chanceAt,
  chiSquaredQuantile,
  chiSquaredTail,
  clopperPearson,
  clusterDifference,
  clusterMean,
  clusterProportion,
  clusterRate,
  clusterRegression,
  clusteredKaplanMeier,
  cohenKappa,
  confidenceSequence,
  correctedRatio,
  correctedShare,
  dawidSkene,
  designEffect,
  detectableDifference,
  exactUpperBoundAtZero,
  exponential,
  exponentialFit,
  fleissKappa,
  gammaCdf,
  gammaQuantile,
  geometricRatio,
  holm,
  horizonAt,
  horizonFit,
  horizonTrend,
  horizons,
  inverseVariance,
  jointFailure,
  kaplanMeier,
  kendall,
  krippendorffAlpha,
  lengthCurve,
  lengthHorizon,
  logBeta,
  logGamma,
  logRank,
  mcnemarExact,
  mean,
  meanInterval,
  median,
  newcombe,
  newcombePaired,
  normalCdf,
  normalQuantile,
  pairDependence,
  pairedDifference,
  partialPooling,
  passAtK,
  passHatK,
  powerLawAt,
  powerLogRank,
  powerOneRate,
  powerPaired,
  powerTwoProportions,
  precisionAt,
  quantile,
  quantileInterval,
  randomEffects,
  recallAt,
  restrictedMean,
  shareCorrelation,
  shareRatio,
  signFlip,
  simulatePower,
  skewness,
  spearman,
  stepHazard,
  strengthDifference,
  strengths,
  successCurve,
  successWithin,
  survivalAt,
  survivalQuantile,
  tCdf,
  tQuantile,
  tasksNeeded,
  theilSen,
  trialsToSee,
  twoWayClusterMean,
  twoWayClusterProportion,
  varianceComponents,
  weibullFit,
  wilson,
} = stats

/** Draws that are the same each time; use `randomFrom(seed)` of `assay` in your own code. */
function draws(): () => number {
  let state = 1
  return () => (state = (state * 16807) % 2147483647) / 2147483647
}

/** Four tasks, each tried at lengths 1 to 16: right while it is short. */
const graded = [1, 2, 4, 8, 16].flatMap((length) =>
  ['a', 'b', 'c', 'd'].map((name, at) => ({
    length,
    score: length <= 2 ** (at + 1) ? 1 : 0,
    task: `${name}-${length}`,
  })),
)
const isKnown = <T>(found: T | stats.NotEstimable): found is T =>
  !(typeof found === 'object' && found !== null && 'reason' in found)
function known<T>(found: T | stats.NotEstimable): T {
  if (isKnown(found)) return found
  throw new Error('An example must be estimable.')
}
const curve = known(kaplanMeier([3, 5, 5, 8, 9, 12, 14, 20], [true, true, false, true, true, true, false, true]))

/** One call of every function of `assay/stats`; the reference shows it with what it gives. */
export const examples: Examples<typeof stats> = {
  alarmAbove: () => alarmAbove([0.1, 0.2, 0.2, 0.4, 0.9], 0.2),
  anytimeInterval: () => anytimeInterval([1, 0, 1, 1, 0, 1, 1, 1]),
  auroc: () => auroc([0.9, 0.8, 0.7, 0.4, 0.3, 0.1], [true, true, false, true, false, false]),
  benjaminiHochberg: () => benjaminiHochberg([0.01, 0.04, 0.03]),
  bestOfN: () =>
    bestOfN([
      { n: 1, rate: 0.1 },
      { n: 10, rate: 0.3 },
      { n: 100, rate: 0.7 },
    ]),
  betaBinomial: () =>
    betaBinomial([
      { successes: 1, n: 10 },
      { successes: 9, n: 10 },
      { successes: 5, n: 10 },
    ]),
  betaCdf: () => betaCdf(0.5, 2, 3),
  betaQuantile: () => betaQuantile(0.5, 2, 3),
  bootstrap: () => {
    const times = [3, 5, 8, 13, 21, 34]
    return bootstrap(times.length, (rows) => median(rows.map((row) => times[row] ?? 0)), {
      random: draws(),
      replicates: 200,
    })
  },
  chanceAt: () => chanceAt({ a: 2, b: -1 }, 4),
  chiSquaredQuantile: () => chiSquaredQuantile(0.95, 1),
  chiSquaredTail: () => chiSquaredTail(3.84, 1),
  clopperPearson: () => clopperPearson(7, 10),
  clusterDifference: () =>
    clusterDifference(
      { values: [1, 2, 3, 4], clusters: ['a', 'a', 'b', 'c'] },
      { values: [3, 4, 6, 5], clusters: ['a', 'a', 'b', 'c'] },
    ),
  clusterMean: () => clusterMean([10, 12, 20, 22, 31], ['a', 'a', 'b', 'b', 'c']),
  clusterProportion: () => clusterProportion([1, 1, 0, 1, 0, 0], ['a', 'a', 'b', 'b', 'c', 'c']),
  clusterRate: () => clusterRate([1, 0, 2], [10, 20, 10], ['a', 'b', 'c']),
  clusterRegression: () =>
    clusterRegression(
      [
        [1, 1],
        [1, 2],
        [1, 3],
        [1, 4],
      ],
      [2, 4, 5, 8],
    ),
  clusteredKaplanMeier: () => clusteredKaplanMeier([2, 3, 5, 8], [true, true, true, false], ['a', 'a', 'b', 'c']),
  cohenKappa: () => cohenKappa(['yes', 'no', 'yes', 'no'], ['yes', 'no', 'no', 'no']),
  confidenceSequence: () => confidenceSequence([1, 1, 0, 1]),
  correctedRatio: () =>
    correctedRatio(
      { value: 0.2, interval: wilson(20, 100) },
      { value: 0.4, interval: wilson(40, 100) },
      { right: 95, of: 100 },
    ),
  correctedShare: () =>
    correctedShare({
      value: 0.3,
      interval: wilson(30, 100),
      sensitivity: { right: 90, of: 100 },
      specificity: { right: 95, of: 100 },
    }),
  dawidSkene: () =>
    dawidSkene([
      { item: 1, rater: 'ann', label: 'yes' },
      { item: 1, rater: 'bob', label: 'yes' },
      { item: 2, rater: 'ann', label: 'no' },
      { item: 2, rater: 'bob', label: 'yes' },
    ]),
  designEffect: () => designEffect(4, 0.5),
  detectableDifference: () => detectableDifference({ tasks: 50, repeats: 4, betweenTasks: 0.2, withinTask: 0.4 }),
  exactUpperBoundAtZero: () => exactUpperBoundAtZero(24),
  exponential: () => exponential({ low: 0, high: 1, level: 0.95, method: "Student's t" }),
  exponentialFit: () => exponentialFit([3, 5, 8, 12], [true, true, true, false]),
  fleissKappa: () =>
    fleissKappa([
      [3, 0],
      [0, 3],
      [2, 1],
      [1, 2],
    ]),
  gammaCdf: () => gammaCdf(2, 3),
  gammaQuantile: () => gammaQuantile(0.5, 3),
  geometricRatio: () =>
    geometricRatio(
      { values: [10, 12, 30, 28], clusters: ['a', 'a', 'b', 'c'] },
      { values: [5, 7, 14, 16], clusters: ['a', 'a', 'b', 'c'] },
    ),
  holm: () => holm([0.01, 0.04, 0.03]),
  horizonAt: () => horizonAt({ a: 2, b: -1 }, 0.5),
  horizonFit: () => horizonFit([1, 2, 4, 8, 16], [1, 1, 1, 0, 0], [0.2, 0.2, 0.2, 0.2, 0.2]),
  horizonTrend: () =>
    horizonTrend([
      { released: 0, minutes: 10 },
      { released: 100, minutes: 20 },
      { released: 200, minutes: 40 },
    ]),
  horizons: () =>
    horizons(
      graded.map(({ length, score, task }) => ({
        agent: 'model',
        task,
        family: task.charAt(0),
        minutes: length,
        score,
      })),
      { random: draws(), replicates: 50, rates: [0.5] },
    ).map(({ agent, runs, tasks }) => ({ agent, runs, tasks })),
  inverseVariance: () => inverseVariance([10, 12], [1, 2]),
  jointFailure: () =>
    jointFailure(
      [
        [true, true],
        [true, false],
        [false, true],
        [false, false],
        [true, true],
      ],
      {
        random: draws(),
        replicates: 100,
      },
    ),
  kaplanMeier: () => kaplanMeier([3, 5, 8], [true, false, true]),
  kendall: () => kendall([1, 2, 3, 4, 5], [1, 3, 2, 5, 4]),
  krippendorffAlpha: () =>
    krippendorffAlpha(
      [
        [1, 1],
        [2, 2],
        [1, 2],
        [2, 2],
      ],
      'nominal',
      { random: draws(), replicates: 100 },
    ),
  lengthCurve: () => lengthCurve(graded).fit,
  lengthHorizon: () => lengthHorizon(lengthCurve(graded), 0.5),
  logBeta: () => logBeta(2, 3),
  logGamma: () => logGamma(5),
  logRank: () => logRank([3, 5, 8, 9], [true, true, true, false], ['a', 'a', 'b', 'b']),
  mcnemarExact: () => mcnemarExact(1, 8),
  mean: () => mean([1, 2, 6]),
  meanInterval: () => meanInterval([171, 184, 197, 190]),
  median: () => median([1, 2, 6]),
  newcombe: () => newcombe({ successes: 5, n: 20 }, { successes: 12, n: 20 }),
  newcombePaired: () => newcombePaired({ both: 10, fromOnly: 2, toOnly: 8, neither: 20 }),
  normalCdf: () => normalCdf(1.96),
  normalQuantile: () => normalQuantile(0.975),
  pairDependence: () =>
    pairDependence([
      [true, true],
      [true, false],
      [false, false],
      [false, false],
      [true, true],
    ]),
  pairedDifference: () => pairedDifference([10, 12, 9, 14], [13, 15, 10, 18]),
  partialPooling: () =>
    partialPooling([
      { successes: 1, n: 5 },
      { successes: 4, n: 5 },
      { successes: 3, n: 5 },
    ]),
  passAtK: () =>
    passAtK(
      [
        { successes: 1, n: 4 },
        { successes: 4, n: 4 },
        { successes: 0, n: 4 },
      ],
      2,
    ),
  passHatK: () =>
    passHatK(
      [
        { successes: 1, n: 4 },
        { successes: 4, n: 4 },
        { successes: 0, n: 4 },
      ],
      2,
    ),
  powerLawAt: () =>
    powerLawAt(
      known(
        bestOfN([
          { n: 1, rate: 0.1 },
          { n: 10, rate: 0.3 },
          { n: 100, rate: 0.7 },
        ]),
      ),
      20,
    ),
  powerLogRank: () => powerLogRank(2, 60),
  powerOneRate: () => powerOneRate(0.7, 0.5, 50),
  powerPaired: () => powerPaired(0.1, { tasks: 50, repeats: 4, betweenTasks: 0.2, withinTask: 0.4 }),
  powerTwoProportions: () => powerTwoProportions(0.5, 0.7, 100),
  precisionAt: () => precisionAt({ successes: 80, n: 100 }, { successes: 5, n: 100 }, 0.1),
  quantile: () => quantile([1, 2, 3, 4, 5], 0.9),
  quantileInterval: () => quantileInterval([3, 5, 8, 9, 12, 14, 20, 31], 0.5),
  randomEffects: () => randomEffects([0.2, 0.5, 0.3], [0.1, 0.1, 0.2]),
  recallAt: () =>
    recallAt([0.9, 0.8, 0.7, 0.4, 0.3, 0.1], [true, true, false, true, false, false], 0.34, {
      random: draws(),
      replicates: 100,
    }),
  restrictedMean: () => restrictedMean(curve, 14),
  shareCorrelation: () =>
    shareCorrelation(
      { values: [1, 0, 0, 0, 1, 0], clusters: ['a', 'a', 'b', 'b', 'c', 'c'] },
      { values: [1, 1, 0, 1, 1, 0], clusters: ['a', 'a', 'b', 'b', 'c', 'c'] },
    ),
  shareRatio: () =>
    shareRatio(
      { values: [1, 0, 0, 0, 1, 0], clusters: ['a', 'a', 'b', 'b', 'c', 'c'] },
      { values: [1, 1, 0, 1, 1, 0], clusters: ['a', 'a', 'b', 'b', 'c', 'c'] },
    ),
  signFlip: () => signFlip([3, 5, 1, 4, 6, 2], draws()),
  simulatePower: () => simulatePower((random) => random() < 0.8, draws(), 500),
  skewness: () => skewness([1, 2, 2, 3, 9]),
  spearman: () => spearman([1, 2, 3, 4, 5], [1, 3, 2, 5, 4]),
  stepHazard: () => stepHazard(graded),
  strengthDifference: () =>
    strengthDifference(known(strengths([{ a: 'x', b: 'y', aWins: 12, bWins: 8, ties: 0 }], 'Bradley–Terry')), 'x', 'y'),
  strengths: () => strengths([{ a: 'x', b: 'y', aWins: 12, bWins: 8, ties: 0 }], 'Bradley–Terry'),
  successCurve: () =>
    successCurve(
      [
        { successes: 1, n: 10 },
        { successes: 9, n: 10 },
        { successes: 5, n: 10 },
      ],
      [1, 10],
    ),
  successWithin: () =>
    successWithin(
      known(
        betaBinomial([
          { successes: 1, n: 10 },
          { successes: 9, n: 10 },
          { successes: 5, n: 10 },
        ]),
      ),
      10,
    ),
  survivalAt: () => survivalAt(curve, 8),
  survivalQuantile: () => survivalQuantile(curve),
  tCdf: () => tCdf(2, 7),
  tQuantile: () => tQuantile(0.975, 7),
  tasksNeeded: () => tasksNeeded(0.1, { repeats: 4, betweenTasks: 0.2, withinTask: 0.4 }),
  theilSen: () => theilSen([1, 2, 3, 4, 5], [2, 4, 5, 8, 30]),
  trialsToSee: () => trialsToSee(0.01),
  twoWayClusterMean: () => twoWayClusterMean([1, 2, 3, 5], ['t1', 't1', 't2', 't2'], ['ann', 'bob', 'ann', 'bob']),
  twoWayClusterProportion: () =>
    twoWayClusterProportion([1, 0, 1, 1, 0, 1], ['a', 'a', 'b', 'b', 'c', 'c'], ['x', 'y', 'x', 'y', 'x', 'y']),
  varianceComponents: () =>
    varianceComponents([1, 2, 3, 5], { task: ['a', 'a', 'b', 'b'], rater: ['x', 'y', 'x', 'y'] }),
  weibullFit: () => weibullFit([3, 5, 8, 12, 20], [true, true, true, true, false]),
  wilson: () => wilson(7, 10),
}
