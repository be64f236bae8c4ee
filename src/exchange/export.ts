import type { OneRun } from '../project/index.ts'
import { caseJunit } from './case-junit.ts'
import { caseMarkdown } from './case-markdown.ts'
import { caseTable, type CaseRow } from './case-table.ts'
import { csv } from './csv.ts'
import { caseGrid } from './graded-case.ts'

/** What a run can be written as. */
export const EXPORTS = ['csv', 'jsonl', 'markdown', 'junit'] as const
export type ExportKind = (typeof EXPORTS)[number]

/**
 * A run's cases and answers as a text that others read.
 *
 * - `csv`: a row an answer, whole replies; cells that a spreadsheet would run have an apostrophe in front
 * - `jsonl`: the same rows as JSON, without the apostrophe; what is not known is left out
 * - `markdown`: what was found and which cases failed, for a pull request
 * - `junit`: a suite an agent, a test case a trial, for what shows test results
 *
 * @param controls rows of the controls too, in CSV and JSONL. Default false
 */
export function exportRun(one: OneRun, as: ExportKind, controls = false): string {
  const grid = caseGrid(one)
  switch (as) {
    case 'csv': {
      const rows = caseTable(grid, controls)
      return csv(
        HEAD.map(([name]) => name),
        rows.map((row) => HEAD.map(([, key]) => cellOf(row[key]))),
      )
    }
    case 'jsonl':
      return caseTable(grid, controls)
        .map((row) => `${JSON.stringify(Object.fromEntries(HEAD.map(([name, key]) => [name, row[key]])))}\n`)
        .join('')
    case 'markdown':
      return caseMarkdown(one, grid)
    case 'junit':
      return caseJunit(grid)
  }
}

/** Columns as they are written, and what is in them. */
const HEAD: readonly (readonly [name: string, key: keyof CaseRow])[] = [
  ['run', 'run'],
  ['case', 'case'],
  ['agent', 'agent'],
  ['condition', 'condition'],
  ['control', 'control'],
  ['status', 'status'],
  ['mark', 'mark'],
  ['prompt', 'prompt'],
  ['expected', 'expected'],
  ['check', 'check'],
  ['answer', 'answer'],
  ['why', 'why'],
  ['dollars', 'dollars'],
  ['seconds', 'seconds'],
  ['input_tokens', 'inputTokens'],
  ['output_tokens', 'outputTokens'],
  ['trial', 'trial'],
]

function cellOf(value: CaseRow[keyof CaseRow]): string | number | undefined {
  return typeof value === 'boolean' ? String(value) : value
}
