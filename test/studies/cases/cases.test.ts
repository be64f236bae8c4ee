import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { casesStudy, readCases, type Case } from '../../../src/studies/cases/index.ts'
import { madeCase } from '../../../src/studies/cases/made-case.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const inCases = (file: string): string => path.join(import.meta.dirname, '../../cases', file)

function written(text: string): readonly Case[] {
  const file = path.join(temporaryFolder(), 'q.csv')
  writeFileSync(file, text)
  return readCases(file)
}

/** What a model gets that repeats each question. */
const echoed = (cases: readonly Case[]): Record<string, boolean> =>
  Object.fromEntries(cases.map((each) => [each.id, madeCase(each).passes(each.prompt)]))

test('numbers are read as a person reads them', () => {
  expect(echoed(readCases(inCases('B01-numbers.csv')))).toEqual({
    half: true,
    'half-wrong': false,
    minus: true,
    range: true,
    unit: true,
    long: false,
  })
})

test('what an answer denies is not its answer', () => {
  expect(Object.values(echoed(readCases(inCases('B19-negation.csv'))))).toEqual([false, false])
})

test('a hexadecimal number passes itself, and no control is lost', () => {
  const cases = readCases(inCases('B11-lost-control.csv'))
  expect(Object.values(echoed(cases))).toEqual([true, true])
  expect(Object.keys(casesStudy('q', cases).controls)).toEqual(['knows', 'half', 'wrong', 'silent'])
})

test('the same question twice, a pattern and a check that forbids cost no control', () => {
  const cases = written(
    'prompt,expected,check\nhi,a,exact\nhi,b,exact\nhi,^\\d+ cats?$,regex\nhi,secret,not:contains\n',
  )
  expect(Object.keys(casesStudy('q', cases).controls)).toEqual(['knows', 'half', 'silent'])
  for (const each of cases) {
    expect(madeCase(each).passes(madeCase(each).known ?? '')).toBe(true)
    expect(madeCase(each).passes('')).toBe(false)
  }
})

test('several checks of a row must all pass: numbered ones, or a list', () => {
  const [numbered, list] = written(
    'prompt,check.1,expected.1,check.2,expected.2,check,expected\n' +
      'Name it.,contains,Paris,not:contains,Rome,,\n' +
      'Name it.,,,,,"[""contains"",""regex""]","[""Paris"",""^P""]"\n',
  )
  if (numbered === undefined || list === undefined) throw new Error('two cases were written')
  expect(['Paris', 'Paris, not Rome but near Rome', 'Lyon'].map(madeCase(numbered).passes)).toEqual([
    true,
    false,
    false,
  ])
  expect(['Paris', 'In Paris'].map(madeCase(list).passes)).toEqual([true, false])
})

test.each([
  ['a blank expected', 'prompt,expected,check\nsay x,,contains\n', /line 2: expected is empty/],
  ['a blank prompt', 'prompt,expected\n,x\n', /line 2: the prompt is empty/],
  ['an expected that is no number', 'prompt,expected,check\na,1,number\nb,many,number\n', /line 3: .*not one number/],
  ['an unknown check', 'prompt,expected,check\na,1,nmber\n', /line 2: there is no check "nmber"/],
  ['a label that is no option', 'prompt,expected,check\nA) x B) y?,C,choice\n', /line 2: .*none of the options A, B/],
  ['a list of another length', 'prompt,expected,check\na,"[""x""]","[""exact"",""regex""]"\n', /line 2: .*2 checks/],
  [
    'checks that exclude each other',
    'prompt,expected,check.1,check.2\na,x,exact,not:exact\n',
    /line 2: no answer could be made/,
  ],
  [
    'an answer that fails',
    'prompt,expected,check,answer\na,^b$,regex,c\n',
    /line 2: the answer "c" does not pass "regex"/,
  ],
  [
    'two columns of one name',
    'prompt,expected,Expected\none,one,two\n',
    /two columns are called expected and Expected/,
  ],
  ['no expected', 'prompt,answer\none,two\n', /needs columns prompt and expected/],
])('%s is refused by its line', (_, text, message) => {
  expect(() => written(text)).toThrow(message)
})

test.each([
  ['B02-two-heads.csv', /two columns/],
  ['B03-no-answer.csv', /line 2: expected is empty/],
])('%s is refused', (file, message) => {
  expect(() => readCases(inCases(file))).toThrow(message)
})
