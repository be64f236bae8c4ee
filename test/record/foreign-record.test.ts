import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { AssayError } from '../../src/assay-error.ts'
import { allEvents, createRun, Journal, readEvents, readRun, RUN_FORMAT, shallow } from '../../src/record/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { options, smallTrial, start } from './events.ts'

const DEEP = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

async function journalOf(): Promise<string> {
  const file = path.join(temporaryFolder(), 'a.jsonl')
  const journal = new Journal(file, options())
  await smallTrial(journal, async (turn) => `turn ${turn}`)
  await journal.close()
  return file
}

test('an event nested a hundred thousand levels deep is read short, and the others whole', async () => {
  const file = await journalOf()
  const whole = readEvents(file, { from: 0, to: 100 }).events
  const lines = fs.readFileSync(file, 'utf8').split('\n')
  lines[2] = `{"seq":2,"v":1,"at":1,"type":"note","topic":"deep","data":{"a":${DEEP},"b":1}}`
  fs.writeFileSync(file, lines.join('\n'))
  const { events, total } = readEvents(file, { from: 0, to: 100 })
  expect(total).toBe(whole.length)
  expect(events.toSpliced(2, 1)).toEqual(whole.toSpliced(2, 1))
  expect(JSON.stringify(events[2])).toMatch(/\[\["… \(nested more than 100 levels deep\)"\]\].*"b":1/)
})

test('what a model or a provider nested too deep is written short, and replays as it was written', async () => {
  const file = path.join(temporaryFolder(), 'a.jsonl')
  const body = { type: 'note', topic: 'deep', data: JSON.parse(DEEP) } as const
  const first = new Journal(file, options())
  first.record(start)
  const live = first.record(body)
  await first.close()
  const again = new Journal(file, options())
  again.record(start)
  expect(again.record(body)).toEqual(live)
  await again.close()
  expect([...allEvents(file)]).toHaveLength(2)
})

test('what is not too deep is the same value, not a copy', () => {
  const value = { a: [[['b']]] }
  expect(shallow(value)).toBe(value)
})

test.each([
  ['with blanks', (line: string) => line.replace('{"seq":', '{"seq": ').replaceAll(',"', ', "')],
  ['indented', (line: string) => `  ${line.replace('{"seq":', '{ "seq" : ')}`],
])('a journal that another program wrote again %s is read', async (_, again) => {
  const file = await journalOf()
  const whole = readEvents(file, { from: 0, to: 100 })
  const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n')
  fs.writeFileSync(file, `${lines.map(again).join('\n')}\n`)
  expect(readEvents(file, { from: 0, to: 100 })).toEqual(whole)
  expect(readEvents(file, { from: 3, to: 5 }).events).toEqual(whole.events.slice(3, 5))
})

test('one whose lines no longer begin with their number is refused, not empty', async () => {
  const file = await journalOf()
  const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n')
  const moved = lines.map((line) => line.replace(/^\{("seq":\d+),"v":1/, '{"v":1,$1'))
  fs.writeFileSync(file, `${moved.join('\n')}\n`)
  expect(() => readEvents(file, { from: 0, to: 100 })).toThrow(/is not a journal: a line does not begin with/)
})

const record = {
  format: RUN_FORMAT,
  run: 'one',
  study: 'toy',
  question: '?',
  createdAt: '2026-01-01T00:00:00Z',
  versions: {},
  design: {},
  designHash: '',
  request: {},
}

test('a run whose process died before run.json was whole is started again, and nothing is left of it', () => {
  const folder = path.join(temporaryFolder(), 'one')
  fs.mkdirSync(path.join(folder, 'trials'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'run.json.4711.tmp'), '{"format":1,')
  expect(() => readRun(folder)).toThrow(AssayError)
  createRun(folder, record, (line) => line)
  expect(readRun(folder).record.run).toBe('one')
  expect(fs.readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
})
