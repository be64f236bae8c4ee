import { describe, expect, test } from 'vitest'
import { parse } from 'csv-parse/sync'
import { array, assert, property, string } from 'fast-check'
import { csv, exportRun } from '../../src/exchange/index.ts'
import { answering, caseRun } from './case-run.ts'

const questions = `id,prompt,expected,check
one,Capital of France?,Paris,contains
two,"Sum, of 2 | 2?",4,number
`
const bad = answering('test/bad', { 'Capital of France?': "=cmd|' /C calc'!A0", 'Sum, of 2 | 2?': 'It is 4.' })
const run = () => caseRun('small', questions, [bad])

describe('a run is exported', () => {
  test('as CSV, a row an answer, safe against formulas', async () => {
    const text = exportRun(await run(), 'csv')
    const rows: Record<string, string>[] = parse(text, { columns: true })
    expect(rows).toMatchObject([
      { run: 'small', case: 'one', agent: 'test/bad', mark: '0', expected: 'Paris', answer: "'=cmd|' /C calc'!A0" },
      { case: 'two', mark: '1', prompt: 'Sum, of 2 | 2?', check: 'number', answer: 'It is 4.', condition: '' },
    ])
    expect(rows[0]?.['why']).toBe('wrong: contains "Paris" does not pass')
    expect(parse(exportRun(await run(), 'csv', true), { columns: true })).toHaveLength(10)
  })

  test('as JSON lines, answers as they are', async () => {
    const rows = exportRun(await run(), 'jsonl')
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(rows).toMatchObject([
      { case: 'one', mark: 0, answer: "=cmd|' /C calc'!A0", input_tokens: 10 },
      { case: 'two' },
    ])
  })

  test('as Markdown for a pull request: the result, the agents, what failed; nothing in it acts', async () => {
    const text = exportRun(await run(), 'markdown')
    expect(text).toMatch(/^## small: What share of the 2 cases/)
    expect(text).toContain('Result: test/bad: share of cases answered correctly 50.0%')
    expect(text).toMatch(/\| test\/bad, plain \| 50\.0% \| 95% interval|\| test\/bad \| 50\.0% \| 95% interval/)
    expect(text).toContain('<summary>1 of 2 cases failed</summary>')
    expect(text).toContain("| one | test/bad | wrong | Paris | =cmd\\|' /C calc'!A0 |")
    expect(text).toContain('control checks passed')
  })

  test('as JUnit: a suite an agent, a failure with prompt, expected and answer', async () => {
    const text = exportRun(await run(), 'junit')
    expect(text).toContain('<testsuites name="small" tests="2" failures="1" errors="0" skipped="0"')
    expect(text).toContain('<testcase classname="small" name="one · test/bad"')
    expect(text).toContain('message="wrong: contains &quot;Paris&quot; does not pass"')
    expect(text).toContain(
      'prompt: Capital of France?\nexpected (contains): Paris\nanswer: =cmd|&apos; /C calc&apos;!A0',
    )
  })

  test('an invalid trial is an error and no failure', async () => {
    const one = await run()
    const outcomes = one.outcomes.map((row) =>
      row.task === 'one' ? { ...row, status: 'invalid' as const, stop: 'unreachable: <refused>', values: {} } : row,
    )
    const text = exportRun({ ...one, outcomes }, 'junit')
    expect(text).toContain('tests="2" failures="0" errors="1"')
    expect(text).toContain('<error message="unreachable: &lt;refused&gt;"/>')
    expect(exportRun({ ...one, outcomes }, 'csv')).toContain('invalid')
  })
})

test('no cell of CSV begins as a formula, whatever a model writes, and every cell comes back', () => {
  assert(
    property(array(string({ unit: 'binary', maxLength: 12 }), { minLength: 2, maxLength: 2 }), (cells) => {
      const [, row = []] = parse(csv(['a', 'b'], [cells]), {
        relax_quotes: false,
        record_delimiter: '\n',
      })
      for (const [index, cell] of cells.entries()) {
        const back = row[index] ?? ''
        expect(back === cell || back === `'${cell}`).toBe(true)
        if (!/^\s*[-+]?[\d.]/.test(back)) expect(/^(?:\s*[=+\-@]|[\t\r\n])/.test(back)).toBe(false)
      }
    }),
  )
  expect(csv(['a'], [['-2+3+cmd|x'], ['-2.5'], [-3], ['+1'], [' -2']])).toBe("a\n'-2+3+cmd|x\n-2.5\n-3\n+1\n -2\n")
  expect(csv(['a'], [['\n=1'], [' =1'], ['\u00a0@x']])).toBe("a\n\"'\n=1\"\n' =1\n'\u00a0@x\n")
})
