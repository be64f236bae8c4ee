import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'
import { runsIn } from '../options.ts'

export const viewOptions = {
  port: { type: 'whole', to: 65_535, value: '<n>', says: 'port (default: any free one)' },
  open: { type: 'flag', says: 'open it in the browser' },
  brief: {
    type: 'list',
    value: '<file>',
    says: 'a brief to show (repeat for more; default: brief.yaml here and in .assay)',
  },
  export: {
    type: 'text',
    value: '<dir>',
    says: 'write a copy that opens from a disk: of the runs named, or of all',
    group: 'output',
  },
  trials: {
    type: 'whole',
    value: '<n>',
    says: 'transcripts of a run in a copy at most (default: 200)',
    group: 'limits',
  },
  events: {
    type: 'whole',
    value: '<n>',
    says: 'events of a transcript in a copy at most (default: 2000)',
    group: 'limits',
  },
} as const

export type ViewOptions = OptionsOf<typeof viewOptions & typeof runsIn>

export const command: Command = defineCommand({
  arguments: '[runs...]',
  summary: 'Open a local page on runs and briefs, live while they run; --export writes a copy that needs no server',
  options: { ...viewOptions, ...runsIn },
  examples: ['assay view --open'],
  run: async ([runs], options, terminal) => (await import('../view.ts')).view(terminal, runs, options),
})
