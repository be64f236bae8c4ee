import path from 'node:path'
import { expect, test } from 'vitest'
import { requestErrors } from '../../../bench/classifier/request-errors.ts'
import { missingClassifier, type Model } from '../../../src/model/index.ts'
import { startRun, type RunEnd } from '../../../src/run/index.ts'
import { layers } from '../../../src/studies/layers/index.ts'
import { TRAINED, trainedErrors } from '../../../src/studies/layers/trained.ts'
import { target } from '../../attack/arena.ts'
import { effectsWith, options } from '../../run/effects.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const missing = missingClassifier()
const here = test.skipIf(missing !== undefined)
const why = missing === undefined ? '' : ` (skipped: ${missing})`

/** A target that repeats what its rules guard, and never answers a classifier: nobody may ask it to. */
const obedient: Model = {
  ...target(({ messages }) => {
    const said = messages.map((message) => (message.role === 'assistant' ? '' : message.text))
    if (said[0]?.includes('yes or no') === true) throw new Error('the trained classifier asks no model')
    return said.join('\n')
  }),
  name: 'test/target',
}

function run(set: Readonly<Record<string, readonly string[]>>): Promise<RunEnd> {
  return startRun(
    {
      study: layers,
      request: {
        models: ['test/target'],
        set,
        tasks: 12,
        repeats: 1,
        seed: '1',
        controls: 'with',
        sampling: {},
        limits: {},
      },
      run: 'trained',
      folder: path.join(temporaryFolder(), 'trained'),
    },
    options,
    effectsWith(() => obedient),
  )
}

here(
  `the trained classifier is a level: nobody is asked, and its errors are on what is found${why}`,
  { timeout: 600_000 },
  async () => {
    const { reading } = await run({ classifier: ['trained'], attack: ['each-template', 'benign'] })
    expect(reading.unreadable).toEqual([])
    expect(reading.controls.filter(({ passed }) => !passed)).toEqual([])
    const stacks = reading.findings.filter(
      ({ quantity, subject }) => ['stack breach', 'false refusals'].includes(quantity) && subject.type === 'model',
    )
    expect(stacks.length).toBeGreaterThan(16)
    for (const { conditions, caveats } of stacks) {
      expect(conditions['classifier']).toBe('trained')
      expect(caveats).toContain(trainedErrors())
    }
  },
)

here(`its threshold and its errors are what the bench prints${why}`, { timeout: 600_000 }, async () => {
  const { threshold, set, held, attacks } = await requestErrors()
  const { threshold: written, set: ofSet, held: ofHeld, attacks: ofAttacks } = TRAINED
  expect({ threshold, set, held, attacks }).toEqual({
    threshold: written,
    set: { blocked: ofSet[0], of: ofSet[1] },
    held: { blocked: ofHeld[0], of: ofHeld[1] },
    attacks: { blocked: ofAttacks[0], of: ofAttacks[1] },
  })
})
