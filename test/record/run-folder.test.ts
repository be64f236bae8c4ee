import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  createRun,
  OpenRun,
  readOutcomes,
  readRun,
  readRunLog,
  redactor,
  RUN_FORMAT,
  runPaths,
  type Outcome,
  type RunRecord,
} from '../../src/record/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const record: RunRecord = {
  format: RUN_FORMAT,
  run: 'toy-1',
  study: 'toy',
  question: 'Does it?',
  createdAt: '2026-01-01T00:00:00.000Z',
  versions: { assay: '0.0.0' },
  design: { repeats: 1 },
  designHash: 'abc',
  request: {},
}

const row: Outcome = {
  trial: '0123456789abcdef',
  agent: 'test/model',
  control: false,
  cell: { size: 'small' },
  task: 'one',
  repeat: 0,
  seed: 's/0',
  status: 'completed',
  stop: 'submitted',
  values: { score: 1 },
  turns: 1,
  usage: {},
  cost: { type: 'unknown', why: 'no price' },
  snapshots: [],
  events: 5,
  times: { startedAt: 1, wallMs: 2, workingMs: 3 },
}

const options = { durability: 'each-second', now: () => 0, redact: (line: string) => line } as const

function made(): string {
  const folder = path.join(temporaryFolder(), 'toy-1')
  createRun(folder, record, (line) => line)
  return folder
}

describe('a run folder', () => {
  test('is made once', () => {
    const folder = made()
    expect(readRun(folder).record).toEqual(record)
    expect(() => createRun(folder, { ...record, designHash: 'other' }, (line) => line)).toThrow(
      expect.objectContaining({ code: 'record/run-exists', exit: 2 }),
    )
    expect(readRun(folder).record.designHash).toBe('abc')
  })

  test('belongs to one writer at a time', async () => {
    const folder = made()
    const first = new OpenRun(folder, options)
    expect(() => new OpenRun(folder, options)).toThrow(
      expect.objectContaining({
        code: 'record/run-in-use',
        exit: 3,
        message: expect.stringContaining(`Process ${process.pid} is working on`),
      }),
    )
    await first.close()
    await new OpenRun(folder, options).close()
    expect(fs.existsSync(path.join(folder, 'lock.pid'))).toBe(false)
  })

  test('keeps whole rows, cuts off a torn one, and gives them to the next opener', async () => {
    const folder = made()
    const first = new OpenRun(folder, options)
    first.addOutcome(row)
    first.addEvent({ type: 'start', at: 0, pid: 1 })
    await first.close()
    const paths = runPaths(folder)
    fs.appendFileSync(paths.outcomes, '{"trial":"fed')
    fs.appendFileSync(paths.log, '{"type":"stop","at":')
    expect(readOutcomes(paths)).toEqual([row])
    const second = new OpenRun(folder, options)
    expect(second.outcomes).toEqual([row])
    expect(second.log).toEqual([{ type: 'start', at: 0, pid: 1 }])
    second.addOutcome({ ...row, trial: 'fedcba9876543210' })
    second.addEvent({ type: 'stop', at: 1, why: 'done' })
    await second.close()
    expect(readOutcomes(paths).map(({ trial }) => trial)).toEqual(['0123456789abcdef', 'fedcba9876543210'])
    expect(readRunLog(paths)).toHaveLength(2)
  })

  test('never cuts off a whole row that it does not understand', () => {
    const folder = made()
    const paths = runPaths(folder)
    fs.writeFileSync(paths.outcomes, '{"trial":"from a later version"}\n')
    expect(() => new OpenRun(folder, options)).toThrow(
      expect.objectContaining({ code: 'record/damaged', exit: 3, message: expect.stringContaining('line 1') }),
    )
    expect(fs.readFileSync(paths.outcomes, 'utf8')).toContain('later version')
    expect(() => new OpenRun(folder, options)).toThrow(expect.objectContaining({ code: 'record/damaged' }))
  })

  test('damaged in the middle of a file names file and line', () => {
    const folder = made()
    const { outcomes } = runPaths(folder)
    fs.writeFileSync(outcomes, `${JSON.stringify(row)}\n{"tr\n${JSON.stringify(row)}\n`)
    expect(() => readOutcomes(runPaths(folder))).toThrow(/outcomes\.jsonl is damaged in line 2/)
  })

  test('writes no secret', async () => {
    const folder = made()
    const open = new OpenRun(folder, { ...options, redact: redactor(new Map([['A_KEY', 'sk-0123456789']])) })
    open.addOutcome({ ...row, stop: 'unauthorized: sk-0123456789 is no key' })
    await open.close()
    expect(readOutcomes(runPaths(folder))[0]?.stop).toBe('unauthorized: [redacted:A_KEY] is no key')
  })

  test.each([
    ['no folder', undefined, 'record/no-run', 2],
    ['no JSON', '{"format":', 'record/damaged', 2],
    ['a newer format', JSON.stringify({ ...record, format: 99 }), 'record/newer-format', 2],
    ['a part missing', JSON.stringify({ ...record, design: undefined }), 'record/damaged', 2],
  ])('with %s says so in one line', (_, text, code, exit) => {
    const folder = path.join(temporaryFolder(), 'toy-1')
    if (text !== undefined) {
      fs.mkdirSync(folder)
      fs.writeFileSync(path.join(folder, 'run.json'), text)
    }
    expect(() => readRun(folder)).toThrow(
      expect.objectContaining({ code, exit, message: expect.not.stringContaining('\n') }),
    )
  })
})
