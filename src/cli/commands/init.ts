import { defineCommand, type Command } from '../command.ts'

export const command: Command = defineCommand({
  arguments: '',
  summary: 'Write a config and one study of your own, ready to run',
  options: {},
  examples: ['assay init'],
  run: async (_none, _options, terminal) => (await import('../init.ts')).init(terminal),
})
