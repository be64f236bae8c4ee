import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openRows, type ReportItem, type RowOptions } from '../../src/rows/index.ts'
import { budget } from '../../src/audit/budget.ts'
import { rate } from '../../src/audit/rate.ts'

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-test-'))
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }))

async function reportOf(content: string, options: RowOptions): Promise<readonly ReportItem[]> {
  const at = path.join(scratch, 'rows.csv')
  fs.writeFileSync(at, content)
  const rows = await openRows(at, options)
  try {
    return await rows.report()
  } finally {
    rows.close()
  }
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('')

test('clean rows give an empty report', async () => {
  const content = `agent,task,repeat,score\n${lines(40, (i) => `a${i % 2},t${Math.floor(i / 4)},${Math.floor(i / 2) % 2},${i % 3 === 0 ? 1 : 0}`)}`
  expect(await reportOf(content, { kind: rate })).toEqual([])
})

test('rows that repeat another row or its key', async () => {
  const found = await reportOf('task,repeat,score\na,1,1\na,1,1\na,2,0\na,2,1\n', { kind: rate })
  expect(found.filter((item) => item.check === 'duplicates')).toEqual([
    { check: 'duplicates', count: 1, text: 'rows say the same as another row', rows: [2] },
    {
      check: 'duplicates',
      count: 2,
      text: 'rows have the task, repeat of another row, those counted above among them',
      rows: expect.any(Array),
    },
  ])
})

test('without a column repeat equal rows may be repeats', async () => {
  const found = await reportOf('task,score\na,1\na,1\n', { kind: rate })
  expect(found[0]?.text).toContain('they may be repeats')
})

test('cells of unequal size, and tasks that not all did', async () => {
  const found = await reportOf('agent,task,score\na,x,1\na,x,0\na,y,1\nb,x,0\nb,x,1\n', { kind: rate })
  expect(found.filter((item) => item.check === 'cells').map((item) => item.text)).toEqual([
    'of 3 cells (task × agent) do not have the usual 2 rows: 1 to 2',
    'of 2 tasks lack some of the 2 agents: b lacks 1',
  ])
})

test('a case called sum, marked as the others are, is no total', async () => {
  const content = 'agent,task,score\na,x,1\na,y,0\na,z,0\na,sum,1\nb,x,1\nb,y,0\nb,z,0\nb,sum,0\n'
  expect((await reportOf(content, { kind: rate })).filter((item) => item.check === 'totals')).toEqual([])
})

test('agents that share no task are said to', async () => {
  const content = `agent,task,score\n${lines(20, (i) => `a${i % 2},a${i % 2}-${Math.floor(i / 2)},${i % 3 === 0 ? 1 : 0}`)}`
  const found = (await reportOf(content, { kind: rate })).filter((item) => item.check === 'cells')
  expect(found.map(({ count, text }) => [count, text])).toEqual([
    [20, expect.stringContaining('none of them was done by two agents')],
  ])
})

test('totals that are not their parts, and rows that are totals', async () => {
  const content = 'task,score,input_tokens,output_tokens,total_tokens\na,1,10,5,15\nb,0,10,5,16\ntotal,0.9,20,10,30\n'
  const found = (await reportOf(content, { kind: rate })).filter((item) => item.check === 'totals')
  expect(found.map(({ count, text, rows }) => [count, text, rows])).toEqual([
    [1, 'total_tokens is not input_tokens + output_tokens', [2]],
    [1, expect.stringContaining('its score 0.9 is neither their mean 0.5 nor their sum 1'), [3]],
  ])
})

test('a stated n that the stated error contradicts', async () => {
  // 0.0245 is √(0.4·0.6/400): the error of 400 trials beside an n of 100.
  const found = await reportOf('task,score,n,stderr\na,0.4,100,0.0245\nb,0.5,100,0.05\n', { kind: rate })
  expect(found).toMatchObject([{ check: 'stated-error', count: 1, rows: [1] }])
  expect(found[0]?.text).toContain('about 400 independent trials, 100 are stated')
})

test('statuses that contradict scores', async () => {
  const found = await reportOf('task,score,status\na,1,timeout\nb,0,timeout\nc,1,ok\n', { kind: rate })
  expect(found).toMatchObject([
    { check: 'status', count: 1, rows: [1], text: 'status is "timeout" or the like, yet score is 1' },
    { check: 'status', count: 1, rows: [2], text: expect.stringContaining('rows in error are scored 0') },
  ])
  const first = await reportOf('case,success,queries_to_success\na,0,3\nb,1,2\nc,0,\n', { kind: budget })
  expect(first).toMatchObject([{ check: 'status', count: 1, text: 'queries_to_success is given, yet success is 0' }])
})

test('counts stuck at a cap', async () => {
  const content = `task,score,turns\n${lines(100, (i) => `t${i},0,${i < 30 ? 50 : i % 17}`)}`
  expect(await reportOf(content, { kind: rate })).toMatchObject([
    { check: 'cap', count: 30, text: 'turns is 50, its largest value, in 30 of 100 rows: a limit that was hit?' },
  ])
})

test('blank rows', async () => {
  const found = await reportOf('task,score\na,1\n,\n', { kind: rate })
  expect(found.map(({ check, text }) => [check, text])).toContainEqual(['missing', 'rows are blank'])
})

test('several rows of an agent and task that no column repeat tells apart', async () => {
  const content = `task,score,attack,part\n${lines(6, (i) => `t${i % 3},${i % 2},${i < 3 ? 'none' : 'hard'},p${i}`)}`
  const found = (await reportOf(content, { kind: rate, by: ['attack'] })).filter(({ check }) => check !== 'cells')
  expect(found).toMatchObject([{ check: 'duplicates', count: 3 }])
  expect(found[0]?.text).toBe(
    'rows have the task of another row, and no column repeat says why: read as repeats; attack or part tell them apart (--map repeat=attack if they are repeats; if not, it belongs to the task)',
  )
  expect(await reportOf(content, { kind: rate, map: { repeat: 'part' } })).toEqual([])
})

test('words for nothing are labels as they stand, and are told', async () => {
  const found = await reportOf('task,score,agent,suite\nt0,1,NA,none\nt1,none,b,NaN\n', { kind: rate, by: ['suite'] })
  expect(found.filter(({ check }) => check === 'missing').map(({ text, rows }) => [text, rows])).toEqual([
    ['score is missing', [2]],
    [expect.stringContaining('cells of agent say "NA" or the like, which is read as a label'), [1]],
    [expect.stringContaining('cells of suite say "NaN"'), [2]],
  ])
})
