import path from 'node:path'
import { expect, test } from 'vitest'
import { Journal, type EventBody, type JsonObject } from '../../src/record/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { options, start } from './events.ts'

interface Grade {
  readonly values: JsonObject
  readonly explanation?: string
}

function graded(grade: Grade): EventBody {
  return { type: 'grade', grader: 'measure of toy', ...grade }
}

/** Writes a grade, and replays it by a study that grades otherwise. */
async function replayed(was: Grade, now: Grade, later: readonly string[] = []): Promise<'same' | 'diverged'> {
  const file = path.join(temporaryFolder(), 'a.jsonl')
  const first = new Journal(file, options())
  first.record(start)
  first.record(graded(was))
  await first.close()
  const again = new Journal(file, options({ later }))
  again.record(start)
  try {
    again.record(graded(now))
    return 'same'
  } catch (cause) {
    expect(cause).toMatchObject({ code: 'record/diverged' })
    return 'diverged'
  } finally {
    await again.close()
  }
}

test.each<[what: string, was: Grade, now: Grade, later: readonly string[]]>([
  ['a measure that came later', { values: { total: 1 } }, { values: { total: 1, adds: 2 } }, ['adds']],
  ['an explanation that came later', { values: { total: 1 } }, { values: { total: 1 }, explanation: 'why' }, []],
  ['what an earlier resume measured', { values: { total: 1, adds: 2 } }, { values: { total: 1, adds: 2 } }, ['adds']],
])('a grade with %s goes on', async (_what, was, now, later) => {
  expect(await replayed(was, now, later)).toBe('same')
})

test.each<[what: string, was: Grade, now: Grade, later: readonly string[]]>([
  ['another value of a known measure', { values: { total: 1 } }, { values: { total: 2 } }, []],
  ['another value next to a later one', { values: { total: 1 } }, { values: { total: 2, adds: 2 } }, ['adds']],
  ['a value that a known measure lacked', { values: { total: 1 } }, { values: { total: 1, extra: 0 } }, ['adds']],
  ['no value of a known measure', { values: { total: 1, adds: 2 } }, { values: { total: 1 } }, []],
  ['another value from an earlier resume', { values: { adds: 2 } }, { values: { adds: 3 } }, ['adds']],
  ['another explanation', { values: {}, explanation: 'a' }, { values: {}, explanation: 'b' }, []],
  ['an explanation lost', { values: {}, explanation: 'a' }, { values: {} }, []],
])('a grade with %s diverges', async (_what, was, now, later) => {
  expect(await replayed(was, now, later)).toBe('diverged')
})
