import { defineCommand, type Command } from '../command.ts'

export const command: Command = defineCommand({
  arguments: '',
  summary: 'the whole road in three minutes: real and planted agents, findings, a brief',
  options: { out: { type: 'text', value: '<dir>', says: 'where the tour writes (default: .assay)' } },
  examples: ['assay tour'],
  run: async (_none, { out }, terminal) => (await import('../tour/tour.ts')).tour(terminal, { out }),
})
