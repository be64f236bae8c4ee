import { expect, test } from 'vitest'
import { linkedPages, TERMS, unlinkedOn } from './glossary.ts'
import { anchorsOf } from './pages.ts'

test('every term has its entry in the glossary', () => {
  const anchors = anchorsOf('docs/concepts.md')
  expect(Object.values(TERMS).filter(({ anchor }) => !anchors.has(anchor))).toEqual([])
})

test.each(linkedPages)('%s links every term of the glossary where it first uses it', (page) => {
  expect(unlinkedOn(page).map(({ term }) => term)).toEqual([])
})
