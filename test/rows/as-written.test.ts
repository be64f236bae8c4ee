import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { AssayError } from '../../src/assay-error.ts'
import { type Audit, audit, type AuditOptions, readPublished } from '../../src/audit/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const cases = path.join(import.meta.dirname, '..', 'cases')

async function audited(file: string, kind: string, more: Partial<AuditOptions> = {}): Promise<Audit> {
  return audit(file, { kind, version: 'test', ...more })
}

/** One line that is ours: no library's words, no path. */
async function refusal(file: string, kind = 'rate', more: Partial<AuditOptions> = {}): Promise<string> {
  try {
    await audited(file, kind, more)
  } catch (cause) {
    if (!(cause instanceof AssayError)) throw cause
    expect(cause.message).not.toMatch(/\n|Error:|DuckDB said|read_csv|read_json|duckdb_/i)
    expect(cause.message.length).toBeLessThan(600)
    expect(cause.exit).toBe(2)
    return cause.message
  }
  throw new Error(`${file} was read`)
}

function written(name: string, content: string | Uint8Array): string {
  const file = path.join(temporaryFolder(), name)
  fs.writeFileSync(file, content)
  return file
}

const value = (made: Audit, quantity: string): number | undefined =>
  made.findings.find((each) => each.quantity === quantity)?.estimate.value

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** A line whose cell is nested so many levels. */
const deep = (levels: number): string =>
  `{"task":"a","score":1}\n{"task":"b","score":0,"x":${'['.repeat(levels)}${']'.repeat(levels)}}\n`

/** A table of so many columns and rows. */
const wide = (columns: number, rows: number): string => {
  const names = Array.from({ length: columns - 2 }, (_, i) => `c${i}`)
  const row = (r: number): string =>
    [`t${r}`, r % 3 === 0 ? 0 : 1, ...names.map((_, c) => (r * 31 + c * 17) % 997)].join(',')
  return `${['task', 'score', ...names].join(',')}\n${Array.from({ length: rows }, (_, r) => row(r)).join('\n')}\n`
}

describe('cases', () => {
  test('B12: dates with the month first are refused, in lines as in CSV', async () => {
    for (const name of ['B12-us-dates.csv', 'B12-us-dates.jsonl'])
      expect(await refusal(path.join(cases, name), 'lead')).toContain(
        'date should be a date as 2026-01-31, and is "01-04-2025"',
      )
    const made = await audited(path.join(cases, 'B12-iso-dates.jsonl'), 'lead')
    expect(value(made, 'lead')).toBe(92)
    expect(value(made, 'trend')).toBeCloseTo(0.049, 3)
    const sql =
      "select * replace (strptime(date, '%m-%d-%Y') as date, strptime(model_release, '%m-%d-%Y') as model_release) from rows"
    expect(value(await audited(path.join(cases, 'B12-us-dates.jsonl'), 'lead', { sql }), 'lead')).toBe(92)
  })

  test('B13: neighbours of 2^53 stay two', async () => {
    for (const name of ['B13-long-ids.jsonl', 'B13-long-ids.csv']) {
      const made = await audited(path.join(cases, name), 'rate')
      expect(made.findings.map((each) => [each.quantity, each.n.clusters])).toEqual([['rate', 3]])
      // SQL makes numbers of columns, and must not merge them either.
      const typed = await audited(path.join(cases, name), 'rate', { sql: 'select * from rows where task is not null' })
      expect(typed.findings[0]?.n.clusters).toBe(3)
    }
  })

  test('B14: errors scored 0 are told, and explain the number without them', async () => {
    const made = await audited(path.join(cases, 'B14-errors.csv'), 'rate', {
      published: readPublished(['rate=100%', 'rate=43.2%']),
    })
    expect(made.report).toMatchObject([{ check: 'status', count: 8, where: ['line 2', 'line 3', 'line 4'] }])
    expect(made.report[0]?.text).toContain('rows in error are scored 0')
    expect(made.published[0]?.explainedBy[0]?.policy).toBe('errors and timeouts left out, and all trials pooled')
    expect(made.published.map(({ noCountOf }) => noCountOf)).toEqual([undefined, 10])
  })

  test('B15: dollars are read, and what is unknown is not $0', async () => {
    const made = await audited(path.join(cases, 'B15-costs.csv'), 'rate')
    expect(value(made, 'cost per success')).toBe(150)
    const tokens = made.findings.find((each) => each.quantity === 'tokens per success')
    expect(tokens?.estimate.type).toBe('not-estimable')
    expect(made.report[0]?.text).toContain("regexp_replace(tokens, '[^0-9.]', '', 'g')")
  })

  test('B16, B20, B22, B23, B24', async () => {
    expect(await refusal(path.join(cases, 'B16-two-cases.csv'))).toBe(
      'B16-two-cases.csv: columns Score and score differ in case alone; rename one in its first line.',
    )
    expect((await audited(path.join(cases, 'B20-bom.jsonl'), 'rate')).findings[0]).toMatchObject({
      estimate: { value: 0.5 },
      n: { trials: 2 },
    })
    expect(await refusal(path.join(cases, 'B22-title-line.csv'))).toMatch(
      /line 1 looks like a title; the header is in line 3/,
    )
    const prices = await audited(path.join(cases, 'B23-prices.csv'), 'earnings')
    expect([value(prices, 'offered'), value(prices, 'earned')]).toEqual([275_000, 125_000])
    expect((await audited(path.join(cases, 'B24-no-error.csv'), 'rate')).report).toEqual([])
  })
})

describe('JSON lines read as the same rows in CSV', () => {
  test.each([
    ['times', ['9:00', '09:00']],
    ['UUIDs', ['0A8E5F2C-5B1D-4C1E-9F55-1D2F3C4B5A69', '0a8e5f2c-5b1d-4c1e-9f55-1d2f3c4b5a69']],
    ['dates', ['2025-01-04', '2025-01-04 00:00:00']],
    ['needless zeros', ['007', '7']],
    ['flags', ['true', 'True']],
    ['nulls in quotes', ['null', 'NULL']],
    ['long numbers', ['123456789012345678901', '123456789012345678902']],
    ['blanks inside', ['a b', 'a  b']],
  ])('%s', async (_, ids) => {
    const csv = written('rows.csv', `task,score\n${ids.map((id, i) => `${id},${i}`).join('\n')}\n`)
    const jsonl = written('rows.jsonl', lines(ids.map((task, i) => ({ task, score: i }))))
    const array = written('rows.json', JSON.stringify(ids.map((task, i) => ({ task, score: i }))))
    for (const file of [csv, jsonl, array]) {
      const made = await audited(file, 'rate')
      expect(made.findings[0]?.n.clusters).toBe(2)
      expect((await audited(file, 'rate', { where: 'score >= 0' })).findings[0]?.n.clusters).toBe(2)
    }
  })

  test('numbers beyond 2^53, fractions, flags and nothing', async () => {
    const content =
      '{"task":9007199254740993,"score":1}\n{"task":9007199254740992,"score":false}\n{"task":2.5,"score":null}\n{"task":"x","score":"0.5","more":{"a":[1]}}\n'
    const made = await audited(written('rows.jsonl', content), 'rate')
    expect(made.findings[0]).toMatchObject({ estimate: { value: 0.5 }, n: { trials: 3, clusters: 3, missing: 1 } })
  })
})

describe('files that are no plain tables', () => {
  test.each<[name: string, content: string, said: RegExp]>([
    ['title.csv', 'Results of run 5\ntask,score\na,1\nb,0\n', /line 1 looks like a title; the header is in line 2/],
    ['two.tsv', 'Results, all agents\n(draft)\n\ntask\tagent\tscore\na\tx\t1\nb\tx\t0\n', /the header is in line 4/],
    [
      'sheet.csv',
      'Results,,\n,,\ntask,agent,score\na,m,1\nb,m,0\n',
      /line 1 looks like a title; the header is in line 3/,
    ],
    ['excel.csv', 'sep=;\ntask;score\na;1\nb;0\n', /the header is in line 2/],
    ['note.csv', '# made by a script\ntask,score\na,1\nb,0\n', /the header is in line 2/],
    ['case.jsonl', '{"task":"a","Score":1}\n{"task":"b","score":0}\n', /columns Score and score differ in case alone/],
    [
      'twice.jsonl',
      '{"task":"a","score":1}\n{"task":"b","score":0,"score":1}\n',
      /line 2: an object has "score" twice/,
    ],
    ['three.jsonl', '{"task":"a","score":1}\n3\n', /^three.jsonl, line 2: not a whole JSON object/],
    ['none.jsonl', '[]\n', /line 1: not a whole JSON object/],
    ['pretty.json', '{\n  "task": "a",\n  "score": 1\n}\n', /line 1: not a whole JSON object/],
  ])('%s', async (name, content, said) => {
    expect(await refusal(written(name, content))).toMatch(said)
  })

  test('a title is told from a header that lacks the name of its first column', async () => {
    expect(await refusal(written('r.csv', 'task,score\n1,a,1\n2,b,0\n3,c,1\n'))).toMatch(
      /line 2 has 3 fields, its header 2/,
    )
  })

  test('cells nested too deep, before the database sees them', async () => {
    const before = new Set(fs.readdirSync(os.tmpdir()).filter((each) => each.startsWith('assay-rows-')))
    for (const levels of [1_000, 20_000, 200_000])
      expect(await refusal(written('deep.jsonl', deep(levels)))).toBe(
        'deep.jsonl, line 2: nested more than 100 levels deep. Leave that column out.',
      )
    expect((await audited(written('deep.jsonl', deep(90)), 'rate')).counts.kept).toBe(2)
    const brackets = `{"task":"${'['.repeat(500)}\\"","score":1}\n{"task":"b","score":0}\n`
    expect((await audited(written('text.jsonl', brackets), 'rate')).counts.kept).toBe(2)
    const left = fs
      .readdirSync(os.tmpdir())
      .filter((each) => each.startsWith(`assay-rows-${process.pid}-`) && !before.has(each))
    expect(left).toEqual([])
  })

  test('links are not followed and pipes not waited for', async () => {
    const file = written('rows.csv', 'task,score\na,1\n')
    const folder = path.dirname(file)
    fs.symlinkSync('rows.csv', path.join(folder, 'link.csv'))
    execFileSync('sh', ['-c', 'mkfifo "$0"', path.join(folder, 'pipe.csv')])
    expect(await refusal(path.join(folder, 'link.csv'))).toMatch(
      /link\.csv is a link, and links are not followed\. Name rows\.csv\./,
    )
    expect(await refusal(path.join(folder, 'pipe.csv'))).toMatch(/pipe\.csv is not a file/)
  })

  test('a name that is a pattern is a name', async () => {
    const file = written('rows[1]*.csv', 'task,score\na,1\n')
    fs.writeFileSync(path.join(path.dirname(file), 'rows1.csv'), 'task,score\nb,0\nc,0\n')
    expect((await audited(file, 'rate')).counts.kept).toBe(1)
    const jsonl = written('rows?.jsonl', '{"task":"a","score":1}\n')
    expect((await audited(jsonl, 'rate')).counts.kept).toBe(1)
  })
})

describe('wide tables', () => {
  test('columns that nothing names are not looked at, and that is said', async () => {
    const made = await audited(written('rows.csv', wide(300, 30)), 'rate')
    expect(made.findings[0]?.estimate.value).toBeCloseTo(2 / 3, 12)
    expect(made.report).toMatchObject([
      { check: 'limit', count: 236, text: expect.stringContaining('of 300 columns were not looked at') },
    ])
  })

  test('what an option names is there, wherever it stands', async () => {
    const file = written('rows.csv', wide(300, 30))
    expect((await audited(file, 'rate', { map: { cost: 'c290' }, by: ['c295'] })).counts.kept).toBe(30)
    const part = await audited(file, 'rate', { where: 'c296 > 500' })
    expect(part.counts.leftOut).toBeGreaterThan(0)
    const sql = 'select task, score, c280 + c281 as tokens from rows'
    expect(value(await audited(file, 'rate', { sql }), 'tokens per success')).toBeGreaterThan(0)
    // Such a statement means every column.
    const all = 'select distinct * from rows'
    const narrower = written('all.csv', wide(100, 20))
    expect((await audited(narrower, 'rate', { sql: all, map: { tokens: 'c97' } })).counts.table).toBe(20)
    const twice = written('twice.csv', `${wide(100, 20)}${wide(100, 20).split('\n').slice(1).join('\n')}`)
    expect((await audited(twice, 'rate')).report[0]).toMatchObject({ check: 'duplicates', count: 20 })
  })

  test('no line names a hundred thousand columns', async () => {
    const many = written(
      'rows.csv',
      `${Array.from({ length: 15_000 }, (_, i) => `column_${i}`).join(',')}\n${'1,'.repeat(14_999)}1\n`,
    )
    expect(await refusal(many)).toMatch(/column_0, column_1, .* and 14,988 more/)
    const more = written('more.csv', `${Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',')}\n`)
    expect(await refusal(more)).toMatch(/has 100,000 columns and audits read at most 20,000/)
  })
})

describe('SQL that cannot be carried out is told in our words', () => {
  test.each<[string, RegExp]>([
    ['select nope from rows', /^--sql: no column "nope"\. Columns: task, score\.$/],
    ['select rows.scor from rows', /^--sql: no column "scor"\. Did you mean "score"\?$/],
    ['select * exclude (zz) from rows', /^--sql: no column "zz"/],
    ['select * from table_of_mine', /^--sql: no table "table_of_mine"\. The only table is rows/],
    ['select tab.task from rows', /^--sql: no table "tab"/],
    ['select shout(task) from rows', /^--sql: no function "shout"/],
    ['select task, count(*) from rows', /^--sql: column "task" is neither grouped nor summed up/],
    ['select sum(task) from rows', /^--sql: .*text\. Cast it/],
    ['select * from rows where task > 2', /^--sql: text is compared with a number/],
    ['select task::int as task, score from rows', /^--sql: "a" cannot be cast/],
    ['select * from rows where', /^--sql: the SQL ends too early/],
    ["select 'a", /^--sql: the SQL ends inside quotes/],
    ['select case from rows', /^--sql: the SQL cannot be read at "from"/],
    ['select *, score / 2 as score from rows', /^--sql: two columns are called score; rename one in the select/],
    ['select *, 1 as Score from rows', /^--sql: columns score and Score differ in case alone/],
    ["select * from read_csv('/etc/passwd')", /^--sql: it may read nothing but the table rows/],
    ['select a.task from rows a, rows b where task = 1', /^--sql: "task" may be of either table/],
    ['values (1), (1, 2)', /^--sql: the SQL cannot be carried out/],
  ])('%s', async (sql, said) => {
    expect(await refusal(written('rows.csv', 'task,score\na,1\nb,0\n'), 'rate', { sql })).toMatch(said)
  })

  test('--where', async () => {
    const file = written('rows.csv', 'task,score\na,1\nb,0\n')
    expect(await refusal(file, 'rate', { where: 'nope > 1' })).toBe('--where: no column "nope". Columns: task, score.')
    expect(await refusal(file, 'rate', { where: 'count(*) > 1' })).toMatch(/^--where: a condition cannot hold count/)
  })
})

test('rows in the report stand in the order of the file', async () => {
  const rows = Array.from({ length: 2_000 }, (_, i) => `t${i % 1_000},1,${i % 2}`)
  const made = await audited(written('rows.csv', `task,repeat,score\n${rows.join('\n')}\n`), 'rate')
  expect(made.report[0]).toMatchObject({ check: 'duplicates', where: ['line 1002', 'line 1003', 'line 1004'] })
})
