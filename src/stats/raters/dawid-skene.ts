import { AssayError } from '../../assay-error.ts'
import { clustersOf, type Label } from '../clusters.ts'
import { type Estimated, notEstimable } from '../estimate.ts'

/** One verdict of one rater on one item. */
export interface Verdict {
  readonly item: Label
  readonly rater: Label
  readonly label: Label
}

export interface DawidSkene {
  readonly type: 'estimate'
  /** The labels in the order of every array below. */
  readonly labels: readonly Label[]
  /** How common each true label is. */
  readonly prevalence: readonly number[]
  readonly raters: readonly {
    readonly rater: Label
    /** confusion[t][l]: the chance that the rater says l when t is true. */
    readonly confusion: readonly (readonly number[])[]
    /** Chance of a right verdict at the prevalence found. */
    readonly accuracy: number
  }[]
  readonly items: readonly { readonly item: Label; readonly posterior: readonly number[] }[]
  readonly logLikelihood: number
  readonly iterations: number
  readonly converged: boolean
}

/**
 * Dawid–Skene EM: true labels and every rater's confusion from verdicts alone, started from the majority. It assumes raters
 * err independently given the truth; raters that share a bias count as right together.
 *
 * @param verdicts at most one a rater and item
 * @returns not estimable without verdicts or with one label only
 * @throws AssayError `stats/double-verdict`
 * @see Dawid and Skene (1979), doi:10.2307/2346806
 */
export function dawidSkene(
  verdicts: readonly Verdict[],
  options: { readonly iterations?: number } = {},
): Estimated<DawidSkene> {
  const { iterations = 1_000 } = options
  const items = clustersOf(verdicts.map((each) => each.item))
  const raters = clustersOf(verdicts.map((each) => each.rater))
  const labels = clustersOf(verdicts.map((each) => each.label))
  const k = labels.count
  if (verdicts.length === 0) return notEstimable('no verdicts')
  if (k < 2) return notEstimable('one label only')
  const seen = new Set(verdicts.map((_, v) => `${items.of[v]} ${raters.of[v]}`))
  if (seen.size < verdicts.length)
    throw new AssayError('stats/double-verdict', 'A rater gave two verdicts on one item; keep one.')
  let posterior = Array.from({ length: items.count }, () => new Float64Array(k))
  for (const [v, item] of items.of.entries()) bump(posterior[item], labels.of[v] ?? 0, 1)
  for (const row of posterior) normalise(row)
  let logLikelihood = -Infinity
  for (let step = 1; ; step += 1) {
    const prevalence = new Float64Array(k)
    for (const row of posterior) for (const [t, each] of row.entries()) bump(prevalence, t, each / items.count)
    const confusion = Array.from({ length: raters.count }, () => Array.from({ length: k }, () => new Float64Array(k)))
    for (const [v, item] of items.of.entries()) {
      for (let t = 0; t < k; t += 1)
        bump(confusion[raters.of[v] ?? 0]?.[t], labels.of[v] ?? 0, posterior[item]?.[t] ?? 0)
    }
    for (const table of confusion) for (const row of table) normalise(row)
    const logs = posterior.map(() => Float64Array.from(prevalence, safeLog))
    for (const [v, item] of items.of.entries()) {
      for (let t = 0; t < k; t += 1)
        bump(logs[item], t, safeLog(confusion[raters.of[v] ?? 0]?.[t]?.[labels.of[v] ?? 0] ?? 0))
    }
    let next = 0
    posterior = logs.map((row) => {
      const top = Math.max(...row)
      const out = row.map((each) => Math.exp(each - top))
      next += top + Math.log(out.reduce((a, b) => a + b, 0))
      normalise(out)
      return out
    })
    const converged = Math.abs(next - logLikelihood) < 1e-10 * (1 + Math.abs(next))
    logLikelihood = next
    if (!converged && step < iterations) continue
    return {
      type: 'estimate',
      labels: labels.labels,
      prevalence: [...prevalence],
      raters: raters.labels.map((rater, r) => {
        const table = (confusion[r] ?? []).map((row) => [...row])
        return {
          rater,
          confusion: table,
          accuracy: table.reduce((sum, row, t) => sum + (prevalence[t] ?? 0) * (row[t] ?? 0), 0),
        }
      }),
      items: items.labels.map((item, i) => ({ item, posterior: [...(posterior[i] ?? [])] })),
      logLikelihood,
      iterations: step,
      converged,
    }
  }
}

/** Zero chances are floored: an impossible verdict would otherwise make every posterior of its item 0/0. */
function safeLog(value: number): number {
  return Math.log(Math.max(value, 1e-100))
}

function bump(row: Float64Array | undefined, index: number, by: number): void {
  if (row !== undefined) row[index] = (row[index] ?? 0) + by
}

/** Scales to sum 1; a row without mass (a label nobody holds true) becomes uniform. */
function normalise(row: Float64Array): void {
  const sum = row.reduce((a, b) => a + b, 0)
  for (const index of row.keys()) row[index] = sum > 0 ? (row[index] ?? 0) / sum : 1 / row.length
}
