import { describe, expect, test } from 'vitest'
import { showCases } from '../../src/cli/cases.ts'
import { caseGrid } from '../../src/exchange/index.ts'
import { recorded } from '../cli/recorded.ts'
import { answering, caseRun } from './case-run.ts'

const csv = `id,prompt,expected,check
one,Capital of France?,Paris,contains
two,Capital of Spain?,Madrid,contains
three,"Capital of\u001b[31m Italy?",Rome,contains
`
const good = answering('test/good', {
  'Capital of France?': 'It is Paris.',
  'Capital of Spain?': 'Madrid',
  'Capital of\u001b[31m Italy?': 'Rome',
})
const bad = answering('test/bad', { 'Capital of France?': 'It is Paris.', 'Capital of Spain?': '\u001b[2JLisbon' })

describe('the grid of cases', () => {
  test('has every case with every agent, failures first, controls apart', async () => {
    const grid = caseGrid(await caseRun('both', csv, [good, bad]))
    expect(grid).toMatchObject({ run: 'both', measure: 'correct', unit: 'proportion', unchanged: true })
    expect(grid.cases.map((each) => each.case)).toEqual(['two', 'three', 'one'])
    const [two] = grid.cases
    expect(two).toMatchObject({ prompt: 'Capital of Spain?', expected: 'Madrid', check: 'contains' })
    expect(two?.answers).toMatchObject([
      { name: 'two · test/good', mark: 1, answer: 'Madrid', why: 'right: contains "Madrid" passes' },
      {
        name: 'two · test/bad',
        mark: 0,
        why: 'wrong: contains "Madrid" does not pass',
        tokens: { input: 10, output: 2 },
      },
    ])
    expect(two?.answers[0]?.dollars).toBeCloseTo(12e-6, 12)
    expect(two?.controls.map(({ agent, mark }) => [agent, mark])).toEqual([
      ['control/knows', 1],
      ['control/half', 0],
      ['control/wrong', 0],
      ['control/silent', 0],
    ])
  })

  test('is printed a case at a time, in plain text, with a tally of each agent and a command that runs', async () => {
    const terminal = recorded()
    showCases(terminal, await caseRun('both', csv, [good, bad]))
    const printed = terminal.printed.join('\n')
    expect(printed).toContain('two  Capital of Spain?')
    expect(printed).toContain('expected (contains): Madrid')
    expect(printed).toMatch(/wrong {4}test\/bad {5}Lisbon {4}\$0\.000012 {4}\d/)
    expect(printed).toMatch(/right {4}test\/good/)
    expect(printed).toMatch(/wrong {4}test\/bad +\(no answer\)/)
    expect(printed).toContain('Right: test/good 3 of 3, test/bad 1 of 3.')
    expect(printed).toContain('control/knows 3 of 3, control/silent 0 of 3, control/wrong 0 of 3.')
    expect(printed).toContain('assay show both "two · test/good"')
    expect(printed).not.toContain('\u001b')
  })

  test('says so where the questions changed since the run', async () => {
    const one = await caseRun('both', csv, [good])
    const changed = { ...one, plan: { ...one.plan, design: { ...one.plan.design, keys: 'other' } } }
    expect(caseGrid(changed).unchanged).toBe(false)
    const terminal = recorded()
    showCases(terminal, changed)
    expect(terminal.printed.join('\n')).toContain('changed since both')
  })

  test('puts a trial without a mark first, with why', async () => {
    const one = await caseRun('down', csv, [good])
    const [row] = one.outcomes
    const outcomes = one.outcomes.map((each) =>
      each === row ? { ...each, status: 'invalid' as const, stop: 'unreachable: refused', values: {} } : each,
    )
    const grid = caseGrid({ ...one, outcomes })
    expect(grid.cases[0]?.case).toBe(row?.task)
    expect(grid.cases[0]?.answers[0]).not.toHaveProperty('mark')
    const terminal = recorded()
    showCases(terminal, { ...one, outcomes })
    expect(terminal.printed.join('\n')).toMatch(/invalid {4}test\/good {4}unreachable: refused/)
    expect(terminal.printed.join('\n')).toContain('test/good 2 of 2 (1 invalid)')
  })
})
