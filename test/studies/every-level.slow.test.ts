import { expect, test } from 'vitest'
import { builtIn, loadBuiltIn } from '../../src/studies/index.ts'
import type { Study } from '../../src/study/index.ts'
import { played } from './horizon/played.ts'

type Levels = Readonly<Record<string, readonly string[]>>

/** Fewer tasks than by default, where those are many. */
const SMALLER: Readonly<Record<string, Levels>> = { horizon: { family: ['form'], length: ['1', '4', '16'] } }

/** Why a level alone has no trial: an attacker or a monitor needs a model, work is done with commands, a level goes with others only. */
const REFUSED = /needs a model as (?:attacker|monitor)|done with commands|has no task in any of the cells/

/** Every factor at each of its levels, all others at their defaults. */
function everyLevel({ name, factors }: Study): readonly Levels[] {
  return Object.entries(factors).flatMap(([factor, { levels }]) =>
    levels.map((level) => ({ ...SMALLER[name], [factor]: [level] })),
  )
}

async function failures(study: Study, set: Levels): Promise<readonly string[]> {
  try {
    const { reading } = await played(study, set, 1)
    return reading.controls
      .filter(({ passed }) => !passed)
      .map((check) => `${JSON.stringify(set)}: ${check.control} ${check.measure}: ${check.measured}, ${check.expected}`)
  } catch (cause) {
    if (!REFUSED.test(String(cause))) throw cause
    return []
  }
}

test.each(builtIn)('the controls of %s pass at every level of every factor', { timeout: 300_000 }, async (name) => {
  const study = await loadBuiltIn(name)
  if (study === undefined) throw new Error(name)
  const failed: string[] = []
  for (const set of everyLevel(study)) failed.push(...(await failures(study, set)))
  expect(failed).toEqual([])
})
