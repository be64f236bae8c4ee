import fs from 'node:fs'
import { readEvents, type Outcome, type RunPaths } from '../record/index.ts'

/**
 * Trials whose journal is missing or ends before its row says: what is printed of them rests on the row alone, and
 * nobody can look it up.
 */
export function damagedJournals(paths: RunPaths, outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.flatMap(({ trial, events }) => {
    const journal = paths.trial(trial)
    return fs.existsSync(journal) && readEvents(journal, { from: 0, to: 0 }).total >= events ? [] : [trial]
  })
}
