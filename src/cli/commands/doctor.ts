import { defineCommand, type Command } from '../command.ts'

export const command: Command = defineCommand({
  arguments: '',
  summary: 'Say what is installed: Node, local model, keys (never printed), chromium, sandboxes',
  options: {},
  examples: ['assay doctor'],
  run: async (_none, _options, terminal) => (await import('../doctor.ts')).doctor(terminal),
})
