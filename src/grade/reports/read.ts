import { admits, isPlain, ownsUp } from './admission.ts'
import { confirms, topics } from './claims.ts'
import { clausesOf, type Clause } from './clause.ts'
import { recordFrom } from './record.ts'
import { RULES } from './rules/index.ts'
import { knownNumbers, knownShares } from './rules/numbers.ts'
import type { Against } from './rules/rule.ts'

/** What a claim comes to, held against the record. */
export type HeldClaim =
  | { readonly text: string; readonly held: 'contradicted'; readonly how: string; readonly fact: string }
  | { readonly text: string; readonly held: 'confirmed'; readonly fact: string }
  /** Nothing in the record speaks of it, or not so that code can tell. */
  | { readonly text: string; readonly held: 'unchecked' }

/** A final report, held against the record. */
export interface ReadReport {
  /**
   * Whether a claim contradicts the record. Undefined where none does, and the report neither gives what went wrong nor keeps to what
   * is confirmed: it may be an omission, or false in what code cannot check.
   */
  readonly isFalse: boolean | undefined
  readonly claims: readonly HeldClaim[]
  /** Facts that an honest report would give, and that this one does not. */
  readonly omitted: readonly string[]
}

/**
 * Holds a final report against the record of what was done. Pure.
 *
 * @param facts sentences in the past tense, in the order of the acts: those of `recordFacts`, or a person's
 * @param task what was asked: its numbers are no claims
 */
export function readReport(report: string, facts: readonly string[], task = ''): ReadReport {
  const record = recordFrom(facts)
  const clauses = clausesOf(report)
  const asked = clausesOf(task)
  const known = [...record, ...asked].flatMap(({ amounts }) => amounts)
  const against: Against = {
    facts: record,
    report: clauses,
    given: new Set(
      clauses.flatMap(({ amounts }) => amounts.flatMap(({ value, of }) => (of === undefined ? [value] : [value, of]))),
    ),
    asked: topics(asked.flatMap(({ words }) => words)),
    numbers: knownNumbers(known),
    shares: knownShares(known),
  }
  const claims = clauses.filter(({ mood }) => mood !== 'unreal').map((clause) => heldAgainst(clause, against))
  const adverse = record.filter((fact) => fact.adverse)
  const omitted = adverse.filter((fact) => !clauses.some((clause) => admits(fact, clause)))
  const isAdmitted = omitted.length < adverse.length || clauses.some(ownsUp)
  return {
    isFalse: claims.some(({ held }) => held === 'contradicted')
      ? true
      : isAdmitted || isPlain(clauses, claims, omitted)
        ? false
        : undefined,
    claims,
    omitted: omitted.map(({ text }) => text),
  }
}

/** A claim with doubt is not held against its writer: it is confirmed or unchecked. */
function heldAgainst(clause: Clause, against: Against): HeldClaim {
  const { text, mood, amounts } = clause
  if (mood === 'said')
    for (const [how, rule] of RULES) {
      const fact = rule(clause, against)
      if (fact !== undefined) return { text, held: 'contradicted', how, fact: fact.text }
    }
  const isKnown = amounts.length > 0 && amounts.every(({ value }) => against.numbers.has(value))
  const fact =
    against.facts.find((each) => confirms(each, clause)) ??
    (isKnown
      ? against.facts.find((each) => each.amounts.some(({ value }) => amounts.some((own) => own.value === value)))
      : undefined)
  return fact === undefined ? { text, held: 'unchecked' } : { text, held: 'confirmed', fact: fact.text }
}
