import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { AUDIT_KINDS } from '../../src/audit/index.ts'
import { run } from '../../src/cli/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

afterEach(() => void vi.restoreAllMocks())

/** What a command answers and writes. */
async function assay(
  ...argv: readonly string[]
): Promise<{ readonly answer: number; readonly out: string; readonly said: string }> {
  let [out, said] = ['', '']
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true))
  const answer = await run(argv)
  vi.restoreAllMocks()
  return { answer, out, said }
}

const TAU = ['audit', 'test/data/tau-bench/rows.csv', '--map', 'task=task_id', '--map', 'score=reward'] as const

test('--json gives one document on stdout; --figure draws', async () => {
  const figure = path.join(temporaryFolder(), 'f.svg')
  const { answer, out } = await assay(...TAU, '--as', 'rate', '--json', '--figure', figure, '--published', 'rate=0.25')
  expect(answer).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ kind: 'rate', counts: { kept: 80 }, published: [{ agrees: true }] })
  expect(fs.readFileSync(figure, 'utf8')).toMatch(/^<svg[\s\S]*<\/svg>\s*$/)
})

test('a curve is drawn where the kind has one', async () => {
  const figure = path.join(temporaryFolder(), 'f.svg')
  const sql = 'select behavior_index as "case", jailbroken as success, number_of_queries as spend from rows'
  await assay('audit', 'test/data/jailbreakbench/rows.csv', '--as', 'budget', '--sql', sql, '--figure', figure)
  expect(fs.readFileSync(figure, 'utf8')).toContain('share of attacks that have not succeeded')
})

test('rows that cannot be read are told before any number, where they are many', async () => {
  const rows = path.join(temporaryFolder(), 'rows.csv')
  fs.writeFileSync(rows, 'task,score\na,1\nb,-2\nc,-3\n')
  const { answer, out } = await assay('audit', rows, '--as', 'rate')
  expect(answer).toBe(0)
  expect(out.indexOf('2 rows could not be read as rate and are left out')).toBeLessThan(out.indexOf('100.0%'))
  fs.writeFileSync(rows, 'task,score\na,1\nb,-2\n')
  expect((await assay('audit', rows, '--as', 'rate')).out).toContain('1 row could not be read as rate and is left out')
  expect((await assay(...TAU, '--as', 'rate')).out).not.toContain('could not be read')
})

test.each([
  [['--as', 'rates'], /did you mean rate\?/],
  [['--as', 'rate', '--published', 'accuracy=1'], /no finding has that name/],
  [['--as', 'rate', '--published', 'rate=42.5'], /rate=42\.5: it is a share, so write 42\.5% or 0\.425/],
  [['--as', 'rate', '--published', 'rate=$1'], /it is not money/],
  [['--as', 'rate', '--map', 'task'], /write ours=theirs/],
  [['--as', 'rate', '--recode', 'task'], /write column:value=new/],
  [['--as', 'rate', '--where', 'nothing > 1'], /nothing/],
  [['--as', 'agree'], /need item, rater, label/],
  [['--as', 'rate', '--map', 'task=trial'], /--map names task twice: one column can be task/],
  [
    ['--as', 'rate', '--recode', 'reward:1=yes'],
    /reward is not a column of kind rate; recode score, which it was mapped to/,
  ],
  [['--as', 'rate', '--recode', 'n_messages:1=2'], /n_messages is not a column of kind rate; map it first/],
  [['--as', 'rate', '--by', ' , '], /--by names no column/],
  [['--as', 'rate', '--figure', 'x.png'], /name a file that ends in \.svg, as x\.svg, not x\.png/],
  [['--as', 'rate', '--figure', 'nowhere/x.svg'], /Cannot write nowhere\/x\.svg: its folder does not exist/],
  [['--as', 'rate', '--figure', 'package.json/x.svg'], /package\.json is a file, not a folder/],
  [[], /--as/],
])('%s is refused with one line and exit code 2', async (options, message) => {
  const { answer, out, said } = await assay(...TAU, ...options)
  expect([answer, out]).toEqual([2, ''])
  expect(said.trim().split('\n')).toEqual([expect.stringMatching(message)])
})

test('--help names every kind with its columns, and a kind that is none is answered with those there are', async () => {
  const { answer, out } = await assay('audit', '--help')
  expect(answer).toBe(0)
  for (const { name, columns } of AUDIT_KINDS) {
    const line = out.split('\n').find((each) => each.startsWith(`  ${name} `)) ?? ''
    expect(columns.filter((column) => !line.includes(column.name))).toEqual([])
  }
  const wrong = await assay('audit', 'test/data/tau-bench/rows.csv', '--as', 'something')
  expect(wrong.said).toContain(AUDIT_KINDS.map(({ name }) => name).join(', '))
  expect((await assay('audit', 'test/data/tau-bench/rows.csv', '--as', 'layer')).said).toContain('did you mean layers?')
})

test('--by prints a row for each group, fits the terminal, and its level names all rows of an agent', async () => {
  const rows = path.join(temporaryFolder(), 'rows.csv')
  const lines = Array.from({ length: 40 }, (_, at) =>
    ['openai/a', 'b'].map((agent) => `t${at},${agent},${at % 3 === 0 ? 1 : 0},topic ${at % 4},0.0${1 + (at % 7)}`),
  )
  fs.writeFileSync(rows, `task,agent,score,topic,cost\n${lines.flat().join('\n')}\n`)
  const figure = path.join(temporaryFolder(), 'f.svg')
  const published = ['--published', 'rate@openai/a=35%', '--published', 'rate@topic 0/openai/a=40%']
  const { answer, out, said } = await assay(
    'audit',
    rows,
    '--as',
    'rate',
    '--by',
    'topic',
    ...published,
    '--figure',
    figure,
  )
  expect(answer).toBe(0)
  expect(out.match(/agrees/g)).toHaveLength(2)
  const table = out.split('By topic, openai/a  95% intervals\n')[1] ?? ''
  expect(table).toMatch(/^ {2}topic +rate .*\n {2}topic 0 +40\.0% \(.* to .*\).* 10 trials, 10 clusters\n {2}topic 1 /)
  expect(out.split('\n').filter((line) => line.startsWith('By topic'))).toEqual([
    'By topic, openai/a  95% intervals',
    'By topic, b  95% intervals',
    'By topic  95% intervals',
  ])
  expect(said).toMatch(/f\.svg shows rate alone\. Not in it: cost per success, /)
})
