import { expect, test } from 'vitest'
import { concepts, conceptNamed, countWords, textsOf, wordsOf } from '../../src/inside/index.ts'

// Words that every text has, and that a probe cannot tell a concept by. French brings its own small words.
const SMALL = new Set(
  `a an the of to in on at for by with from and or but that this it its is was be been are were has have had he she they
   them us we you your his her my our their which who all no not as into than then again more one up down out off over
   under near past beside behind before after without through among until such like so will may would could each every
   same other another said there here back any if few both
   la le les un une du de des dans avec sous en et cette`.split(/\s+/),
)

test.each(concepts.map(({ name }) => name))('the halves of %s share no word that carries meaning', (name) => {
  const { train, test: held } = textsOf(conceptNamed(name))
  for (const side of ['positive', 'negative'] as const) {
    const learned = new Set(train[side].flatMap(wordsOf))
    const both = [...new Set(held[side].flatMap(wordsOf))].filter((word) => learned.has(word) && !SMALL.has(word))
    expect(both).toEqual([])
  }
})

test('every concept has more than a hundred sentences of its own and as many without it, none twice', () => {
  expect(concepts.length).toBeGreaterThanOrEqual(8)
  for (const concept of concepts) {
    const { train, test: held } = textsOf(concept)
    for (const side of ['positive', 'negative'] as const) {
      const all = [...train[side], ...held[side]]
      expect(new Set(all).size).toBe(all.length)
      expect(all.length).toBeGreaterThanOrEqual(100)
    }
  }
})

test('the lexicon of a concept finds its sentences and leaves everyday ones alone', () => {
  for (const concept of concepts) {
    const { train, test: held } = textsOf(concept)
    const own = [...train.positive, ...held.positive].map((text) => countWords(text, concept))
    expect(own.reduce((total, count) => total + count.own, 0)).toBeGreaterThan(own.length)
    for (const text of [...train.negative, ...held.negative]) expect(countWords(text, concept).own).toBe(0)
  }
})

test('words are counted whole, in any case, and numbers are words', () => {
  expect(countWords('The SEA, the seas; a search, seaside 42', conceptNamed('sea'))).toEqual({ own: 3, all: 8 })
  expect(countWords('It costs 3.50 or twelve', conceptNamed('numbers'))).toEqual({ own: 2, all: 5 })
  expect(countWords('', conceptNamed('sea'))).toEqual({ own: 0, all: 0 })
})

test('an unknown concept is refused with the one that was meant', () => {
  expect(() => conceptNamed('musik')).toThrow(/Did you mean music/)
})
