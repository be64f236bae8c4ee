import { expect, test } from 'vitest'
import { BREAKS } from './breaks/index.ts'
import { mutate } from './mutate.ts'

/** One of each study that takes a second: all of them are `npm run mutate`. */
const FIVE: ReadonlySet<string> = new Set([
  'aboveStart inverted',
  'bankBalance halved',
  'an exact answer may be any answer',
  'yes is taken for no',
  'choices are of sixteen',
])

test('controls see what is broken on purpose', { timeout: 300_000 }, async () => {
  const done = await mutate(
    BREAKS.filter(({ name }) => FIVE.has(name)),
    { workers: 2 },
  )
  expect(done.map(({ name, caught }) => ({ name, caught }))).toEqual(
    BREAKS.flatMap(({ name }) => (FIVE.has(name) ? [{ name, caught: true }] : [])),
  )
})
