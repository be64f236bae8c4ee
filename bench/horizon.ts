// The whole horizon study on planted workers: 6 compactions × 6 lengths × 3 budgets × 20 tasks, and how long it takes.
import path from 'node:path'
import { startRun } from '../src/run/index.ts'
import { horizon } from '../src/studies/horizon/index.ts'
import { inChild } from './child.ts'
import { noModel } from './no-model.ts'
import { inScratch } from './scratch.ts'
import type { Measured } from './table.ts'

const GOAL_SECONDS = 60

/** What is asked for. Five families and four repeats are 20 tasks a cell. */
export const WHOLE: Readonly<Record<string, readonly string[]>> = {
  compaction: ['none', 'trim', 'clear', 'summary', 'notes', 'native'],
  length: ['1', '4', '8', '16', '32', '64'],
  budget: ['none', '1m', '128k'],
  window: ['4k'],
}

async function measure(): Promise<Measured> {
  return inScratch(async (folder) => {
    const started = performance.now()
    const end = await startRun(
      {
        study: horizon,
        request: { models: [], set: WHOLE, repeats: 4, seed: 'bench', controls: 'only', sampling: {}, limits: {} },
        run: 'bench',
        folder: path.join(folder, 'bench'),
      },
      { concurrency: 8, durability: 'each-second', version: 'bench' },
      noModel(),
    )
    const seconds = (performance.now() - started) / 1000
    const first = end.reading.controls.find((each) => !each.passed)
    if (end.type !== 'done' || first !== undefined)
      throw new Error(`${end.type}: ${end.why}; ${first?.control} ${first?.measure} ${first?.measured}`)
    const forgetful = end.outcomes.filter(({ agent }) => agent === 'control/forgetful').length
    const turns = end.outcomes.reduce((sum, row) => sum + row.turns, 0)
    return {
      type: 'figures',
      figures: [
        {
          name: `horizon study, ${forgetful.toLocaleString('en-US')} trials of ${end.outcomes.length.toLocaleString('en-US')}`,
          value: seconds,
          unit: 's',
          goal: { type: 'at-most', value: GOAL_SECONDS },
        },
        { name: 'horizon study, turns', value: turns, unit: 'turns' },
        { name: 'horizon study, memory at its highest', value: process.resourceUsage().maxRSS / 1024, unit: 'MB' },
      ],
    }
  })
}

export function horizonStudy(): Promise<Measured> {
  return inChild(import.meta.filename)
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measure()))
