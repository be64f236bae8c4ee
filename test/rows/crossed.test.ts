import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type Audit, audit } from '../../src/audit/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

async function audited(kind: string, header: string, lines: readonly string[], map = {}): Promise<Audit> {
  const file = path.join(temporaryFolder(), 'rows.csv')
  fs.writeFileSync(file, `${header}\n${lines.join('\n')}\n`)
  return audit(file, { kind, map, version: 'test' })
}

const saidOf = ({ report }: Audit): readonly string[] =>
  report.filter(({ check }) => check === 'crossed').map(({ text }) => text)

const grid = (as: number, bs: number, line: (a: number, b: number) => string): readonly string[] =>
  Array.from({ length: as * bs }, (_, i) => line(i % as, Math.floor(i / as)))

test('user tasks × injections that nobody named are said, with the mapping; once it is made they are not', async () => {
  const lines = grid(8, 6, (a, b) => `u${a}-i${b},${(a * b) % 3 === 0 ? 1 : 0},user_${a},goal ${b}`)
  const header = 'case,success,user_task,injection'
  const found = await audited('budget', header, lines)
  expect(saidOf(found)).toEqual([
    'cases are pairs of 8 user_task and 6 injection, which both repeat: as independent cases the intervals are too narrow. Cluster by both: --map cluster=user_task --map cluster2=injection',
  ])
  const named = await audited('budget', header, lines, { cluster: 'user_task', cluster2: 'injection' })
  expect(saidOf(named)).toEqual([])
  expect(named.findings[0]?.n.clusters).toBe(6)
})

test('so are texts of openings × endings that a monitor scored, by number, some pairs missing', async () => {
  const lines = grid(10, 7, (a, b) => `t${a}.${b},${a % 2},${(a * 7 + b * 3) % 20},${a},${b}`).filter(
    (_, i) => i % 9 !== 4,
  )
  expect(saidOf(await audited('detect', 'case,label,score,opening_id,ending_id', lines))).toHaveLength(1)
})

test('and items of documents × questions that raters labelled', async () => {
  const lines = grid(5, 8, (a, b) =>
    ['r1', 'r2'].map((r, i) => `d${a}q${b},${r},${(a + b + i) % 3 === 0 ? 'yes' : 'no'},doc ${a},q ${b}`).join('\n'),
  )
  expect(saidOf(await audited('agree', 'item,rater,label,document,question', lines))).toHaveLength(1)
})

test.each([
  ['a suite and a difficulty', 'case,success,suite,difficulty', (i: number) => `c${i},${i % 2},s${i % 4},d${i % 3}`],
  ['one long text and a suite', 'case,success,prompt,suite', (i: number) => `c${i},${i % 2},text ${i},s${i % 4}`],
  ['two counts', 'case,success,turns,calls', (i: number) => `c${i},${i % 2},${i % 8},${Math.floor(i / 8)}`],
  [
    'authors who each wrote their own',
    'case,success,author,site',
    (i: number) => `c${i},${i % 2},a${i % 12},s${i % 4}`,
  ],
])('not: %s', async (_, header, line) => {
  const lines = Array.from({ length: 48 }, (__, i) => line(i))
  expect(saidOf(await audited('budget', header, lines))).toEqual([])
})
