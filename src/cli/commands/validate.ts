import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'

export const validateOptions = {
  as: {
    type: 'text',
    value: '<kind>',
    says: 'what the lines are: answers, beliefs, diffs, haggling, letters, replies, reports, shell, verdicts',
    needed: 'Say what the lines are. For replies to attacks: --as replies',
  },
  apart: { type: 'list', value: '<id>', says: 'a line open to argument: in no rate (repeat for more)' },
} as const

export type ValidateOptions = OptionsOf<typeof validateOptions>

export const command: Command = defineCommand({
  arguments: '<corpus>',
  summary: 'Measure how often a check errs on labelled material',
  options: validateOptions,
  examples: ['assay validate replies.jsonl --as replies', 'assay validate letters.jsonl --as letters --json'],
  run: async ([corpus], options, terminal) => (await import('../validate.ts')).validate(terminal, corpus, options),
})
