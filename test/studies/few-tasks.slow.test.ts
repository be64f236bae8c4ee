import { expect, test } from 'vitest'
import { builtIn, loadBuiltIn } from '../../src/studies/index.ts'
import { played } from './horizon/played.ts'

test.each(builtIn)('the controls of %s pass with few tasks too', { timeout: 300_000 }, async (name) => {
  const study = await loadBuiltIn(name)
  if (study === undefined) throw new Error(name)
  const failed: string[] = []
  for (const tasks of [1, 2, 5, 12, 20]) {
    for (const seed of ['1', '2']) {
      const { reading } = await played(study, {}, 1, undefined, { tasks, seed })
      failed.push(
        ...reading.controls
          .filter(({ passed }) => !passed)
          .map((check) => `${tasks} tasks, seed ${seed}: ${check.control} ${check.measure}: ${check.measured}`),
      )
    }
  }
  expect(failed).toEqual([])
})
