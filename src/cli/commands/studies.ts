import { defineCommand, type Command } from '../command.ts'

export const command: Command = defineCommand({
  arguments: '[study]',
  summary: 'what can be asked; factors, levels, tasks and controls of one study',
  options: {},
  examples: ['assay studies vending'],
  run: async ([study], _options, terminal) => (await import('../studies.ts')).studies(terminal, study),
})
