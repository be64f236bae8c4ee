import { randomFrom } from '../../record/index.ts'
import { complete, type Draft } from '../complete.ts'
import type { Analysed, Denominator } from '../finding.ts'
import { ratioOfSums } from '../ratio-of-sums.ts'
import { shareOf } from '../share.ts'

/** One piece of paid work that an agent was given: all or nothing. */
export interface PaidWork {
  readonly task: string
  /** What pieces of work have in common that makes them succeed or fail together; the task itself where nobody says. */
  readonly cluster?: string
  /** Dollars on offer, at least 0; undefined where nobody says: it then counts as nothing on offer. */
  readonly price: number | undefined
  /** Done right; undefined where it was tested and has no grade. */
  readonly right: boolean | undefined
  /** False where it could not be tested at all. */
  readonly tested: boolean
  /** Dollars that it cost; undefined where nobody says. */
  readonly cost: number | undefined
}

/** What a set of paid work is read with. */
export interface PaidOptions {
  readonly subject: Analysed['subject']
  readonly conditions: Readonly<Record<string, string>>
  /** Whether anybody said what could be tested, and what it cost. */
  readonly has: { readonly tested: boolean; readonly cost: boolean }
  readonly level: number
  /** Seeds the bootstrap. */
  readonly seed: string
}

/** A quantity of paid work, with what it would be under other policies. */
export interface PaidFinding extends Analysed {
  readonly variants: readonly { readonly policy: string; readonly value: number }[]
}

const CENTS = 100

/**
 * Dollars earned of dollars on offer, the count rate beside it, the cost, and the share that could not be tested. A task
 * earns its price if it was done right, else nothing. Few dear tasks carry most dollars, so intervals of dollars are
 * bootstraps over clusters; those of counts are Wilson's where every piece is alone in its cluster, else clustered.
 * What could not be tested is left out and counted; the policy that makes it a zero stands beside it.
 *
 * @see SWE-Lancer, arXiv 2502.12115
 */
export function paidFindings(work: readonly PaidWork[], options: PaidOptions): readonly PaidFinding[] {
  const { subject, conditions, has, level, seed } = options
  const untested = work.filter((each) => !each.tested)
  const tested = work.filter((each) => each.tested)
  const known = tested.filter((each) => each.right !== undefined)
  const n = countOf(known, { invalid: untested.length, missing: tested.length - known.length })
  const all = countOf(work, { invalid: 0, missing: 0 })
  const base = {
    kind: 'level',
    subject,
    conditions,
    n,
    policies: { untested: 'left out and counted', partial: 'a score below 1 earns nothing' },
    wrongIf: 'these tasks are not like the work on offer; few dear ones carry most of the dollars',
  } as const
  const won = known.filter((each) => each.right === true)
  const share = (part: readonly PaidWork[]): Analysed['estimate'] => earnedShare(part, level, seed)
  const own = share(known)
  const asZero = share([...known, ...untested])
  const withMissing = share(work)
  const offered = dollars(work)
  const dearest = work.reduce((most, { price = 0 }) => Math.max(most, price), 0)
  const doneRate = known.length === 0 ? NaN : won.length / known.length
  return [
    made({
      ...base,
      quantity: 'offered',
      title: 'dollars on offer',
      unit: 'cents',
      estimate: exact(CENTS * offered),
      n: all,
      details: { dearest: CENTS * dearest, tasks: all.tasks },
      policies: { tasks: 'all, tested or not' },
      caveats:
        dearest > 0.2 * offered && work.length > 5
          ? [`one task holds ${Math.round((100 * dearest) / offered)}% of the dollars`]
          : [],
    }),
    made({
      ...base,
      quantity: 'earned',
      title: 'dollars earned',
      unit: 'cents',
      estimate: exact(CENTS * dollars(won)),
    }),
    made({ ...base, quantity: 'earned share', title: 'share of dollars earned', unit: 'proportion', estimate: own }, [
      ...(untested.length > 0 ? [{ policy: 'untested as zero', value: asZero.value ?? NaN }] : []),
      ...(n.missing > 0 ? [{ policy: 'untested and missing as zero', value: withMissing.value ?? NaN }] : []),
      { policy: 'counts, not dollars', value: doneRate },
    ]),
    ...(untested.length > 0
      ? [
          made({
            ...base,
            quantity: 'earned share, untested as zero',
            title: 'share of dollars earned, untested as zero',
            unit: 'proportion',
            estimate: asZero,
            n: countOf([...known, ...untested], { invalid: 0, missing: n.missing }),
            policies: { ...base.policies, untested: 'as zero, in the denominator' },
          }),
        ]
      : []),
    ...(known.length > 0
      ? [
          made(
            {
              ...base,
              quantity: 'done',
              title: 'share of tasks done right',
              unit: 'proportion',
              estimate: shareWhere(known, ({ right }) => right === true, level),
              details: { done: won.length },
            },
            untested.length > 0
              ? [{ policy: 'untested as zero', value: won.length / (known.length + untested.length) }]
              : [],
          ),
        ]
      : []),
    ...(has.tested && work.length > 0
      ? [
          made({
            ...base,
            quantity: 'untested',
            title: 'share of tasks that could not be tested',
            unit: 'proportion',
            estimate: shareWhere(work, (each) => !each.tested, level),
            n: all,
            policies: { tasks: 'all, tested or not' },
            details: { untested: untested.length, dollars: CENTS * dollars(untested) },
          }),
        ]
      : []),
    ...(has.cost
      ? [
          made({
            ...base,
            quantity: 'cost',
            title: 'dollars spent',
            unit: 'cents',
            estimate: exact(CENTS * work.reduce((sum, { cost = 0 }) => sum + cost, 0)),
            n: all,
            policies: { cost: 'of all tasks, done or not' },
          }),
        ]
      : []),
  ]
}

function clustersOf(work: readonly PaidWork[]): readonly string[] {
  return work.map(({ task, cluster = task }) => cluster)
}

/** What a number over this work rests on. */
function countOf(work: readonly PaidWork[], out: Pick<Denominator, 'invalid' | 'missing'>): Denominator {
  const tasks = new Set(work.map(({ task }) => task)).size
  return { trials: work.length, tasks, clusters: new Set(clustersOf(work)).size, ...out }
}

/** How often it holds, every piece of work alike. */
function shareWhere(
  work: readonly PaidWork[],
  holds: (each: PaidWork) => boolean,
  level: number,
): Analysed['estimate'] {
  const values = work.map((each) => (holds(each) ? 1 : 0))
  return shareOf(values, clustersOf(work), level)
}

function dollars(work: readonly PaidWork[]): number {
  return work.reduce((sum, { price = 0 }) => sum + price, 0)
}

function earnedShare(work: readonly PaidWork[], level: number, seed: string): Analysed['estimate'] {
  return ratioOfSums(
    work.map(({ right, price = 0 }) => (right === true ? price : 0)),
    work.map(({ price = 0 }) => price),
    { random: randomFrom(seed, 'earned', work.length), replicates: 2_000, level, clusters: clustersOf(work) },
  )
}

/** An exact number of the table itself: nothing was sampled, so it has no interval. */
function exact(value: number): Analysed['estimate'] {
  return { type: 'not-estimable', reason: 'a sum over these rows, not a sample', value }
}

function made(draft: Draft, variants: PaidFinding['variants'] = []): PaidFinding {
  return { ...complete(draft), variants: variants.filter(({ value }) => Number.isFinite(value)) }
}
