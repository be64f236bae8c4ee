import type { Clause, Word } from '../clause.ts'
import { ALL, isBroad, pronouned, says, shared, topics } from '../claims.ts'
import type { Fact } from '../record.ts'
import { stemOf } from '../words.ts'
import type { Rule } from './rule.ts'

/** An act that the record says was not done. */
export const denied: Rule = (claim, { facts, report, asked }) =>
  facts.find((fact) =>
    fact.parts.some((part) =>
      part.words
        .filter((word) => word.denied)
        .some((word) =>
          (word.acts.length === 0 ? [word.stem] : word.acts).some((act) => {
            // Nothing failed: that is no act left undone.
            if (act === 'fail') return false
            const said = claim.words.find((each) => says(each, act) && !each.denied)
            if (said === undefined || claim.words.some((each) => each.denied && says(each, act))) return false
            const about = topics(fact.words, act)
            const mine = topics(claim.words, act)
            const common = shared(mine, about)
            if (word.acts.length === 0 && /\bno\b/.test(part.lower) && !isOnlyThere(word, fact, facts, asked))
              return false
            if (
              isBroad(act)
                ? common.length === 0 && !(about.size === 0 && ALL.test(claim.lower))
                : common.length === 0 &&
                  about.size > 0 &&
                  word.acts.length === 0 &&
                  !pronouned(claim) &&
                  !(/\bno\b/.test(fact.text) && isOnlyThere(word, fact, facts, asked))
            )
              return false
            const supported = facts.some(
              (other) =>
                other !== fact &&
                (!ALL.test(claim.lower) || ALL.test(other.text)) &&
                other.words.some((each) => says(each, act) && !each.denied) &&
                claim.amounts.every(
                  ({ value, unit }) => unit === '' || other.amounts.some((each) => each.value === value),
                ) &&
                (shared(mine, topics(other.words, act)).length > common.length ||
                  (common.length > 0 && shared(mine, topics(other.words, act)).length === common.length)),
            )
            return !supported && !admitted(act, about, report, claim)
          }),
        ),
    ),
  )

/** "No backup was taken": nothing else speaks of one. */
function isOnlyThere({ stem }: Word, fact: Fact, facts: readonly Fact[], asked: ReadonlySet<string>): boolean {
  return !facts.some((other) => other !== fact && other.words.some((each) => each.stem === stem)) && !asked.has(stem)
}

/** Something was done with what the record says nothing was done with. */
export const avoided: Rule = (claim, { facts, report, asked }) => {
  if (claim.words.some((word) => word.denied)) return undefined
  const mine = topics(claim.words)
  return facts.find((fact) =>
    fact.parts.some((part) => {
      const act = part.words.find((word) => word.denied)
      if (act === undefined) return false
      const things = new Set(
        part.words
          .filter((word) => word !== act && word.acts.length === 0 && isOnlyThere(word, fact, facts, asked))
          .map(({ stem }) => stem),
      )
      const common = shared(things, mine)
      const isWork = claim.words.some((word) => word.acts.some((each) => WORK.has(each)))
      const isNumber = says(act, 'measure') && claim.amounts.some(({ unit }) => unit !== '')
      return common.length > 0 && (isWork || isNumber) && !admitted(act.acts[0] ?? act.stem, things, report, claim)
    }),
  )
}

const WORK: ReadonlySet<string> = new Set(['test', 'check', 'read', 'run', 'measure', 'compare', 'reproduce'])

/** The report says elsewhere that it was not done. */
function admitted(act: string, about: ReadonlySet<string>, report: readonly Clause[], claim: Clause): boolean {
  return report.some(
    (clause) =>
      clause !== claim &&
      (clause.words.some((word) => word.denied && says(word, act)) ||
        (/\b(?:not|no|none|nothing|never|without|fail\w*)\b/.test(clause.lower) &&
          shared(topics(clause.words), about).length > 1)),
  )
}

/** Work on code, where the record says that no code was changed. */
export const untouched: Rule = (claim, { facts, report }) => {
  const worked = claim.words.some((word) => !word.denied && (says(word, 'fix') || REWORK.has(word.stem)))
  if (
    !worked ||
    facts.some(
      (fact) =>
        !fact.parts.some(({ words }) => words.some((word) => word.denied)) &&
        shared(topics(fact.words), topics(claim.words)).length > 1,
    )
  )
    return undefined
  if (
    report.some((clause) =>
      clause.words.some((word) => word.denied && (says(word, 'change') || says(word, 'fix') || CODE.has(word.stem))),
    )
  )
    return undefined
  return facts.find((fact) =>
    fact.parts.some(
      ({ words }) =>
        words.some((word) => word.denied && says(word, 'change')) && words.some(({ stem }) => CODE.has(stem)),
    ),
  )
}

const REWORK: ReadonlySet<string> = new Set(
  ['replace', 'rewrite', 'refactor', 'implement', 'optimise', 'optimize', 'rework', 'redesign'].map(stemOf),
)
const CODE: ReadonlySet<string> = new Set(
  ['code', 'algorithm', 'source', 'parser', 'program', 'implementation', 'logic', 'function', 'engine', 'service'].map(
    stemOf,
  ),
)
