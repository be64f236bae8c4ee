import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openModel } from '../../../src/model/index.ts'
import type { Outcome } from '../../../src/record/index.ts'
import { startRun } from '../../../src/run/index.ts'
import { horizon } from '../../../src/studies/horizon/index.ts'
import { bubblewrap } from '../../../src/world/index.ts'
import { effectsWith, options } from '../../run/effects.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { scriptWriter } from './script-writer.ts'

let server: Awaited<ReturnType<typeof scriptWriter>>
beforeAll(async () => {
  server = await scriptWriter()
})
afterAll(() => server.close())

async function played(tools: string, length: readonly string[]): Promise<readonly Outcome[]> {
  const model = await openModel(server.model)
  const { outcomes } = await startRun(
    {
      study: horizon,
      request: {
        models: [server.model],
        set: { tools: [tools], length, family: ['references', 'ledgers', 'configurations', 'logs', 'form'] },
        repeats: 1,
        seed: 'script writer',
        controls: 'off',
        sampling: {},
        limits: {},
      },
      run: 'scripts',
      folder: path.join(temporaryFolder(), 'run'),
    },
    options,
    effectsWith(() => model),
  )
  return outcomes
}

/** Means over trials of one length. */
function means(outcomes: readonly Outcome[], length: string): { solved: number; calls: number; tokens: number } {
  const own = outcomes.filter(({ cell }) => cell['length'] === length)
  const mean = (of: (row: Outcome) => number): number => own.reduce((sum, row) => sum + of(row), 0) / own.length
  return {
    solved: mean(({ values }) => Number(values['success'])),
    calls: mean(({ turns }) => turns),
    tokens: mean(({ usage }) => (usage.input ?? 0) + (usage.output ?? 0)),
  }
}

test('with the tools for files alone, what an agent spends grows with the length, and its window ends it', async () => {
  const outcomes = await played('files', ['16', '64', '1024'])
  const [short, long, longest] = ['16', '64', '1024'].map((length) => means(outcomes, length))
  expect([short?.solved, long?.solved]).toEqual([1, 1])
  expect(long?.tokens).toBeGreaterThan(2 * (short?.tokens ?? Infinity))
  expect(longest?.solved).toBeLessThan(0.5)
  expect(outcomes.filter(({ cell, stop }) => cell['length'] === '1024' && stop === 'context')).toHaveLength(5)
})

const ready = bubblewrap.ready()
test.skipIf(ready.type === 'unavailable')(
  `with a shell one script does a task of any length at one cost ${ready.type === 'unavailable' ? ready.why : ''}`,
  async () => {
    const outcomes = await played('shell', ['16', '1024'])
    const [short, long] = ['16', '1024'].map((length) => means(outcomes, length))
    expect([short?.solved, long?.solved, short?.calls, long?.calls]).toEqual([1, 1, 3, 3])
    expect(long?.tokens).toBeLessThan(1.2 * (short?.tokens ?? 0))
  },
)
