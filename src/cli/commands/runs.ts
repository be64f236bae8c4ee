import { defineCommand, type Command } from '../command.ts'
import { runsIn } from '../options.ts'

export const command: Command = defineCommand({
  arguments: '',
  summary: 'List the runs in this folder',
  options: runsIn,
  examples: ['assay runs'],
  run: async (_none, options, terminal) => (await import('../runs.ts')).runs(terminal, options),
})
