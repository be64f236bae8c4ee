import { clusteredVariance, clustersOf, type Label, rowsWithin } from './clusters.ts'
import { type Estimate, type Estimated, type Interval, notEstimable } from './estimate.ts'
import {
  requireCount,
  requireCounts,
  requireFinite,
  requireLevel,
  requireProbability,
  requireSameLength,
} from './guards.ts'
import { variance } from './mean.ts'
import type { Share } from './newcombe.ts'
import { below, type Random } from './random.ts'
import { ranks } from './ranks.ts'
import { critical } from './special/distributions.ts'
import { scoreBounds, wilson } from './wilson.ts'

/**
 * Area under the ROC curve with DeLong's error, interval on the logit scale. Where scores separate the classes completely
 * (area 0 or 1, DeLong's error 0) the interval inverts the Hanley–McNeil variance, which stays open there.
 *
 * @param scores higher means more likely positive; ties count half
 * @param positive the truth
 * @param clusters columns of labels, none, one or two: rows that share a label are not independent. Then the variance is
 *   that of the placements summed within clusters (two columns: by either − by both), with t on one less than the fewest
 *   clusters of a class
 * @returns not estimable when a class is empty, has one case or one cluster
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/not-a-level`
 * @see DeLong, DeLong and Clarke-Pearson (1988), doi:10.2307/2531595; Newcombe (2006), doi:10.1002/sim.2324; Obuchowski (1997),
 *   doi:10.2307/2533958 for clusters
 */
export function auroc(
  scores: readonly number[],
  positive: readonly boolean[],
  level = 0.95,
  clusters: readonly (readonly Label[])[] = [],
): Estimated {
  const { yes, no } = split(scores, positive, level)
  const m = yes.length
  const n = no.length
  if (m === 0 || n === 0) return notEstimable('a class is empty')
  const all = ranks([...yes, ...no])
  const own = [ranks(yes), ranks(no)]
  // Placement of each case among the other class, from its rank in all minus its rank in its own class.
  const above = yes.map((_, i) => ((all[i] ?? 0) - (own[0]?.[i] ?? 0)) / n)
  const under = no.map((_, i) => 1 - ((all[m + i] ?? 0) - (own[1]?.[i] ?? 0)) / m)
  const value = above.reduce((a, b) => a + b, 0) / m
  if (m < 2 || n < 2) return notEstimable('one case of a class has no spread', value)
  const fewest = clusters.length === 0 ? Infinity : Math.min(...clusters.map((labels) => fewestOf(labels, positive)))
  if (fewest < 2) return notEstimable('one cluster of a class has no spread', value)
  const z = critical(level, fewest - 1)
  const shares = placed(positive, above, under).map((each) => each - value)
  const standardError =
    clusters.length === 0
      ? Math.sqrt(variance(above) / m + variance(under) / n)
      : Math.sqrt(
          clusteredVariance(
            shares.map((each, i) => each / (positive[i] === true ? m : n)),
            clusters,
          ),
        )
  if (!(standardError > 1e-12)) {
    // With nothing to tell how rows of a cluster vary, each cluster counts as one case.
    const [cases, others] = clusters.length === 0 ? [m, n] : [fewest, fewest]
    const interval = {
      ...hanleyMcNeil(value, cases, others, z),
      level,
      method: 'Newcombe, Hanley–McNeil variance inverted',
    }
    return { type: 'estimate', value, standardError: 0, interval }
  }
  const centre = Math.log(value / (1 - value))
  const half = (z * standardError) / (value * (1 - value))
  const method = clusters.length === 0 ? 'DeLong, logit scale' : 'DeLong over clusters, logit scale'
  const interval = { low: logistic(centre - half), high: logistic(centre + half), level, method }
  return { type: 'estimate', value, standardError, interval }
}

/** Placements in the order of the rows. */
function placed(positive: readonly boolean[], above: readonly number[], under: readonly number[]): readonly number[] {
  let [i, j] = [0, 0]
  return positive.map((each) => (each ? (above[i++] ?? 0) : (under[j++] ?? 0)))
}

function fewestOf(labels: readonly Label[], positive: readonly boolean[]): number {
  return Math.min(...[true, false].map((of) => new Set(labels.filter((_, i) => positive[i] === of)).size))
}

/** The areas t with |value − t| ≤ z·√V(t). */
function hanleyMcNeil(value: number, m: number, n: number, z: number): { readonly low: number; readonly high: number } {
  const middle = (m + n) / 2 - 1
  const far = (t: number): boolean => {
    const v = (t * (1 - t) * (1 + (middle * (1 - t)) / (2 - t) + (middle * t) / (1 + t))) / (m * n)
    return Math.abs(value - t) > z * Math.sqrt(v)
  }
  const edge = (outside: number): number => {
    let out = outside
    let inside = value
    for (let i = 0; i < 60; i += 1) {
      const next = (out + inside) / 2
      if (far(next)) out = next
      else inside = next
    }
    return inside
  }
  return { low: value === 0 ? 0 : edge(0), high: value === 1 ? 1 : edge(1) }
}

export interface RecallAtRate extends Estimate {
  /** Scores at or above it are flagged; Infinity when only flagging nothing keeps the rate. */
  readonly threshold: number
  /** Share of negatives that the threshold flags, at most the rate asked for. */
  readonly falsePositives: Share
  readonly truePositives: Share
}

/**
 * Recall at the lowest threshold whose false-positive rate stays at or below `rate`. The interval is Wilson's at the
 * effective size that a bootstrap within classes gives, so that it knows the threshold is itself estimated.
 *
 * @param rate in [0, 1]; below 1/negatives the threshold lies above every negative
 * @returns not estimable when a class is empty
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/not-a-probability`, `stats/not-a-count`
 */
export function recallAt(
  scores: readonly number[],
  positive: readonly boolean[],
  rate: number,
  options: {
    readonly random: Random
    readonly replicates?: number
    readonly level?: number
    /** Columns of labels, none, one or two: rows that share a label are not independent. */
    readonly clusters?: readonly (readonly Label[])[]
  },
): Estimated<RecallAtRate> {
  const { random, replicates = 1_000, level = 0.95, clusters = [] } = options
  const { yes, no } = split(scores, positive, level)
  requireProbability('rate', rate)
  requireCount('replicates', replicates, 2)
  if (yes.length === 0 || no.length === 0) return notEstimable('a class is empty')
  const threshold = thresholdAt(yes, no, rate)
  const hits = countFrom(yes, threshold)
  const value = hits / yes.length
  const columns = clusters.map((labels) => [
    labels.filter((_, i) => positive[i] === true),
    labels.filter((_, i) => positive[i] !== true),
  ])
  const fewest = Math.min(Infinity, ...columns.flat().map((labels) => new Set(labels).size))
  if (fewest < 2) return notEstimable('one cluster of a class has no spread', value)
  const drawn = (labels: readonly (readonly Label[])[]): number => {
    const draw = [yes, no].map((of, i) => drawer(of, labels[i], random))
    const found: number[] = []
    for (let r = 0; r < replicates; r += 1) {
      const [y = [], n = []] = draw.map((each) => each())
      found.push(countFrom(y, thresholdAt(y, n, rate)) / Math.max(1, y.length))
    }
    return variance(found)
  }
  const [one, other] = columns
  const [first, second] = [drawn(one ?? []), other === undefined ? 0 : drawn(other)]
  const both = other === undefined ? first : first + second - drawn([])
  const spread = both > 0 ? both : Math.max(first, second)
  const effective =
    spread > 0 && value > 0 && value < 1 ? Math.min(yes.length, (value * (1 - value)) / spread) : yes.length
  const bounds = scoreBounds(value, effective, critical(level, fewest - 1))
  return {
    type: 'estimate',
    value,
    standardError: Math.sqrt(spread),
    threshold,
    falsePositives: { successes: countFrom(no, threshold), n: no.length },
    truePositives: { successes: hits, n: yes.length },
    interval: {
      ...bounds,
      level,
      method: `Wilson at the bootstrap effective size${clusters.length === 0 ? '' : ', clustered'}`,
    },
  }
}

/** Draws scores again with replacement: one by one, or whole clusters. */
function drawer(
  scores: readonly number[],
  labels: readonly Label[] | undefined,
  random: Random,
): () => readonly number[] {
  if (labels === undefined) return () => scores.map(() => scores[below(random, scores.length)] ?? 0)
  const groups = rowsWithin(clustersOf(labels))
  return () => groups.flatMap(() => (groups[below(random, groups.length)] ?? []).map((row) => scores[row] ?? 0))
}

/**
 * The score above which at most `rate` of the negatives lie: what a threshold is set at where it is then used on other cases.
 *
 * @param negatives scores of cases without the label
 * @param rate in [0, 1]; below 1/negatives the largest of them
 * @returns −Infinity where all may lie above it; Infinity without negatives, since nothing then says where to set it
 */
export function alarmAbove(negatives: readonly number[], rate: number): number {
  requireFinite('negatives', negatives)
  requireProbability('rate', rate)
  if (negatives.length === 0) return Infinity
  const allowed = Math.floor(rate * negatives.length + 1e-9)
  return negatives.toSorted((a, b) => b - a)[allowed] ?? -Infinity
}

/** The lowest score of either class that, as a threshold, flags at most `rate` of the negatives. */
function thresholdAt(yes: readonly number[], no: readonly number[], rate: number): number {
  const blocker = alarmAbove(no, rate)
  if (blocker === -Infinity) return [...yes, ...no].reduce((a, b) => Math.min(a, b))
  const over = [...yes, ...no].filter((score) => score > blocker)
  return over.length === 0 ? Infinity : over.reduce((a, b) => Math.min(a, b))
}

function countFrom(scores: readonly number[], threshold: number): number {
  return scores.reduce((sum, score) => sum + (score >= threshold ? 1 : 0), 0)
}

/**
 * Precision of a flag at a stated prevalence, from its recall and false-positive rate measured on separate classes.
 * The interval carries the Wilson bounds of both over (MOVER on the logarithm of their ratio; where nothing was flagged, the
 * worst and best corners).
 *
 * @param prevalence in [0, 1], of the population that the statement is about
 * @returns not estimable when nothing was flagged in either class
 * @throws AssayError `stats/not-a-proportion`, `stats/not-a-probability`, `stats/not-a-level`
 * @see Donner and Zou (2012), doi:10.1177/0962280210375369
 */
export function precisionAt(
  truePositives: Share,
  falsePositives: Share,
  prevalence: number,
  level = 0.95,
): Estimated<{ readonly type: 'estimate'; readonly value: number; readonly interval: Interval }> {
  requireCounts(truePositives.successes, truePositives.n)
  requireCounts(falsePositives.successes, falsePositives.n)
  requireProbability('prevalence', prevalence)
  const r = wilson(truePositives.successes, truePositives.n, level)
  const f = wilson(falsePositives.successes, falsePositives.n, level)
  const recall = truePositives.successes / truePositives.n
  const rate = falsePositives.successes / falsePositives.n
  if (recall === 0 && rate === 0) return notEstimable('nothing was flagged')
  if (prevalence === 0 || prevalence === 1)
    return notEstimable('at a prevalence of 0 or 1 precision says nothing', prevalence)
  const precision = (hit: number, alarm: number): number =>
    (hit * prevalence) / (hit * prevalence + alarm * (1 - prevalence))
  const corners = { low: precision(r.low, f.high), high: precision(r.high, f.low) }
  const log = Math.log
  const gap = log(recall / rate)
  const bounds =
    recall > 0 && rate > 0
      ? {
          low: precision(Math.exp(gap - Math.hypot(log(recall / r.low), log(f.high / rate))), 1),
          high: precision(Math.exp(gap + Math.hypot(log(r.high / recall), log(rate / f.low))), 1),
        }
      : corners
  return {
    type: 'estimate',
    value: precision(recall, rate),
    interval: { ...bounds, level, method: 'MOVER of Wilson bounds' },
  }
}

function split(
  scores: readonly number[],
  positive: readonly boolean[],
  level: number,
): { readonly yes: readonly number[]; readonly no: readonly number[] } {
  requireSameLength('scores and positive', scores, positive)
  requireFinite('scores', scores)
  requireLevel(level)
  return { yes: scores.filter((_, i) => positive[i] === true), no: scores.filter((_, i) => positive[i] !== true) }
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}
