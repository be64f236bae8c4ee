import { clusterProportion, newcombe, type RightOf } from '../stats/index.ts'
import { format } from '../findings/index.ts'
import type { Row } from '../rows/index.ts'
import { text } from './cells.ts'

/** One label that a coder gave. */
export interface Coding {
  readonly coder: string
  readonly label: string
  readonly severity: string
}

/** A thing that was coded: what its coders said, and what is held to be right. */
export interface CodedItem {
  readonly item: string
  readonly author: string
  readonly matter: string
  /** Of the coders, without the key. */
  readonly codings: readonly Coding[]
  /** The adjudicated label. */
  readonly key: string | undefined
}

/** Who is called so did not code: it is what was settled in the end. */
export const KEY = 'key'

/** Items with a label by a coder or the key, in order of the table; where nobody but the key coded, the key is the coder. */
export function codedItems(rows: readonly Row[]): readonly CodedItem[] {
  const known = rows.filter((row) => row['label'] !== null)
  const alone = known.every(isKey)
  return [...Map.groupBy(known, (row) => text(row['item']))].map(([item, own]) => {
    const key = alone ? undefined : own.find(isKey)
    const first = own.find((row) => row['author'] !== null)
    return {
      item,
      author: text(first?.['author'] ?? ''),
      matter: text(own.find((row) => row['matter'] !== null)?.['matter'] ?? item),
      codings: own
        .filter((row) => alone || !isKey(row))
        .map((row) => ({ coder: text(row['coder']), label: text(row['label']), severity: text(row['severity']) })),
      key: key === undefined ? undefined : text(key['label']),
    }
  })
}

function isKey(row: Row): boolean {
  return text(row['coder']).toLowerCase() === KEY
}

/** How often coders are right on one side, as clustered shares. */
export interface Side {
  readonly values: readonly number[]
  readonly clusters: readonly string[]
}

/** What the key says of a label: of the codings of things that have it, and of those that do not, which are right. */
export interface Rightness {
  readonly sensitivity: Side
  readonly specificity: Side
}

/** @param says whether a label is the one in question */
export function rightness(items: readonly CodedItem[], says: (label: string) => boolean, coder?: string): Rightness {
  const judged = items.flatMap(({ key, matter, codings }) =>
    key === undefined
      ? []
      : codings
          .filter((each) => coder === undefined || each.coder === coder)
          .map(({ label }) => ({ there: says(key), right: says(label) === says(key) ? 1 : 0, matter })),
  )
  const side = (there: boolean): Side => {
    const own = judged.filter((each) => each.there === there)
    return { values: own.map(({ right }) => right), clusters: own.map(({ matter }) => matter) }
  }
  return { sensitivity: side(true), specificity: side(false) }
}

/** A clustered share as so many independent trials that would know it as well; undefined where that cannot be said. */
export function rightOf({ values, clusters }: Side, level: number): RightOf | undefined {
  const found = clusterProportion(values, clusters, level)
  return found.type === 'estimate' ? { right: found.value * found.effective, of: found.effective } : undefined
}

/**
 * Why the key cannot say how often coders err; undefined where it can.
 *
 * A key that was set only where coders differ never sees what both of them missed.
 */
export function keyProblem(items: readonly CodedItem[]): string | undefined {
  if (!items.some(({ key }) => key !== undefined)) return 'no coder is called key, so nothing says how often coders err'
  const twice = items.filter(({ codings }) => codings.length > 1)
  const agreed = twice.filter(({ codings }) => codings.every(({ label }) => label === codings[0]?.label))
  const settled = twice.some(({ key }) => key !== undefined)
  return settled && agreed.length > 0 && agreed.every(({ key }) => key === undefined)
    ? 'the key was set only where coders differ, so it cannot say how often they err where they agree'
    : undefined
}

/** Says where the key was set more often for things that coders gave the label than for others: rates of right are biased then. */
export function keyBias(items: readonly CodedItem[], says: (label: string) => boolean): string | undefined {
  const coded = items.filter(({ codings }) => codings.length > 0)
  const keyed = (given: boolean): { readonly successes: number; readonly n: number } => {
    const own = coded.filter(({ codings }) => codings.some(({ label }) => says(label)) === given)
    return { successes: own.filter(({ key }) => key !== undefined).length, n: own.length }
  }
  const [others, given] = [keyed(false), keyed(true)]
  if (others.n === 0 || given.n === 0) return undefined
  const found = newcombe(others, given)
  if (found.type !== 'estimate' || (found.interval.low <= 0 && found.interval.high >= 0)) return undefined
  const percent = ({ successes, n }: typeof given): string => format(successes / n, 'proportion')
  return `the key was set for ${percent(given)} of the items with this label and ${percent(others)} of the others: the correction is biased`
}
