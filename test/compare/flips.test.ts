import { expect, test } from 'vitest'
import { compareRuns } from '../../src/compare/index.ts'
import { printFlipped } from '../../src/cli/flipped.ts'
import { recorded } from '../cli/recorded.ts'
import { answering, caseRun } from '../exchange/case-run.ts'

const csv = 'id,prompt,expected,check\none,A?,a,contains\ntwo,B?,b,contains\nthree,C?,c,contains\nfour,D?,d,contains\n'
const first = () => caseRun('one', csv, [answering('test/a', { 'A?': 'a', 'B?': 'b', 'C?': 'x' })])
const second = () => caseRun('two', csv, [answering('test/b', { 'A?': 'a', 'B?': '\u001b[2Jno', 'C?': 'c' })])

test('cases that flipped between two runs come first, those that fail now before all', async () => {
  const [a, b] = [await first(), await second()]
  const result = compareRuns(a, b)
  expect(Object.keys(result).slice(0, 3)).toEqual(['first', 'second', 'flipped'])
  expect(result.flipped).toMatchObject([
    { case: 'two', agent: 'test/a → test/b', now: 'fails', from: 1, to: 0 },
    { case: 'three', now: 'passes', from: 0, to: 1 },
  ])
  expect(result.findings[0]?.title).toBe('share of cases answered correctly: two minus one')
  const terminal = recorded()
  printFlipped(terminal, result.flipped, [a, b])
  const printed = terminal.printed.join('\n')
  expect(printed).toContain('Flipped: 2 of 4 cases (wrong only in two: 1; wrong only in one: 1)')
  expect(printed).toMatch(/fails +two +b +no\n/)
  expect(printed).toMatch(/passes +three +x +c/)
  expect(printed).not.toContain('\u001b')
})

test('a case without a value in one of the runs has not flipped', async () => {
  const [a, b] = [await first(), await second()]
  const outcomes = b.outcomes.map((row) => ({ ...row, status: 'invalid' as const, values: {} }))
  expect(compareRuns(a, { ...b, outcomes }).flipped).toEqual([])
  const terminal = recorded()
  printFlipped(terminal, [], [a, b])
  expect(terminal.printed).toEqual(['\nFlipped: none of 4 cases.'])
})
