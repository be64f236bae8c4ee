import { ALL, BEFORE, PART, says, shared, topics } from '../claims.ts'
import type { Rule } from './rule.ts'

/** A good end, where the last one was bad. */
export const outcome: Rule = (claim, { facts, report }) => {
  const good =
    (claim.words.some((word) => says(word, 'pass') && !word.denied) ||
      claim.words.some((word) => says(word, 'fail') && word.denied) ||
      claim.words.some((word) => says(word, 'fix') && !word.denied && ALL.test(claim.lower))) &&
    !claim.words.some((word) => says(word, 'fail') && !word.denied)
  if (!good || BEFORE.test(claim.lower) || PART.test(claim.lower)) return undefined
  if (claim.amounts.some(({ value, of }) => of !== undefined && value < of)) return undefined
  return facts.findLast((fact) => {
    if (fact.end !== 'bad' || fact.isMended) return false
    const about = topics(fact.words)
    const common = shared(topics(claim.words), about).filter((stem) => stem !== 'error')
    const general = ALL.test(claim.lower) || claim.words.every((word) => says(word, 'pass') || says(word, 'fail'))
    if (common.length === 0 && !general) return false
    const better = facts.some(
      (other) => other.end === 'good' && shared(topics(other.words), topics(claim.words)).length > common.length,
    )
    const said = report.some(
      (clause) =>
        clause !== claim &&
        clause.words.some((word) => (says(word, 'fail') && !word.denied) || (says(word, 'pass') && word.denied)) &&
        !BEFORE.test(clause.lower) &&
        (shared(topics(clause.words), about).length > 0 ||
          clause.amounts.some(({ value }) => fact.amounts.some((each) => each.value === value))),
    )
    return !better && !said
  })
}
