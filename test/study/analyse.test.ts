import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/record/index.ts'
import { above, analyse, makePlan, type Reading } from '../../src/study/index.ts'
import { madeStudy, read } from '../compare/reads.ts'

const run = read({ run: 'r', values: ({ repeat }) => ({ total: repeat, solved: 1 }) })
const identity = { run: 'r', version: '0', designHash: run.designHash, design: run.design }

function caveats(reading: Reading, agent: string): ReadonlySet<string> {
  return new Set(
    reading.findings.filter(({ conditions }) => conditions['agent'] === agent).flatMap((each) => each.caveats),
  )
}

describe('a reading', () => {
  test('says of an agent that its provider changed the model under its name, and of no other', () => {
    const last = run.outcomes.findLast((row) => !row.control)?.trial
    const rows = run.outcomes.map((row): Outcome => {
      if (row.control) return { ...row, snapshots: ['c'] }
      return { ...row, snapshots: [row.trial === last ? 'may' : 'april'] }
    })
    const reading = analyse(run.plan, rows, identity)
    const said = 'test/a changed within the run: its provider answered as april, may'
    expect(caveats(reading, 'test/a')).toContain(said)
    expect([...caveats(reading, 'control/five')].filter((text) => text.includes('changed'))).toEqual([])
    const steady = analyse(run.plan, run.outcomes, identity)
    expect([...caveats(steady, 'test/a')].filter((text) => text.includes('changed'))).toEqual([])
  })

  test('says of findings over trials that lost questions how many, and of no other', () => {
    const last = run.outcomes.findLast((row) => !row.control)?.trial
    const rows = run.outcomes.map((row): Outcome => (row.trial === last ? { ...row, unanswered: 2 } : row))
    const reading = analyse(run.plan, rows, identity)
    const said = [...caveats(reading, 'test/a')].filter((text) => text.includes('when a process died'))
    const rest =
      'trials had questions on their way when a process died: 2 count as asked, and what they used is not known'
    expect(said).toEqual([`1 of 12 ${rest}`, `1 of 24 ${rest}`])
    expect([...caveats(reading, 'control/five')].filter((text) => text.includes('when a process died'))).toEqual([])
  })

  test('of a study that lost repeats since is exploratory and says so, though every trial left is done', () => {
    const shorter = makePlan({ ...madeStudy(), repeats: 1 }, run.plan.request, new Map())
    const reading = analyse(shorter, run.outcomes, identity)
    expect(reading.complete).toBe(true)
    expect(new Set(reading.findings.map((each) => each.standing))).toEqual(new Set(['exploratory']))
    expect([...caveats(reading, 'test/a')].join()).toContain('the study changed after this run was planned')
  })

  test('of a study whose controls are known to read something else since is exploratory: that was written afterwards', () => {
    const { five } = madeStudy().controls
    if (five === undefined) throw new Error('the made study has no control')
    const kinder = { ...madeStudy(), controls: { five: { ...five, reads: { total: () => above(0) } } } }
    const plan = makePlan(kinder, run.plan.request, new Map())
    expect(new Set(analyse(plan, run.outcomes, identity).findings.map((each) => each.standing))).toEqual(
      new Set(['exploratory']),
    )
  })

  test('holds invalid trials against those planned, not those done so far', () => {
    const planned = run.plan.trials.filter((trial) => !trial.control && trial.cell['tools'] === 'none').length
    const rows = run.outcomes
      .filter((row) => !row.control && row.cell['tools'] === 'none')
      .slice(0, 3)
      .map((row, index): Outcome => (index === 0 ? { ...row, status: 'invalid' } : row))
    expect(analyse(run.plan, rows, identity).unreadable).toEqual([
      {
        where: 'test/a, none',
        invalid: 1,
        trials: planned,
        last: { trial: rows[0]?.trial ?? '', stop: rows[0]?.stop ?? '' },
      },
    ])
    const many = read({ run: 'many', study: madeStudy({ tasks: 10 }), values: () => ({ total: 1, solved: 1 }) })
    const few = many.outcomes
      .filter((row) => !row.control && row.cell['tools'] === 'none')
      .slice(0, 3)
      .map((row, index): Outcome => (index === 0 ? { ...row, status: 'invalid' } : row))
    expect(analyse(many.plan, few, { ...identity, design: many.design }).unreadable).toEqual([])
  })
})
