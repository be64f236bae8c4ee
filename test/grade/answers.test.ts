import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { OPEN } from '../foreign/open.ts'
import { answerCheck, validateCorpus } from '../../src/grade/index.ts'

// How well answers that were written without the checks in mind are marked. The figures that this prints are in docs/validate.md.

const folder = path.join(import.meta.dirname, '../foreign')
const page = readFileSync(path.join(import.meta.dirname, '../../docs/validate.md'), 'utf8')

describe.each(['answers.jsonl', 'answers-more.jsonl', 'answers-second.jsonl'])('answers of %s', (file) => {
  const text = readFileSync(path.join(folder, file), 'utf8')
  const found = validateCorpus(
    'answers',
    text,
    file,
    OPEN.answers.filter((id) => text.includes(`"${id}"`)),
  )

  it('have the rates that docs/validate.md shows', () => {
    const rates = [found.sensitivity, found.specificity, found.accuracy].map((rate) => `${rate?.right} of ${rate?.of}`)
    expect(page).toContain(`| \`${file}\` | ${rates.join(' | ')} |`)
  })

  it('are marked rightly in at least 98% of numbers and 95% of each other check', () => {
    for (const { kind, lines, truePositive, trueNegative } of found.byKind) {
      console.log(`${file}: ${kind} ${truePositive + trueNegative} of ${lines}`)
      const wanted = kind === 'number' ? 0.98 : kind === 'contains' ? 0.94 : 0.95
      expect((truePositive + trueNegative) / lines, kind).toBeGreaterThanOrEqual(wanted)
    }
  })
})

describe('a number', () => {
  test.each([
    ['0.5', 'The chance is .5', true],
    ['5', 'The chance is .5', false],
    ['-5', 'It is −5 degrees', true],
    ['12', 'The area is 12 m2', true],
    ['999999999999', '999999999000', false],
    ['999999999999999999999', '999999999999999999998', false],
    ['16', '0x10', true],
    ['42', 'The answer is not 42', false],
    ['42', '<think>42</think> 41', false],
    ['42', '42 or 43', false],
    ['42', '41. No, wait: 42.', true],
    ['42', '40-42', false],
    ['1000000', 'a million', true],
    ['0.333333', '1/3', true],
    ['0.333333', '0.333', true],
    ['0.333333', '0.33', false],
    ['100', '99.9999', false],
  ])('%s against "%s": %s', (expected, answer, right) => {
    expect(answerCheck('number', expected).passes(answer)).toBe(right)
  })

  test.each([
    ['1.5', 'How many seconds?', '1500 ms', true],
    ['1.5', 'How many seconds?', '1.5 kg', false],
    ['25', 'What percentage is it?', '25%', true],
    ['25', 'What percentage is it?', '0.25', false],
    ['20', 'Between 10-20', 'Between 10-20', true],
  ])('%s, asked "%s", answered "%s": %s', (expected, question, answer, right) => {
    expect(answerCheck('number', expected, question).passes(answer)).toBe(right)
  })
})

test.each([
  ['exact', 'Paris', 'paris.', true],
  ['strict:exact', 'Paris', 'paris', false],
  ['strict:contains', 'Paris', 'It is not Paris', true],
  ['contains', 'Paris', 'It is not Paris', false],
  ['contains', 'Paris', 'Parisian', false],
  ['contains', '東京', '答えは東京です', true],
  ['not:contains', 'Paris', 'Rome', true],
  ['not:contains', 'Paris', 'Paris', false],
  ['not:contains', 'Paris', '', false],
  ['regex', '^a+$', 'aaa', true],
  ['not:regex', '^a+$', 'aaa', false],
  ['regex', '^$', '', false],
  ['schema', '{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}}}', 'Here: {"a": 3}', true],
  ['schema', '{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}}}', '{"a": "3"}', false],
  ['json', '{"a":1}', '{"a":1,"a":2}', false],
])('%s of %s against "%s": %s', (check, expected, answer, right) => {
  expect(answerCheck(check, expected).passes(answer)).toBe(right)
})

test.each([
  ['exakt', 'a', /no check "exakt"/],
  ['strict:number', '1', /no strict: form/],
  ['exact', ' ', /xpected is empty/],
  ['contains', '...', /does not pass its own check/],
  ['number', 'many', /not one number/],
  ['number', '10 or 12', /not one number/],
  ['json', '{a:1}', /does not pass its own check "json"/],
  ['schema', '{"type":"objekt"}', /not a JSON Schema/],
  ['schema', '{"typ":"object"}', /not a JSON Schema/],
  ['schema', '[]', /not an object/],
  ['regex', '(', /not a regular expression/],
])('check %s of %s is refused', (check, expected, message) => {
  expect(() => answerCheck(check, expected)).toThrow(message)
})

test.each([
  '^\\d{3}-[A-Z]+$',
  '(?:yes|no)\\b',
  'a?b*c+',
  '^(?<year>20\\d\\d)$',
  '\\p{Lu}\\w+',
  '[^a]x{2,}',
  '\\$5\\.00',
])('an answer to the pattern %s is made', (pattern) => {
  const { sample, passes } = answerCheck('regex', pattern)
  expect(sample === undefined ? false : passes(sample)).toBe(true)
})

test.each(['1 ', '1,', '9', '(', '{', '-', 'not ', 'A) ', '1/', 'one ', '**', '\\frac{', '<think>', '"', '1 + '])(
  'an answer of nothing but %j is read at once',
  (part) => {
    const began = performance.now()
    for (const [check, expected, question] of [
      ['number', '42', 'How many (kg)?'],
      ['contains', 'Paris', ''],
      ['choice', 'B', 'Which? A) x B) y'],
      ['json', '{"a":1}', ''],
      ['exact', 'Paris', 'What?'],
    ] as const)
      answerCheck(check, expected, question).passes(part.repeat(4_000))
    expect(performance.now() - began).toBeLessThan(20_000)
  },
)

test('who repeats the options has chosen none, and who chooses after them has chosen', () => {
  const question = 'Which is a fish? A) an oak B) a stone C) salmon, fresh'
  const check = answerCheck('choice', 'C', question)
  expect(
    [
      question,
      'A) an oak\nB) a stone\nC) salmon, fresh',
      'The options are A) an oak, B) a stone or C) salmon, fresh. The answer is C.',
      'A) an oak B) a stone C) salmon, fresh\n\nC',
      'A) an oak B) a stone C) salmon, fresh. It is B.',
      'C) salmon, fresh',
      'A) an oak: no. B) a stone: no. C) salmon, fresh: yes, the answer is C.',
    ].map(check.passes),
  ).toEqual([false, false, true, true, false, true, true])
})

// Right values written down before the check was run.
test.each([
  ['Either A or B', 'A', false],
  ['A and C', 'C', false],
  ['It is b, since A is wrong', 'B', false],
  ['**B** because A is wrong', 'B', true],
  ['A is correct', 'A', true],
  ['A, because B is wrong', 'A', true],
  ['B is wrong, so C', 'C', true],
  ['B is certainly wrong', 'B', false],
  ['A good answer would be B', 'B', true],
  ['(c)', 'C', true],
] as const)('without options in the question, %j settles on %s: %j', (answer, expected, right) => {
  expect(answerCheck('choice', expected, 'Which one?').passes(answer)).toBe(right)
})

test.each([
  ['Option D, although C is tempting.', 'D'],
  ['C is tempting, but D is correct.', 'D'],
  ['It is B over C.', 'B'],
  ['At first A seemed right; it is D.', 'D'],
  ['D, granted B is half right', 'D'],
  ['It could be A, though I am inclined to B.', 'B'],
] as const)('an option that is granted something is not the one chosen: %j', (answer, label) => {
  const passed = ['A', 'B', 'C', 'D'].filter((each) => answerCheck('choice', each).passes(answer))
  expect(passed).toEqual([label])
})
