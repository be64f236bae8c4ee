import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'
import { runsIn } from '../options.ts'

export const exportOptions = {
  as: {
    type: 'choice',
    value: '<kind>',
    of: ['csv', 'jsonl', 'markdown', 'junit'],
    says: 'csv or jsonl: a row an answer; markdown: for a pull request; junit: a test case a trial',
    default: 'csv',
  },
  file: { type: 'text', value: '<file>', says: 'write it there (default: stdout)', group: 'output' },
  withControls: { type: 'flag', says: 'the answers of controls too, in csv and jsonl' },
} as const

export type ExportOptions = OptionsOf<typeof exportOptions & typeof runsIn>

export const command: Command = defineCommand({
  arguments: '<run>',
  summary: 'Write the cases and answers of a run for other programs',
  options: { ...exportOptions, ...runsIn },
  examples: ['assay export small', 'assay export small --as markdown --file comment.md'],
  run: async ([run], options, terminal) => (await import('../export.ts')).exportTo(terminal, run, options),
})
