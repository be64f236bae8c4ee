import * as fc from 'fast-check'
import { makeBrief, type Brief } from '../../src/brief/index.ts'
import { ABOVE } from './made.ts'

const words = fc
  .array(fc.constantFrom('agents', 'earn', '$5', '3–4', 'never', 'naïve', '“so”', 'a:', '#1', '*x*', '[y]', '日本'), {
    minLength: 1,
    maxLength: 7,
  })
  .map((all) => all.join(' '))

const sentence = fc.tuple(words, fc.nat(1e6)).map(([text, number]) => `${text} ${number}.`)

const title = fc
  .tuple(fc.constantFrom('Shop', 'Work', 'Defence'), fc.nat(1e6))
  .map(([text, number]) => `${text}-${number}`)

/** Briefs that the text form can carry. */
export const briefs: fc.Arbitrary<Brief> = fc
  .record({
    title,
    updated: fc.constantFrom('2026-05-01', '2026-05-01 10:00'),
    claims: fc.uniqueArray(
      fc.record({
        text: sentence,
        takeaway: fc.boolean(),
        sections: fc.uniqueArray(fc.constantFrom('One', 'Two-Parts', 'Three'), { maxLength: 3 }),
        test: fc.option(fc.constant(ABOVE), { nil: undefined }),
      }),
      { selector: (claim) => claim.text, maxLength: 6 },
    ),
    watchlist: fc.array(sentence, { maxLength: 3 }),
    unknowns: fc.array(sentence, { maxLength: 3 }),
  })
  .map((spec) =>
    makeBrief({
      ...spec,
      claims: spec.claims.map(({ test, ...claim }) => (test === undefined ? claim : { ...claim, test })),
    }),
  )
