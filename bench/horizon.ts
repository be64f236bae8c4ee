// The whole horizon study on scripted workers: 6 compactions × 6 lengths × 3 budgets × 20 tasks, and how long it takes.
import { horizon } from '../src/studies/horizon/index.ts'
import { inChild } from './child.ts'
import type { Measured } from './table.ts'
import { timedRun } from './timed-run.ts'

const GOAL_SECONDS = 60

/** What is asked for. Five families and four repeats are 20 tasks a cell. */
export const WHOLE: Readonly<Record<string, readonly string[]>> = {
  compaction: ['none', 'trim', 'clear', 'summary', 'notes', 'native'],
  length: ['1', '4', '8', '16', '32', '64'],
  budget: ['none', '1m', '128k'],
  window: ['4k'],
}

async function measure(): Promise<Measured> {
  const { end, seconds } = await timedRun(horizon, { set: WHOLE, repeats: 4 })
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
}

export function horizonStudy(): Promise<Measured> {
  return inChild(import.meta.filename)
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measure()))
