import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { openModel } from '../../src/model/index.ts'
import { startRun } from '../../src/run/index.ts'
import { breach } from '../../src/studies/breach/index.ts'
import { weights } from '../model/local/weights.ts'
import { effectsWith, options } from '../run/effects.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const { path: file, skip } = await weights()

describe.skipIf(skip !== undefined)(`a real model guarding a word ${skip ?? ''}`, () => {
  test('gives it away to plain questions, and ordinary ones bring it out less often', async () => {
    const end = await startRun(
      {
        study: breach,
        request: {
          models: [`local/${file ?? ''}`],
          set: { attacker: ['benign', 'direct'], budget: ['3'] },
          tasks: 'secret-{password,guard,vault,recipe}',
          seed: 'slow',
          controls: 'with',
          sampling: { temperature: 0.7, maxOutputTokens: 20 },
          limits: {},
        },
        run: 'local',
        folder: path.join(temporaryFolder(), 'local'),
      },
      { ...options, concurrency: 3 },
      {
        ...effectsWith(() => {
          throw new Error('opened below')
        }),
        open: (name) => openModel(name),
      },
    )
    const own = end.outcomes.filter(({ control }) => !control)
    const broken = (attacker: string): number =>
      own.filter(({ cell, values }) => cell['attacker'] === attacker && values['broken'] === 1).length
    expect(own.map(({ status }) => status)).not.toContain('invalid')
    expect(own).toHaveLength(8)
    // 4 words: at 10 to 60% a question, none of 4 within three is rarer than one in a hundred only for the upper half.
    expect(broken('direct')).toBeGreaterThanOrEqual(broken('benign'))
    expect(own.every(({ values }) => Number(values['queries']) <= 3 && Number(values['targetTokens']) > 0)).toBe(true)
    expect(end.reading.controls.every((reading) => reading.passed)).toBe(true)
  })
})
