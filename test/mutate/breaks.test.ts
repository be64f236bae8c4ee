import path from 'node:path'
import { expect, test } from 'vitest'
import { brokenText } from './break.ts'
import { BREAKS } from './breaks/index.ts'

const src = path.join(import.meta.dirname, '..', '..', 'src')

test('every break changes exactly one place of the source as it is', () => {
  for (const each of BREAKS) expect(brokenText(each, src), each.name).not.toBe('')
  expect(BREAKS.length).toBeGreaterThanOrEqual(60)
})

test('breaks have names of their own', () => {
  expect(new Set(BREAKS.map(({ name }) => name)).size).toBe(BREAKS.length)
})
