import path from 'node:path'
import { expect, test } from 'vitest'
import { openModel, type Model } from '../../../src/model/index.ts'
import { startRun } from '../../../src/run/index.ts'
import { horizon } from '../../../src/studies/horizon/index.ts'
import { weights } from '../../model/local/weights.ts'
import { effectsWith, options } from '../../run/effects.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const { skip } = await weights()
const MODEL = 'local/smollm2-135m'

test.skipIf(skip !== undefined)(
  `a small real model has a horizon between one step and four ${skip ?? ''}`,
  async () => {
    const model: Model = await openModel(MODEL)
    const end = await startRun(
      {
        study: horizon,
        request: {
          models: [MODEL],
          set: { family: ['references'], length: ['1', '2'], template: ['completion'], examples: ['two'] },
          repeats: 3,
          seed: 'real',
          controls: 'with',
          sampling: { temperature: 0, maxOutputTokens: 64 },
          limits: {},
        },
        run: 'real',
        folder: path.join(temporaryFolder(), 'real'),
      },
      { ...options, concurrency: 4 },
      effectsWith(() => model),
    )
    expect(end.type).toBe('done')
    expect(end.reading.controls.filter((each) => !each.passed)).toEqual([])
    const own = end.outcomes.filter(({ agent }) => agent === MODEL)
    expect(own.map(({ status }) => status)).not.toContain('invalid')
    // Its speed is measured, not set.
    for (const { values } of own) expect(values['tokensPerSecond']).toBeGreaterThan(0)
    const half = end.reading.findings.find(
      ({ quantity, conditions }) => quantity === 'h50(success by steps)' && conditions['agent'] === MODEL,
    )
    if (half?.estimate.type !== 'estimate') throw new Error('a model that does not finish everything has a bound')
    expect(half.estimate.interval.high).toBeLessThan(4)
  },
)
