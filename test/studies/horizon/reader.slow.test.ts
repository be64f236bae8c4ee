import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openModel } from '../../../src/model/index.ts'
import type { Outcome } from '../../../src/record/index.ts'
import { startRun, type RunEnd } from '../../../src/run/index.ts'
import { horizon } from '../../../src/studies/horizon/index.ts'
import { workOf, workScaffold } from '../../../src/studies/work/index.ts'
import { endpoint } from '../../model/endpoint.ts'
import { effectsWith, options } from '../../run/effects.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { finishes } from './account.ts'
import { reader } from './reader.ts'

const FAMILIES = ['circulars', 'accounts', 'handover'] as const
const LENGTHS = [8, 64]
const REPEATS = 2
const tasks = FAMILIES.flatMap((family) =>
  LENGTHS.flatMap((steps) => Array.from({ length: REPEATS }, (_, repeat) => workOf(family, steps, `read/${repeat}`))),
)
const agent = await endpoint(reader(tasks))
afterAll(() => agent.close())

async function run(set: Readonly<Record<string, readonly string[]>>): Promise<RunEnd> {
  const model = await openModel(agent.model, { env: {} })
  const end = await startRun(
    {
      study: horizon,
      request: {
        models: [agent.model],
        set: { family: FAMILIES, length: LENGTHS.map(String), ...set },
        repeats: REPEATS,
        seed: 'read',
        controls: 'off',
        sampling: { maxOutputTokens: 500 },
        limits: {},
      },
      run: 'read',
      folder: path.join(temporaryFolder(), 'read'),
    },
    options,
    effectsWith(() => model),
  )
  expect(end.outcomes.filter(({ status }) => status === 'invalid')).toEqual([])
  return end
}

function won(rows: readonly Outcome[], level: Readonly<Record<string, string>>): number {
  return rows.filter(
    ({ cell, values }) =>
      values['success'] === 1 && Object.entries(level).every(([name, value]) => cell[name] === value),
  ).length
}

test('an agent that knows only what it is sent loses under each compaction what an account of its own says', async () => {
  const strategies = ['none', 'trim', 'clear', 'summary', 'notes'] as const
  const { outcomes, reading } = await run({ window: ['4k'], compaction: strategies })
  for (const { cell, seed, values } of outcomes) {
    const strategy = strategies.find((each) => each === cell['compaction']) ?? 'none'
    const family = FAMILIES.find((each) => each === cell['family']) ?? 'circulars'
    const work = workOf(family, Number(cell['length']), seed)
    const { system } = workScaffold('plain', strategy, { tools: 'files', template: 'chat', window: 4_000 })
    const expected = (await finishes(work, system, strategy, 4_000)) ? 1 : 0
    expect([work.id, strategy, values['success']]).toEqual([work.id, strategy, expected])
  }
  const [none = 0, trim = 0, clear, summary, notes] = strategies.map((compaction) => won(outcomes, { compaction }))
  expect([none, trim, clear, summary, notes]).toEqual([6, 9, 6, 12, 12])
  // What each gains over none is read as it is.
  for (const [to, gain] of [
    ['summary', 12 - none],
    ['trim', trim - none],
  ] as const) {
    const effect = reading.findings.find(({ quantity }) => quantity === `difference(success: compaction none → ${to})`)
    expect(effect?.estimate.value).toBeCloseTo(gain / 12, 9)
  }
})

test('its window and its budget end what does not fit, and nothing else', async () => {
  const wide = await run({ window: ['4k', '16k'] })
  expect(won(wide.outcomes, { window: '16k' })).toBe(12)
  expect(won(wide.outcomes, { window: '4k', length: '8' })).toBe(6)
  expect(won(wide.outcomes, { window: '4k', length: '64' })).toBe(0)
  const spent = wide.outcomes
    .filter(({ cell }) => cell['window'] === '16k')
    .map(({ cell, task, usage }) => ({ ...cell, task, tokens: (usage.input ?? 0) + (usage.output ?? 0) }))
  const tight = await run({ window: ['16k'], budget: ['64k', '4m'] })
  expect(won(tight.outcomes, { budget: '4m' })).toBe(12)
  for (const { task, cell, values } of tight.outcomes.filter(({ cell }) => cell['budget'] === '64k')) {
    const needed = spent.find((each) => each.task === task)?.tokens ?? 0
    expect([task, cell['budget'], values['success']]).toEqual([task, '64k', needed < 64_000 ? 1 : 0])
  }
  expect(won(tight.outcomes, { budget: '64k' })).toBeGreaterThan(0)
  expect(won(tight.outcomes, { budget: '64k' })).toBeLessThan(12)
})
