import { expect, test } from 'vitest'
import * as assay from '../../src/index.ts'
import * as stats from '../../src/stats/index.ts'
import { examples as ofAssay, without } from '../../scripts/api-examples/assay.ts'
import { examples as ofStats } from '../../scripts/api-examples/stats.ts'
import { apiPages, PAGES } from '../../scripts/api-pages.ts'
import { textOf } from './pages.ts'

const made = await apiPages(textOf)

test.each(Object.keys(PAGES))('%s is what npx node scripts/api-pages.ts writes', (page) => {
  expect(textOf(page)).toBe(made.get(page))
})

test.each([
  ['assay', Object.entries(assay), { ...ofAssay, ...without }],
  ['assay/stats', Object.entries(stats), ofStats],
] as const)('every function of %s has an example that was run, or says why not', (_, exported, shown) => {
  const functions = exported.flatMap(([name, value]) =>
    typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value)) ? [name] : [],
  )
  expect(functions.filter((name) => !Object.hasOwn(shown, name))).toEqual([])
  expect(Object.keys(shown).filter((name) => !functions.includes(name))).toEqual([])
})

test('the reference of functions stays small', () => {
  const bytes = [...made.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  expect(bytes).toBeLessThan(250_000)
})
