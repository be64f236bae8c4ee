import { expect, test } from 'vitest'
import { apiPages, PAGES } from '../../scripts/api-pages.ts'
import { textOf } from './pages.ts'

const made = apiPages(textOf)

test.each(Object.keys(PAGES))('%s is what npx node scripts/api-pages.ts writes', (page) => {
  expect(textOf(page)).toBe(made.get(page))
})

test('the reference of functions stays small', () => {
  const bytes = [...made.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  expect(bytes).toBeLessThan(250_000)
})
