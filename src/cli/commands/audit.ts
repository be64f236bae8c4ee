import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'

export const auditOptions = {
  as: {
    type: 'text',
    value: '<kind>',
    says: 'what the rows are: one of the kinds below',
    needed: 'Say what the rows are. For one score per task: --as rate',
  },
  map: { type: 'list', value: '<ours=theirs>', says: 'which of their columns is ours (repeat for more)' },
  recode: {
    type: 'list',
    value: '<col:from=to,…>',
    says: 'translate values of a column (repeat for more)',
  },
  where: { type: 'text', value: '<sql>', says: 'audit only rows for which this holds' },
  sql: { type: 'text', value: '<select>', says: 'reshape first: a select from the table rows' },
  by: { type: 'list', value: '<columns>', says: 'split the findings (repeat, or with commas)' },
  published: {
    type: 'list',
    value: '<name=value>',
    says: 'a number to check against the rows (repeat for more)',
  },
  statedN: {
    type: 'whole',
    from: 1,
    value: '<n>',
    says: 'the number of trials that was stated with it: counted as its denominator too',
  },
  figure: { type: 'text', value: '<file.svg>', says: 'draw the findings', group: 'output' },
} as const

export type AuditOptions = OptionsOf<typeof auditOptions>

export const command: Command = defineCommand({
  arguments: '<rows>',
  summary: 'Recompute a published number from a table: CSV, TSV, JSONL, JSON or Parquet',
  options: auditOptions,
  examples: ['assay audit rows.csv --as rate --map task=task_id --map score=reward --published rate=0.42'],
  more: async () => (await import('../audit-kinds.ts')).kindsText(),
  run: async ([rows], options, terminal) => (await import('../audit.ts')).audit(terminal, rows, options),
})
