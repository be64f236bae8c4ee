// 100,000 attempts at a scripted target through a whole run: plan, attacks, journals, rows, findings.
import { builtInBehaviours, type Behaviour } from '../src/attack/index.ts'
import { breachStudy } from '../src/studies/breach/index.ts'
import { inChild } from './child.ts'
import type { Measured } from './table.ts'
import { timedRun } from './timed-run.ts'

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
  // Of the scripted targets only the one that never yields: all others stop early.
  const whole = breachStudy({ behaviours: many })
  const { never } = whole.controls
  if (never === undefined) throw new Error('the study has no target that never yields')
  const study = { ...whole, controls: { never } }
  const { end, seconds } = await timedRun(study, { set: { attacker: ['direct'], budget: [String(QUERIES)] } })
  const attempts = end.outcomes.reduce((sum, { values }) => sum + Number(values['attempts']), 0)
  if (attempts !== BEHAVIOURS * QUERIES) throw new Error(`${attempts} attempts`)
  const name = `${attempts.toLocaleString('en-US')} attempts at a scripted target`
  return {
    type: 'figures',
    figures: [{ name, value: seconds, unit: 's', goal: { type: 'at-most', value: 5 } }],
  }
}

export function attack(): Promise<Measured> {
  return inChild(import.meta.filename)
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measure()))
