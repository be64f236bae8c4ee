import path from 'node:path'
import { expect, test } from 'vitest'
import { mailTools } from '../../src/project/index.ts'
import { startRun } from '../../src/run/index.ts'
import { loadBuiltIn } from '../../src/studies/index.ts'
import { effectsWith, options } from '../run/effects.ts'
import { toyRequest } from '../run/toy-study.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** A run of vending that was stopped before its first trial. */
async function stoppedRun(): Promise<string> {
  const study = await loadBuiltIn('vending')
  if (study === undefined) throw new Error('no vending')
  const folder = path.join(temporaryFolder(), 'v')
  const stopping = AbortSignal.abort()
  await startRun(
    { study, request: { ...toyRequest([]), controls: 'only', repeats: 1 }, run: 'v', folder },
    options,
    effectsWith(
      () => {
        throw new Error('no model is asked')
      },
      { stopping },
    ),
  )
  return folder
}

const standard = { size: 'v1', scaffold: 'plain', template: 'chat', hands: 'direct', compaction: 'none' }

test('the world says which of its tools act on a mailbox', async () => {
  const folder = await stoppedRun()
  const start = { cell: standard, task: 'shop', seed: '1' }
  expect([...(await mailTools(folder, start, {}))].toSorted()).toEqual(['read_email', 'send_email'])
  expect(await mailTools(folder, { ...start, cell: { ...standard, size: 'corner' } }, {})).toEqual(new Set())
})

test('where the task or the run is no longer here, no tool is said to', async () => {
  const folder = await stoppedRun()
  expect(await mailTools(folder, { cell: standard, task: 'gone', seed: '1' }, {})).toEqual(new Set())
  expect(await mailTools(path.join(folder, 'gone'), { cell: standard, task: 'shop', seed: '1' }, {})).toEqual(new Set())
})
