import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'

export const importOptions = {
  as: {
    type: 'choice',
    value: '<kind>',
    of: ['detect', 'coded'],
    says: 'detect: scores of monitors against a label; coded: labels of coders',
    default: 'detect',
  },
  label: { type: 'text', value: '<field>', says: 'the field of each line with the label', default: 'label' },
  file: { type: 'text', value: '<file>', says: 'write the rows there, as CSV (default: stdout)', group: 'output' },
} as const

export type ImportOptions = OptionsOf<typeof importOptions>

export const command: Command = defineCommand({
  arguments: '<file>',
  summary: 'Make rows for an audit from transcripts of your own agents: JSON lines with messages and labels',
  options: importOptions,
  examples: ['assay import transcripts.jsonl --file rows.csv', 'assay import coded.jsonl --as coded --file rows.csv'],
  run: async ([file], options, terminal) => (await import('../import.ts')).importTranscripts(terminal, file, options),
})
