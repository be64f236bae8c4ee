import type { Contradiction } from '../brief.ts'
import { numbersIn } from '../numbers.ts'
import type { Span } from '../source/find-quote.ts'
import { terms } from '../words.ts'
import type { Stance } from '../quote.ts'

/** A claim with where it was said. */
export interface Said {
  readonly id: string
  readonly text: string
  readonly source: string
  readonly at: Span
  readonly how: Stance
}

/** Terms that two claims share before they can be about one thing, and of the shorter one's terms. */
const SHARED = 3
const ALIKE = 0.5
/** Characters after words that were taken back, in which the same speaker says it right. */
const SOON = 300

/**
 * Claims that cannot all be true as they are said, by their words and numbers: two sources that give one thing different amounts, and what
 * was taken back with what took its place. People decide whether both count the same.
 */
export function contradictionsIn(claims: readonly Said[]): readonly Contradiction[] {
  const read = claims.map((claim) => ({
    ...claim,
    about: new Set(terms(claim.text).filter((term) => !/\d/.test(term) && numbersIn(term).size === 0)),
    numbers: numbersIn(claim.text),
  }))
  return read.flatMap((a, i) =>
    read.slice(i + 1).flatMap((b): readonly Contradiction[] => {
      const [first, second] = a.at[0] <= b.at[0] ? [a, b] : [b, a]
      if (a.source === b.source) {
        const corrects =
          first.how === 'retracted' &&
          second.how !== 'retracted' &&
          second.at[0] - first.at[1] < SOON &&
          second.numbers.size > 0
        return corrects ? [{ claims: [first.id, second.id], what: 'The first was taken back.' }] : []
      }
      if (a.how === 'retracted' || b.how === 'retracted' || a.how === 'prediction' || b.how === 'prediction') return []
      const shared = [...a.about].filter((term) => b.about.has(term))
      const alike = shared.length >= SHARED && shared.length >= ALIKE * Math.min(a.about.size, b.about.size)
      if (!alike || a.numbers.size === 0 || b.numbers.size === 0) return []
      if ([...a.numbers].some((each) => b.numbers.has(each))) return []
      const [one, other] = [a, b].map(({ numbers }) => [...numbers].map(String).join(', '))
      return [{ claims: [a.id, b.id], what: `${one} against ${other}.` }]
    }),
  )
}
