import { defineCommand, type Command } from '../command.ts'

export const command: Command = defineCommand({
  arguments: '[study]',
  summary: 'List the studies, or the factors, levels, tasks and controls of one',
  options: {},
  examples: ['assay studies vending'],
  run: async ([study], _options, terminal) => (await import('../studies.ts')).studies(terminal, study),
})
