import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { readOutcomes, runPaths, steadyNow } from '../../src/record/index.ts'
import { resumeRun, startRun } from '../../src/run/index.ts'
import type { Model } from '../../src/model/index.ts'
import { scripted } from '../agent/toys.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { effectsWith, options, price } from './effects.ts'
import { partsFor, promptAndTurn, toyRequest, toyStudy } from './toy-study.ts'

const TWO_DAYS = 2 * 24 * 60 * 60 * 1000

afterEach(() => {
  vi.restoreAllMocks()
})

function twoDaysAgo(): number {
  return steadyNow() - TWO_DAYS
}

/** A model that plays the toy study; `onTurn` sees each turn. */
function toy(onTurn: (turn: number) => void = () => undefined): Model {
  return scripted(
    ({ messages }, asked) => {
      onTurn(asked)
      const { prompt, turn } = promptAndTurn(messages)
      return { parts: partsFor(prompt, turn), usage: { input: 10, output: 2 } }
    },
    { name: 'test/toy', pricing: { type: 'priced', price } },
  )
}

test('a clock that is set back two days in the middle of a run changes no duration, and no limit on time', async () => {
  const folder = path.join(temporaryFolder(), 'toy-1')
  const real = Date.now
  const model = toy((turn) => {
    if (turn === 100) vi.spyOn(Date, 'now').mockImplementation(() => real() - TWO_DAYS)
  })
  const study = toyStudy({ limits: { turns: 40, wallMs: 120_000 } })
  const asked = { study, request: toyRequest(['test/toy']), run: 'toy-1', folder }
  const end = await startRun(
    asked,
    options,
    effectsWith(() => model, { now: steadyNow }),
  )
  expect(end.type).toBe('done')
  expect(Date.now()).toBeLessThan(real() - TWO_DAYS / 2)
  for (const { status, times } of end.outcomes) {
    expect(status).toBe('completed')
    expect(times.wallMs).toBeGreaterThanOrEqual(0)
    expect(times.wallMs).toBeLessThan(60_000)
  }
})

test('trials that are run again after the clock was set back count, and are not run a third time', async () => {
  const folder = path.join(temporaryFolder(), 'toy-1')
  const study = toyStudy()
  const asked = { study, request: toyRequest(['test/toy'], { controls: 'off' }), run: 'toy-1', folder }
  const timing = { sent: 0, lastToken: 1 }
  const outage = scripted(
    () => ({ type: 'failure', kind: 'server-error', message: 'It is down.', status: 503, retries: [], timing }),
    { name: 'test/toy', pricing: { type: 'priced', price } },
  )
  const first = await startRun(
    asked,
    options,
    effectsWith(() => outage, { now: steadyNow }),
  )
  expect(first.type).toBe('unreadable')
  const again = { ...options, retryInvalid: true }
  const stopping = AbortSignal.abort()
  // This process takes the invalid trials back, and dies.
  await resumeRun(
    study,
    folder,
    again,
    effectsWith(() => toy(), { now: steadyNow, stopping }),
  )
  const third = await resumeRun(
    study,
    folder,
    again,
    effectsWith(() => toy(), { now: twoDaysAgo }),
  )
  expect(third.type).toBe('done')
  const rows = readOutcomes(runPaths(folder))
  expect(rows.map(({ status }) => status)).toEqual(third.outcomes.map(() => 'completed'))
  let turns = 0
  const model = toy(() => turns++)
  await resumeRun(
    study,
    folder,
    again,
    effectsWith(() => model, { now: twoDaysAgo }),
  )
  expect(turns).toBe(0)
})

test('nothing that lasts is measured with the wall clock', () => {
  const src = path.join(import.meta.dirname, '..', '..', 'src')
  const WHY: Readonly<Record<string, string>> = {
    'model/effects.ts': 'dates of HTTP',
    'model/serve/serve.ts': 'the field created of a reply',
    'model/local/lock.ts': 'ages of files',
    'rows/database.ts': 'ages of files',
    'cli/brief/check.ts': 'dates of claims',
  }
  const reads = fs
    .globSync('**/*.ts', { cwd: src })
    .filter((file) => /\bDate\.now\b/.test(fs.readFileSync(path.join(src, file), 'utf8')))
  expect(reads.filter((file) => WHY[file.replaceAll(path.sep, '/')] === undefined)).toEqual([])
})
