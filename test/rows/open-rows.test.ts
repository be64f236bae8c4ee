import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { AssayError } from '../../src/assay-error.ts'
import { openRows, type RowOptions, type RowSource } from '../../src/rows/index.ts'
import { AUDIT_KINDS } from '../../src/audit/index.ts'
import { horizon } from '../../src/audit/horizon.ts'
import { pairs } from '../../src/audit/pairs.ts'
import { rate } from '../../src/audit/rate.ts'

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-test-'))
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }))

function file(name: string, content: string | Uint8Array): string {
  const at = path.join(scratch, name)
  fs.writeFileSync(at, content)
  return at
}

async function refusal(at: string, options: RowOptions = { kind: rate }): Promise<readonly [string, string]> {
  try {
    const rows = await openRows(at, options)
    rows.close()
  } catch (cause) {
    if (!(cause instanceof AssayError)) throw cause
    expect(cause.message).not.toContain('\n')
    expect(cause.message).not.toContain(scratch)
    return [cause.code, cause.message]
  }
  throw new Error('it was read')
}

async function scores(at: string, options: RowOptions = { kind: rate }): Promise<readonly unknown[]> {
  const rows = await openRows(at, options)
  try {
    return (await rows.query('select task, score from kept order by "#"')).map((row) => [row['task'], row['score']])
  } finally {
    rows.close()
  }
}

const three = [
  ['a', 1],
  ['b', 0],
  ['c', 0.5],
]

describe('formats', () => {
  test.each([
    ['rows.csv', 'task,score\na,1\nb,0\nc,0.5\n'],
    ['rows.tsv', 'task\tscore\na\t1\nb\t0\nc\t0.5'],
    ['semicolons.csv', 'task;score\na;1\nb;0\nc;0.5\n'],
    ['windows.csv', 'task,score\r\na,1\r\nb,0\r\nc,0.5\r\n'],
    ['old-mac.csv', 'task,score\ra,1\rb,0\rc,0.5\r'],
    ['marked.csv', '\ufefftask,score\na,1\nb,0\nc,0.5\n'],
    ['rows.jsonl', '{"task":"a","score":1}\n{"task":"b","score":false}\n{"task":"c","score":"0.5"}\n'],
    ['rows.json', '[{"task":"a","score":1},{"score":0,"task":"b"},{"task":"c","score":0.5}]'],
    ['lines.json', '{"task":"a","score":1}\n{"task":"b","score":0}\n{"task":"c","score":0.5}\n'],
  ])('%s', async (name, content) => {
    expect(await scores(file(name, content))).toEqual(three)
  })

  test('Parquet', async () => {
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const at = path.join(scratch, 'rows.parquet')
    await connection.run(
      `copy (select * from (values ('a', 1.0), ('b', 0.0), ('c', 0.5)) t(task, score)) to '${at}' (format parquet)`,
    )
    connection.closeSync()
    expect(await scores(at)).toEqual(three)
  })

  test('quotes, delimiters and line ends inside fields', async () => {
    const at = file('quoted.csv', 'task,score,note\n"a,1",1,"two\nlines"\n"say ""b""",0,x\n')
    expect(await scores(at)).toEqual([
      ['a,1', 1],
      ['say "b"', 0],
    ])
  })
})

test('none is a label like any other, and no score', async () => {
  const at = file('none.csv', 'task,score,attack\nnone,none,none\nb,1, \nc,NA,\td\n')
  const rows = await openRows(at, { kind: rate, by: ['attack'] })
  try {
    expect(await rows.query('select task, score, by_0 from kept order by "#"')).toEqual([
      { task: 'none', score: null, by_0: 'none' },
      { task: 'b', score: 1, by_0: '(blank)' },
      { task: 'c', score: null, by_0: 'd' },
    ])
  } finally {
    rows.close()
  }
})

describe('what cannot be read is refused in one line', () => {
  test.each<[string, string | Uint8Array, string, RegExp]>([
    ['empty.csv', '', 'rows/empty', /empty/],
    ['header-only.csv', 'task,score\n', 'rows/empty', /no rows below its header/],
    ['latin.csv', Buffer.from('task,score\na,1\ncaf\u00e9,1\n', 'latin1'), 'rows/encoding', /not UTF-8: see line 3/],
    ['utf16.csv', Buffer.from('\ufefftask,score\na,1\n', 'utf16le'), 'rows/encoding', /UTF-16/],
    ['zeros.csv', Buffer.alloc(100), 'rows/encoding', /zero bytes/],
    [
      'mixed.csv',
      'task,score\r\na,1\nb,0\r\n',
      'rows/mixed-line-ends',
      /2 in CRLF \(first line 1\), 1 in LF \(first line 2\)/,
    ],
    ['open.csv', 'task,score\na,1\n"b,0\nc,1\n', 'rows/open-quote', /opened on line 3/],
    ['twice.csv', 'task,score,task\na,1,b\n', 'rows/header', /two columns are called task/],
    [
      'torn.jsonl',
      '{"task":"a","score":1}\n{"task":',
      'rows/unreadable',
      /^torn\.jsonl, line 2: not a whole JSON object\./,
    ],
    ['none.json', '[]', 'rows/unreadable', /none\.json holds no records: a list of objects is read/],
    ['torn.json', '[{"task":"a","score":1},\n', 'rows/unreadable', /torn\.json is cut off: its list has no end/],
    [
      'percent.csv',
      'task,score\na,85%\nb,90%\n',
      'rows/column-type',
      /in percent: --sql "select \* replace \(trim\(score, '% '\)::double \/ 100 as score\) from rows"/,
    ],
    ['no.parquet', 'PAR1 and nothing else', 'rows/unreadable', /no.parquet/],
    ['ragged.csv', 'task,score\na\nb\n', 'rows/empty', /line 2 has 1 fields, its header 2/],
  ])('%s', async (name, content, code, message) => {
    const [found, said] = await refusal(file(name, content))
    expect([found, said]).toEqual([code, expect.stringMatching(message)])
  })

  test('a file that is not there, and a folder', async () => {
    expect((await refusal('nowhere.csv'))[0]).toBe('rows/no-file')
    await expect(openRows(scratch, { kind: rate })).rejects.toThrow(/is not a file/)
  })

  test('ten gigabytes, without reading them', async () => {
    const at = file('huge.csv', 'task,score\na,1\n')
    fs.truncateSync(at, 10 * 2 ** 30)
    const started = performance.now()
    const [code, said] = await refusal(at)
    expect(code).toBe('rows/too-large')
    expect(said).toMatch(/10\.0 GB/)
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  test('a missing column names what is there and what was perhaps meant', async () => {
    const [code, said] = await refusal(file('other.csv', 'task_id,score\na,1\n'))
    expect(code).toBe('rows/missing-column')
    expect(said).toContain('need task; other.csv has task_id, score. Name it with --map task=task_id')
  })

  test('rows of another kind are told so', async () => {
    const at = file('agree.csv', 'item,rater,label\n1,a,x\n')
    const refused = await refusal(at, { kind: rate, others: AUDIT_KINDS })
    expect(refused[1]).toContain('These columns fit --as agree')
  })

  test('a column of the wrong type', async () => {
    const [code, said] = await refusal(file('type.csv', 'task,score\na,good\nb,bad\n'))
    expect(code).toBe('rows/column-type')
    expect(said).toContain('score should be a number from 0 to 1, and is "good" in the first row')
  })

  test('either of two columns', async () => {
    const at = file('horizon.csv', 'agent,task,score\na,t,1\n')
    expect((await refusal(at, { kind: horizon }))[1]).toContain('need human_minutes or length')
  })

  test('columns that an option names and the table lacks', async () => {
    const at = file('rows.csv', 'task,score\na,1\n')
    expect((await refusal(at, { kind: rate, map: { agent: 'scor' } }))[1]).toContain('did you mean score?')
    expect((await refusal(at, { kind: rate, by: ['model'] }))[0]).toBe('rows/no-column')
    expect((await refusal(at, { kind: rate, recode: { agent: { x: 'y' } } }))[0]).toBe('rows/no-column')
  })
})

describe('SQL', () => {
  const rows = 'id,score,weight\n007,1,2\n008,0,3\n009,1,4\n'

  test('numbers are numbers, names with needless zeros stay names', async () => {
    const at = file('ids.csv', rows)
    expect(await scores(at, { kind: rate, map: { task: 'id' }, where: 'weight > 2' })).toEqual([
      ['008', 0],
      ['009', 1],
    ])
    expect(await scores(at, { kind: rate, sql: "select 'all' as task, avg(score) as score from rows" })).toEqual([
      ['all', expect.closeTo(2 / 3, 12)],
    ])
  })

  test('a condition that no row meets is an error, not a clean report on nothing', async () => {
    const at = file('ids.csv', rows)
    await expect(openRows(at, { kind: rate, map: { task: 'id' }, where: 'weight > 9' })).rejects.toThrow(
      /--where leaves none of the 3 rows of ids\.csv/,
    )
  })

  test('nothing but one select', async () => {
    const at = file('ids.csv', rows)
    const told = async (sql: string): Promise<string> => (await refusal(at, { kind: rate, sql }))[1]
    expect(await told('select 1; drop table source')).toContain('one select')
    expect(await told('drop table source')).toContain('one select')
    expect(await told('selec 1')).toContain('the SQL cannot be read at "selec"')
    expect(await told('select nothing from rows')).toBe('--sql: no column "nothing". Columns: id, score, weight.')
  })

  test('no other file, no network, no setting', async () => {
    const at = file('ids.csv', rows)
    const other = file('secret.csv', 'a\n1\n')
    for (const sql of [
      `select * from read_csv('${other}')`,
      `select * from glob('${scratch}/*')`,
      "select * from 'https://example.org/x.csv'",
    ]) {
      await expect(openRows(at, { kind: rate, sql })).rejects.toThrow(/disabled|does not exist|not found/i)
    }
    await expect(openRows(at, { kind: rate, sql: "copy rows to 'out.csv'" })).rejects.toThrow(AssayError)
    await expect(openRows(at, { kind: rate, sql: 'set lock_configuration = false' })).rejects.toThrow(AssayError)
  })
})

async function all(source: RowSource): Promise<unknown> {
  const { shown, dataHash, counts, checked, query, report, placesOf, close } = await openRows(source, {
    kind: rate,
    by: ['size', 'seen'],
  })
  try {
    const odd = (await report()).map((item) => [item.check, item.count, item.text, placesOf(item.rows)])
    return { shown, dataHash, counts, checked, kept: await query('from kept order by "#"'), odd }
  } finally {
    close()
  }
}

test('rows at hand read as the same rows in a file of JSON lines', async () => {
  const rows = [
    { task: 'a', score: 1, cost: 0.1, size: '2' },
    { task: 'b', score: 0, cost: 3, size: 'NA' },
    { task: 'c', score: null, cost: -1.5, seen: true },
  ]
  const at = file('given.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  expect(await all({ shown: 'given.jsonl', rows })).toEqual(await all(at))
  await expect(openRows({ shown: 'none.jsonl', rows: [] }, { kind: rate })).rejects.toThrow(
    'none.jsonl is empty: there is nothing to audit.',
  )
})

describe('cells that break their kind', () => {
  test('are named by line and column, counted, and never dropped in silence', async () => {
    const at = file('broken.csv', 'task,score,cost\na,1,1\nb,2,1\n,1,1\nc,0,-3\nd,,2\n"e\nf",yes,NaN\ng\nh,-1,x\n')
    const rows = await openRows(at, { kind: rate })
    const { brokenRows, broken } = rows.checked
    expect(brokenRows).toBe(3)
    expect(rows.counts).toEqual({ file: 8, table: 7, kept: 4, leftOut: 0 })
    expect(broken.map(({ column, count, leavesOut }) => [column, count, leavesOut])).toEqual([
      ['task', 1, true],
      ['score', 2, true],
      ['cost', 2, false],
    ])
    const places = broken.map(({ first }) => rows.placesOf(first.map(({ row }) => row)))
    // The field that spans two lines and the line that cannot be read push what follows them down.
    expect(places).toEqual([['line 4'], ['line 3', 'line 10'], ['line 5', 'line 10']])
    const report = await rows.report()
    expect(report.map(({ check, count }) => [check, count])).toEqual(
      expect.arrayContaining([
        ['unreadable', 1],
        ['impossible', 1],
        ['impossible', 2],
        ['missing', 1],
      ]),
    )
    expect(report.find((item) => item.check === 'unreadable')?.text).toContain('line 9 has 1')
    rows.close()
  })

  test('lengths need a unit, and a day is none', async () => {
    const at = file(
      'lengths.csv',
      'agent,task,score,length\na,t1,1,90 s\na,t2,1,2h\na,t3,0,15min\na,t4,0,15\na,t5,0,1 day\n',
    )
    const rows = await openRows(at, { kind: horizon })
    const found = await rows.query('select length from kept order by "#"')
    expect(found.map((row) => row['length'])).toEqual([1.5, 120, 15, null, null])
    expect(rows.checked.broken).toMatchObject([{ column: 'length', count: 2 }])
    rows.close()
  })

  test('recoding translates values, and numbers however they are written', async () => {
    const at = file('verdicts.csv', 'pair,v\n1,0\n2,1.0\n3,2\n4,7\n')
    const rows = await openRows(at, {
      kind: pairs,
      map: { verdict: 'v' },
      recode: { verdict: { '0': 'tie', '1': 'left', '2': 'right' } },
    })
    expect((await rows.query('select verdict from kept order by "#"')).map((row) => row['verdict'])).toEqual([
      'tie',
      'left',
      'right',
    ])
    expect((await rows.report()).map(({ check, text }) => [check, text])).toEqual([
      ['no-verdict', 'verdict is not left, right or tie: "7"; left out of the findings'],
    ])
    rows.close()
  })
})
