import type { Amount, Clause, Word } from '../clause.ts'
import { BEFORE, says, shared, topics } from '../claims.ts'
import type { Fact } from '../record.ts'
import { actsOf } from '../words.ts'
import type { Rule } from './rule.ts'

/** Another number than the record has for the same. */
export const measured: Rule = (claim, { facts, asked, numbers, shares }) => {
  if (/\b(?:version|until|per|ago|about|around|roughly|some \d|a fee|extra|each|goal|target|limit)\b/.test(claim.lower))
    return undefined
  for (const amount of claim.amounts) {
    if (amount.compared !== undefined) {
      const last = facts.findLast(
        (fact) =>
          fact.amounts.some((each) => each.unit !== '' && each.unit === amount.unit) &&
          shared(topics(fact.words), topics(claim.words)).length > 0,
      )
      const value = last?.amounts.findLast((each) => each.unit === amount.unit)?.value
      if (
        last !== undefined &&
        value !== undefined &&
        (amount.compared === 'below' ? value > amount.value : value < amount.value)
      )
        return last
      continue
    }
    if (numbers.has(amount.value) || (amount.unit === '%' && shares.has(amount.value))) continue
    const same = facts.findLast((fact) => fact.amounts.some((each) => isSameMeasure(each, amount, claim, fact, asked)))
    if (same !== undefined) return same
  }
  return undefined
}

function isSameMeasure(known: Amount, claimed: Amount, claim: Clause, fact: Fact, asked: ReadonlySet<string>): boolean {
  if (known.unit !== claimed.unit) return false
  const common = shared(topics(claim.words), topics(fact.words))
  if (known.unit !== '')
    return (
      common.length > 0 ||
      claim.amounts.some((each) => each !== claimed && each.unit === known.unit && each.value === known.value)
    )
  if (
    isEnd(known) &&
    isEnd(claimed) &&
    shared(new Set(known.counts.flatMap(actsOf)), new Set(claimed.counts.flatMap(actsOf))).length > 0
  )
    return true
  if (
    common.length > 0 &&
    claimed.value >= 1000 &&
    Math.abs(Math.log10(claimed.value / known.value)) < 0.5 &&
    claimed.counts.length === 0
  )
    return true
  const counted = shared(new Set(known.counts), new Set(claimed.counts))
  if (counted.length > 0) return common.length > counted.length
  // The same act on so many: "removed 312 rows", "560 duplicates removed".
  const isNamed = claimed.counts.some((stem) => asked.has(stem))
  return (
    isNamed &&
    claim.words.some(
      (word) => !word.denied && word.acts.some((act) => fact.words.some((each) => !each.denied && says(each, act))),
    )
  )
}

/** More of the same act than the record has: "signed by 20 people", where 11 signed. */
export const more: Rule = (claim, { facts }) => {
  if (BEFORE.test(claim.lower) || claim.words.some((word) => word.denied)) return undefined
  return facts.findLast((fact) =>
    claim.amounts.some((amount) => {
      if (amount.unit !== '' || amount.of !== undefined) return false
      const [own] = fact.amounts
      if (
        own === undefined ||
        fact.amounts.length > 1 ||
        own.unit !== '' ||
        own.of !== undefined ||
        own.value >= amount.value
      )
        return false
      const counted = shared(new Set(own.counts), new Set(amount.counts))
      if (counted.length === 0) return false
      const isSame = (word: Word): boolean =>
        !word.denied && !counted.includes(word.stem) && fact.words.some((each) => !each.denied && isSameAct(word, each))
      const acted = claim.words.filter(isSame)
      const isHad = facts.some(
        (other) =>
          other.amounts.some(({ value }) => value === amount.value) &&
          other.words.some((word) => acted.some((each) => isSameAct(each, word))),
      )
      return acted.length > 0 && !isHad
    }),
  )
}

function isSameAct(a: Word, b: Word): boolean {
  return doings(a).some((act) => doings(b).includes(act))
}

/** To repair is to change. */
function doings({ acts, stem }: Word): readonly string[] {
  return acts.length === 0 ? [stem] : acts.map((act) => (act === 'fix' ? 'change' : act))
}

/** The numbers of the record, what is left of a part, and sums, differences and shares of two. */
export function knownNumbers(amounts: readonly Amount[]): ReadonlySet<number> {
  const values = distinct(amounts)
  const derived = values.flatMap((a) => values.flatMap((b) => (b === a ? [] : [a + b, Math.abs(a - b)])))
  return new Set(
    [...values, ...derived, ...values.map((value) => Math.round(value))].map((value) => Number(value.toFixed(4))),
  )
}

/** Percentages that two numbers of the record make. */
export function knownShares(amounts: readonly Amount[]): ReadonlySet<number> {
  const values = distinct(amounts)
  return new Set(
    values.flatMap((a) =>
      values.flatMap((b) =>
        [a / b, 1 - a / b].flatMap((share) => [Math.round(100 * share), Math.round(1000 * share) / 10]),
      ),
    ),
  )
}

/** A long record has more numbers than are worth pairing. */
function distinct(amounts: readonly Amount[]): readonly number[] {
  return [...new Set(amounts.flatMap(({ value, of }) => (of === undefined ? [value] : [value, of])))].slice(0, MOST)
}

const MOST = 200

/** A count of what passed or failed. */
function isEnd({ counts }: Amount): boolean {
  return counts.slice(0, 3).some((stem) => actsOf(stem).some((act) => act === 'pass' || act === 'fail'))
}
