import path from 'node:path'
import { expect, test } from 'vitest'
import { openControl } from '../../src/model/index.ts'
import { startRun } from '../../src/run/index.ts'
import { breach } from '../../src/studies/breach/index.ts'
import { effectsWith, options } from '../run/effects.ts'
import { temporaryFolder } from '../temporary-folder.ts'

test.each([
  ['a budget beyond what an attacker has to try', { budget: ['30'] }, {}],
  ['attackers that give up by themselves', { attacker: ['multi-turn', 'staged', 'injection'], budget: ['100'] }, {}],
  ['a defence that blocks', { defence: ['stacked'] }, {}],
  ['a defence that blocks, and words in the mouth', { defence: ['filtered'], prefill: ['on'] }, {}],
  [
    "an attacker's model that writes nonsense",
    { attacker: ['benign', 'pair'], prefill: ['on'] },
    { attacker: 'control/constant?text=zz' },
  ],
])('planted targets read true under %s', async (_, set, partners) => {
  const end = await startRun(
    {
      study: breach,
      request: {
        models: [],
        partners,
        set,
        tasks: '{secret-password,persona-baker}',
        seed: 's',
        controls: 'only',
        sampling: {},
        limits: {},
      },
      run: 'planted',
      folder: path.join(temporaryFolder(), 'planted'),
    },
    options,
    effectsWith((name) => openControl(name)),
  )
  expect(end.reading.controls.length).toBeGreaterThan(4)
  expect(end.reading.controls.filter((each) => !each.passed)).toEqual([])
})
