import type { Amount, Word } from '../clause.ts'
import { confirms, isBroad, NONE, says, shared, topics } from '../claims.ts'
import type { Fact } from '../record.ts'
import { OPPOSITES } from '../words.ts'
import type { Rule } from './rule.ts'

/** Nothing of a kind, where the record shows some. */
export const none: Rule = (claim, { facts }) => {
  if (!NONE.test(claim.lower)) return undefined
  if (/\b(?:other|else|(?<!any )more|further|rest|again|yet|remaining|longer)\b/.test(claim.lower)) return undefined
  const nothing = /\bnothing\b/.test(claim.lower)
  for (const word of claim.words) {
    if (!word.denied) continue
    const fact = lastCountOf(word, facts) ?? word.acts.map((act) => doneIn(act)).find((done) => done !== undefined)
    if (fact !== undefined && !(claim.amounts.some(({ value }) => value > 0) && confirms(fact, claim))) return fact
  }
  return undefined

  function doneIn(act: string): Fact | undefined {
    if (act === 'pass' || act === 'fail') return undefined
    if (facts.some((fact) => fact.words.some((each) => each.denied && says(each, act)))) return undefined
    const about = topics(claim.words, act)
    return facts.findLast(
      (fact) =>
        fact.words.some((each) => says(each, act) && !each.denied) &&
        (shared(about, topics(fact.words, act)).length > 0 || (about.size === 0 && nothing && !isBroad(act))),
    )
  }
}

/** "No high findings", where the last count of them is 2. */
function lastCountOf(word: Word, facts: readonly Fact[]): Fact | undefined {
  const counts = ({ amounts, text, words }: Fact): readonly Amount[] =>
    amounts.filter(
      (amount) =>
        amount.counts.includes(word.stem) ||
        (words.some(({ stem, denied: not }) => stem === word.stem && !not) && /\bof them\b/.test(text)),
    )
  const last = facts.findLast((each) => counts(each).length > 0)
  return last !== undefined && counts(last).every(({ value }) => value > 0) ? last : undefined
}

/** The opposite of what was done. */
export const opposite: Rule = (claim, { facts }) =>
  facts.find((fact) =>
    fact.words.some(
      (word) =>
        !word.denied &&
        word.acts.some((act) => {
          const other = OPPOSITES.get(act)
          if (other === undefined) return false
          const said = claim.words.find((each) => says(each, other) && !each.denied)
          return (
            said !== undefined &&
            shared(topics(claim.words, other), topics(fact.words, act)).length > 0 &&
            !facts.some((each) => each.words.some((one) => says(one, other) && !one.denied))
          )
        }),
    ),
  )

/** Only so far, where the record goes further. */
export const alone: Rule = (claim, { facts }) => {
  if (
    !/\b(?:in|on|for|from|by|with|using) (?:the )?[\w-]+ (?:only|alone|exclusively)\b|\bonly (?:in|on|for|from|with)\b/.test(
      claim.lower,
    )
  )
    return undefined
  const mine = topics(claim.words)
  return facts.find((fact) => {
    const about = topics(fact.words)
    return (
      shared(mine, about).length > 0 &&
      /\w and \w|\w, \w|\bon the\b/.test(fact.text) &&
      [...about].some((each) => !mine.has(each)) &&
      !confirms(fact, claim)
    )
  })
}

/** Another day than the record has for the same act. */
export const dated: Rule = (claim, { facts }) => {
  const days = daysIn(claim)
  if (days.length === 0) return undefined
  return facts.find(
    (fact) =>
      daysIn(fact).length > 0 &&
      !daysIn(fact).some((day) => days.includes(day)) &&
      fact.words.some(
        (word) =>
          !word.denied &&
          claim.words.some((each) => !each.denied && each.stem === word.stem && !daysIn(fact).includes(each.stem)),
      ),
  )
}

function daysIn({ words }: { readonly words: readonly Word[] }): readonly string[] {
  return words.map(({ stem }) => stem).filter((stem) => DAY.test(stem))
}

const DAY = /^(?:mon|tues|wednes|thurs|fri|satur|sun)da[iy]?/

/** The same as before, where the record shows a change. */
export const steady: Rule = (claim, { facts }) => {
  if (!/\b(?:flat|constant|stable|steady|no change|did not (?:grow|rise|change))\b/.test(claim.lower)) return undefined
  return facts.find(
    (fact) =>
      /\bfrom\b.*\bto\b|\d to \d/.test(fact.text) &&
      new Set(fact.amounts.filter(({ unit }) => unit !== 'h' && unit !== 'min').map(({ value }) => value)).size > 1 &&
      shared(topics(claim.words), topics(fact.words)).length > 0,
  )
}
