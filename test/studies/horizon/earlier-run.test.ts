import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { keyedCell, trialId } from '../../../src/record/index.ts'
import { readingOf, startRun } from '../../../src/run/index.ts'
import { horizon } from '../../../src/studies/horizon/index.ts'
import { effectsWith, options } from '../../run/effects.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

interface Row {
  readonly agent: string
  readonly task: string
  readonly repeat: number
  readonly seed: string
  readonly cell: Readonly<Record<string, string>>
}

function without(cell: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(cell).filter(([factor]) => factor !== 'tools'))
}

/** As a run was written before there was a choice of tools: no such factor, and ids made without it. */
function asBefore(folder: string): void {
  const record = path.join(folder, 'run.json')
  const run = JSON.parse(fs.readFileSync(record, 'utf8'))
  delete run.design.factors.tools
  fs.writeFileSync(record, JSON.stringify(run))
  const rows = path.join(folder, 'outcomes.jsonl')
  const lines = fs.readFileSync(rows, 'utf8').trim().split('\n')
  const older = lines.map((line) => {
    const row: Row = JSON.parse(line)
    const { task, repeat, seed, agent } = row
    const cell = without(row.cell)
    // Levels were called otherwise then, and ids are made of those names.
    const key = keyedCell('horizon', { ...cell, agent })
    return JSON.stringify({ ...row, cell, trial: trialId({ study: 'horizon', cell: key, task, repeat, seed }) })
  })
  fs.writeFileSync(rows, `${older.join('\n')}\n`)
}

test('a run from before there was a choice of tools is read whole, as one with a shell', async () => {
  const folder = path.join(temporaryFolder(), 'run')
  const set = { family: ['form'], length: ['2', '4'] }
  const { outcomes } = await startRun(
    {
      study: horizon,
      request: { models: [], set, repeats: 1, seed: 's', controls: 'only', sampling: {}, limits: {} },
      run: 'earlier',
      folder,
    },
    options,
    effectsWith(() => {
      throw new Error('no model is asked')
    }),
  )
  asBefore(folder)
  const read = readingOf(horizon, folder, 'test')
  expect(read.outcomes).toHaveLength(outcomes.length)
  expect(read.reading.complete).toBe(true)
  expect(read.outcomes.map(({ cell }) => cell['tools'])).toEqual(outcomes.map(() => 'shell'))
  const success = read.reading.findings.find(
    ({ quantity, conditions }) => quantity === 'mean(success)' && conditions['agent'] === 'control/able',
  )
  expect(success?.conditions['tools']).toBe('shell')
  expect(success?.estimate).toMatchObject({ value: 1 })
  // It is not what the plan of today would do, and says so.
  expect(success?.standing).toBe('exploratory')
  expect(success?.caveats.join(' ')).toContain('the study changed after this run was planned')
})

test('ids at the level that all earlier runs had are theirs', () => {
  const cell = { family: 'form', length: '2' }
  expect(keyedCell('horizon', { ...cell, tools: 'shell' })).toEqual(cell)
  expect(keyedCell('horizon', { ...cell, tools: 'files' })).toEqual({ ...cell, tools: 'files' })
})
