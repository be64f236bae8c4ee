// A year of the vending business of v2 for every scripted shopkeeper on eight seeds, and how long it takes.
import { vending } from '../src/studies/vending/index.ts'
import { inChild } from './child.ts'
import type { Measured } from './table.ts'
import { timedRun } from './timed-run.ts'

const GOAL_SECONDS = 15

async function measure(): Promise<Measured> {
  const { end, seconds } = await timedRun(vending, { set: { size: ['v2'], scaffold: ['zero-shot'] } })
  const name = `vending v2, ${end.outcomes.length} shops of a year`
  return {
    type: 'figures',
    figures: [{ name, value: seconds, unit: 's', goal: { type: 'at-most', value: GOAL_SECONDS } }],
  }
}

export function vendingStudy(): Promise<Measured> {
  return inChild(import.meta.filename)
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measure()))
