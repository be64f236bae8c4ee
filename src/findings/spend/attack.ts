/** One attack on one case: what came of it and what it spent. All of a table count spending in one unit. */
export interface Attack {
  readonly case: string
  /** Undefined where nobody knows. */
  readonly success: boolean | undefined
  /** At least 0; undefined where nobody counted. */
  readonly spend: number | undefined
  /**
   * What it could have spent: one that failed below it gave up by itself, and has failed at every larger spend too.
   * Undefined where nobody says: a failure is then censored at its spend.
   */
  readonly cap: number | undefined
  /** Which attack it was. */
  readonly attack: string
}

/** Attacks with an outcome. */
export function judged(attacks: readonly Attack[]): readonly Attack[] {
  return attacks.filter(({ success }) => success !== undefined)
}

export function successes(attacks: readonly Attack[]): number {
  return attacks.filter(({ success }) => success === true).length
}

export function casesOf(attacks: readonly Attack[]): readonly string[] {
  return attacks.map((each) => each.case)
}
