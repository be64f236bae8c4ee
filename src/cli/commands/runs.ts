import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'
import { runsIn } from '../options.ts'

export const runsOptions = {
  delete: { type: 'text', value: '<run>', says: 'delete this run, by its whole name, with all that is in its folder' },
} as const

export type RunsOptions = OptionsOf<typeof runsOptions & typeof runsIn>

export const command: Command = defineCommand({
  arguments: '',
  summary: 'List the runs in this folder, or delete one',
  options: { ...runsOptions, ...runsIn },
  examples: ['assay runs', 'assay runs --delete small'],
  run: async (_none, options, terminal) => (await import('../runs.ts')).runs(terminal, options),
})
