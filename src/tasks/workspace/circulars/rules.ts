import type { ConditionName } from './conditions.ts'

/** A circular: a rule on where goods go, or the end of an earlier one. */
export interface Circular {
  /** From 1; one with a higher number is later. */
  readonly number: number
  readonly name: string
  readonly office: 'head' | 'branch'
  readonly kind: string
  readonly says: Placing | Withdrawal
}

interface Placing {
  readonly type: 'placing'
  readonly shelf: string
  /** The special case that it is about; absent: the goods in general. */
  readonly when?: ConditionName
}

interface Withdrawal {
  readonly type: 'withdrawal'
  readonly of: Circular
}

/** What is known of a crate. */
export interface Crate {
  readonly kind: string
  readonly holds: ReadonlySet<ConditionName>
}

/**
 * The circular that decides on a crate, among these: none that was withdrawn; the head office before a branch; a special
 * case before the goods in general; then the later one.
 */
export function deciding(circulars: readonly Circular[], { kind, holds }: Crate): Circular | undefined {
  const withdrawn = new Set(circulars.flatMap(({ says }) => (says.type === 'withdrawal' ? [says.of] : [])))
  let best: Circular | undefined
  for (const each of circulars) {
    const { says } = each
    if (each.kind !== kind || says.type !== 'placing' || withdrawn.has(each)) continue
    if (says.when !== undefined && !holds.has(says.when)) continue
    if (best === undefined || rank(each) > rank(best)) best = each
  }
  return best
}

function rank({ office, says, number }: Circular): number {
  const narrow = says.type === 'placing' && says.when !== undefined
  return (office === 'head' ? 2_000_000 : 0) + (narrow ? 1_000_000 : 0) + number
}

/** The circulars without any one of which another one, or none, would decide. */
export function neededFor(circulars: readonly Circular[], crate: Crate): readonly Circular[] {
  const right = deciding(circulars, crate)
  return circulars.filter(
    (each) =>
      each.kind === crate.kind &&
      deciding(
        circulars.filter((other) => other !== each),
        crate,
      ) !== right,
  )
}

/** The shelf of the circular that decides. */
export function shelfOf(circular: Circular | undefined): string | undefined {
  return circular?.says.type === 'placing' ? circular.says.shelf : undefined
}
