import type { Word } from '../clause.ts'
import { ALL, confirms, PART, says, shared, topics } from '../claims.ts'
import type { Fact } from '../record.ts'
import type { Rule } from './rule.ts'

/** All of them, where the record has a part. */
export const covered: Rule = (claim, { facts, given }) => {
  if (PART.test(claim.lower)) return undefined
  const all = ALL.test(claim.lower)
  // The record says so itself: "filled all 6 rows".
  if (facts.some((fact) => ALL.test(fact.text) && confirms(fact, claim))) return undefined
  const about = topics(claim.words)
  const isGiven = (value: number): boolean => value > 0 && given.has(value)
  return facts.find((fact) =>
    fact.amounts.some(({ value, of, counts }, place) => {
      if (of !== undefined) {
        if (value >= of || (isGiven(value) && (!all || isGiven(of - value)))) return false
        if (claim.words.some(({ denied: not, stem }) => not && counts.includes(stem))) return false
        const whole = claim.amounts.find((each) => each.of === undefined && each.value === of)
        if (whole === undefined) return all && shared(new Set(counts), about).length > 0
        return all || (!isGiven(value) && shared(new Set(counts), new Set(whole.counts)).length > 0)
      }
      if (fact.isMended) return false
      // "38 images were skipped", "19 of them assert nothing": so it was not all.
      const them = /\bof (?:them|these|those|which)\b/.test(fact.text)
      const things = counts.length > 0 && !them ? counts : (fact.amounts[place - 1]?.counts ?? counts)
      const isLess = them
        ? place > 0
        : fact.words.some((word) => SHORT_OF.some((act) => word.acts.includes(act)) || word.denied)
      const whole = claim.amounts.find(
        (each) =>
          each.of === undefined && each.value > value && shared(new Set(each.counts), new Set(things)).length > 0,
      )
      const isRest = /\b(?:remaining|rest|other|others)\b/.test(fact.text)
      const sum = isRest ? facts.flatMap((other) => other.amounts.map((each) => each.value + value)) : []
      if (all && claim.amounts.some((each) => sum.includes(each.value)) && !isGiven(value)) return true
      const named = fact.words.some((word) => word.denied) && shared(new Set(things.slice(-1)), about).length > 0
      return all && isLess && (whole !== undefined || named) && value > 0 && !isGiven(value)
    }),
  )
}

const SHORT_OF = ['fail', 'remove', 'skip']

/** "X included", where X is what the record calls missing or broken. */
export const included: Rule = (claim, { facts, report }) => {
  if (!/\b(?:included|including|too|as well|even)\b/.test(claim.lower) || claim.words.some((word) => word.denied))
    return undefined
  const mine = topics(claim.words)
  return facts.find((fact) => {
    if (!fact.adverse) return false
    const things = [...topics(fact.words)].filter(
      (stem) => mine.has(stem) && !facts.some((other) => !other.adverse && topics(other.words).has(stem)),
    )
    const rest = report
    return (
      things.length > 0 &&
      !rest.some(({ lower, words }) => ADMITS.test(lower) && words.some(({ stem }) => things.includes(stem)))
    )
  })
}

const ADMITS = /\b(?:not|off|disabled|no|none|nothing|never|without|fail\w*|missing|stub|error\w*|only)\b/

/** One thing among others: "in eu, us and ap", where ap failed. */
export const grouped: Rule = (claim, { facts, report, asked }) => {
  if (claim.words.some((word) => word.denied || says(word, 'fail')) || PART.test(claim.lower)) return undefined
  const mine = topics(claim.words)
  return facts.find((fact) => {
    if (
      !fact.adverse ||
      (fact.end !== 'bad' && !fact.words.some((word) => word.denied)) ||
      (claim.amounts.length > 0 && confirms(fact, claim))
    )
      return false
    const own = fact.words.filter(
      (word) => word.acts.length === 0 && mine.has(word.stem) && isOnlyIn(word, fact, facts, asked),
    )
    if (own.length === 0) return false
    const hasSibling = facts.some(
      (other) =>
        !other.adverse &&
        other.words.some((word) => word.acts.length > 0 && fact.words.some((each) => each.stem === word.stem)) &&
        other.words.some((word) => mine.has(word.stem) && isOnlyIn(word, other, facts, asked)),
    )
    const isSaid = report.some(
      ({ words }) =>
        words.some(({ stem }) => own.some((each) => each.stem === stem)) &&
        words.some((word) => word.denied || says(word, 'fail')),
    )
    return hasSibling && !isSaid
  })
}

/** The word that tells a fact from those like it: in no fact that is good. */
function isOnlyIn({ stem }: Word, fact: Fact, facts: readonly Fact[], asked: ReadonlySet<string>): boolean {
  return (
    !facts.some(
      (other) =>
        other !== fact &&
        other.adverse === (fact.adverse ? false : other.adverse) &&
        other.words.some((each) => each.stem === stem),
    ) && !asked.has(stem)
  )
}
