import fs from 'node:fs'
import { expect, test } from 'vitest'
import { assertCompaction, STRATEGIES } from '../../../src/agent/index.ts'

function check(strategy: string): void {
  Reflect.apply(assertCompaction, undefined, [{ strategy, at: 0.9, to: 0.5 }])
}

test('a strategy that does not exist is refused by name, with those that do', () => {
  expect(() => check('trimm')).toThrow(
    'No compaction is called "trimm". Take one of none, trim, clear, summary, notes, native.',
  )
  expect(() => check('toString')).toThrow('No compaction is called "toString".')
  for (const strategy of STRATEGIES) check(strategy)
})

test.each(STRATEGIES)('the page on compaction has a row for %s', (strategy) => {
  const page = fs.readFileSync(new URL('../../../docs/compaction.md', import.meta.url), 'utf8')
  expect(page).toContain(`\n| \`${strategy}\` | `)
})
