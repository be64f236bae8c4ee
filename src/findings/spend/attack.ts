import type { Clusters } from '../share.ts'

/** One attack on one case: what came of it and what it spent. All of a table count spending in one unit. */
export interface Attack {
  readonly case: string
  /** Undefined where nobody knows. */
  readonly success: boolean | undefined
  /** At least 0; undefined where nobody counted: a failure then spent its cap. */
  readonly spend: number | undefined
  /**
   * What it could have spent: one that failed below it gave up by itself, and has failed at every larger spend too.
   * One that failed at it was cut off, and is censored there. Undefined where nothing cut attacks off: a failure gave up.
   */
  readonly cap: number | undefined
  /** Which attack it was. */
  readonly attack: string
  /** What makes attacks fare alike; default the case. */
  readonly cluster?: string
  /** The same, where two things were sampled. The curve by spend knows the first alone. */
  readonly crossed?: string
}

/** Attacks with an outcome. */
export function judged(attacks: readonly Attack[]): readonly Attack[] {
  return attacks.filter(({ success }) => success !== undefined)
}

export function successes(attacks: readonly Attack[]): number {
  return attacks.filter(({ success }) => success === true).length
}

/** What each attack is clustered by. */
export function clustersOf(attacks: readonly Attack[]): Clusters {
  const crossed = attacks.flatMap((each) => each.crossed ?? [])
  return {
    clusters: attacks.map((each) => each.cluster ?? each.case),
    ...(crossed.length === attacks.length && crossed.length > 0 && { crossed }),
  }
}

export function casesOf(attacks: readonly Attack[]): readonly string[] {
  return attacks.map((each) => each.case)
}
