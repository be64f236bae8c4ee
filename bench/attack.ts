// 100,000 attempts at a planted target through a whole run: plan, attacks, journals, rows, findings.
import path from 'node:path'
import { builtInBehaviours, type Behaviour } from '../src/attack/index.ts'
import { startRun } from '../src/run/index.ts'
import { breachStudy } from '../src/studies/breach/index.ts'
import { inChild } from './child.ts'
import { noModel } from './no-model.ts'
import { inScratch } from './scratch.ts'
import type { Measured } from './table.ts'

const BEHAVIOURS = 1_000
const QUERIES = 100

/** The secrets again and again, each under a name of its own. */
function many(seed: string): readonly Behaviour[] {
  const all = builtInBehaviours(seed)
  return Array.from({ length: BEHAVIOURS }, (_, nth) => {
    const behaviour = all[nth % all.length]
    if (behaviour === undefined) throw new Error('there are no behaviours')
    return { ...behaviour, id: `${behaviour.id}-${nth}` }
  })
}

async function measure(): Promise<Measured> {
  // Of the planted targets only the one that never yields: all others stop early.
  const whole = breachStudy({ behaviours: many })
  const { never } = whole.controls
  if (never === undefined) throw new Error('the study has no target that never yields')
  const study = { ...whole, controls: { never } }
  return inScratch(async (folder) => {
    const started = performance.now()
    const end = await startRun(
      {
        study,
        request: {
          models: [],
          set: { attacker: ['direct'], budget: [String(QUERIES)] },
          seed: 's',
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
    const attempts = end.outcomes.reduce((sum, { values }) => sum + Number(values['attempts']), 0)
    const read = end.reading.controls.length > 0 && end.reading.controls.every((each) => each.passed)
    if (attempts !== BEHAVIOURS * QUERIES || !read) throw new Error(`${attempts} attempts: ${end.why}`)
    const name = `${attempts.toLocaleString('en-US')} attempts at a planted target`
    return {
      type: 'figures',
      figures: [{ name, value: seconds, unit: 's', goal: { type: 'at-most', value: 5 } }],
    }
  })
}

export function attack(): Promise<Measured> {
  return inChild(import.meta.filename)
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measure()))
