// A year of the vending business of v2 for every scripted shopkeeper on eight seeds, and how long it takes.
import path from 'node:path'
import { startRun } from '../src/run/index.ts'
import { vending } from '../src/studies/vending/index.ts'
import { inChild } from './child.ts'
import { noModel } from './no-model.ts'
import { inScratch } from './scratch.ts'
import type { Measured } from './table.ts'

const GOAL_SECONDS = 15

async function measure(): Promise<Measured> {
  return inScratch(async (folder) => {
    const started = performance.now()
    const end = await startRun(
      {
        study: vending,
        request: {
          models: [],
          set: { size: ['v2'], scaffold: ['zero-shot'] },
          seed: 'bench',
          controls: 'only',
          sampling: {},
          limits: {},
        },
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
    const name = `vending v2, ${end.outcomes.length} shops of a year`
    return {
      type: 'figures',
      figures: [{ name, value: seconds, unit: 's', goal: { type: 'at-most', value: GOAL_SECONDS } }],
    }
  })
}

export function vendingStudy(): Promise<Measured> {
  return inChild(import.meta.filename)
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measure()))
