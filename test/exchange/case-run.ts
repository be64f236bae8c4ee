import fs from 'node:fs'
import path from 'node:path'
import { findStudy, oneRun, type OneRun } from '../../src/project/index.ts'
import type { Model } from '../../src/model/index.ts'
import { readingOf, startRun } from '../../src/run/index.ts'
import type { PlanRequest } from '../../src/study/index.ts'
import { scripted, text } from '../agent/toys.ts'
import { effectsWith, options } from '../run/effects.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** A model that answers the prompts it knows. */
export function answering(name: string, answers: Readonly<Record<string, string>>): Model {
  return scripted(
    ({ messages }) => {
      const last = messages.at(-1)
      const prompt = last?.role === 'user' ? last.text : ''
      return { parts: [text(answers[prompt] ?? '')], usage: { input: 10, output: 2 } }
    },
    { name, pricing: { type: 'priced', price: { input: 1, output: 1, asOf: '2026-01-01', source: 'made' } } },
  )
}

/** Runs questions in a table with these models, and reads the run. @param files beside the table, by name */
export async function caseRun(
  run: string,
  csv: string,
  models: readonly Model[],
  change: Partial<PlanRequest> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<OneRun> {
  const folder = temporaryFolder()
  const file = path.join(folder, 'q.csv')
  fs.writeFileSync(file, csv)
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text)
  const { study } = await findStudy(file, {})
  const place = path.join(folder, run)
  const request: PlanRequest = {
    models: models.map(({ name }) => name),
    set: {},
    seed: '1',
    controls: 'with',
    sampling: {},
    limits: {},
    ...change,
  }
  await startRun(
    { study, studyFile: file, request, run, folder: place },
    options,
    effectsWith((name) => models.find((each) => each.name === name) ?? answering(name, {})),
  )
  return oneRun(place, readingOf(study, place, '0'))
}
