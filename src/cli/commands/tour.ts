import { defineCommand, type Command } from '../command.ts'

export const command: Command = defineCommand({
  arguments: '',
  summary: 'Take the guided tour (3 minutes): run a study, read the findings, open the brief',
  options: { out: { type: 'text', value: '<dir>', says: 'where the tour writes (default: .assay)' } },
  examples: ['assay tour'],
  run: async (_none, { out }, terminal) => (await import('../tour/tour.ts')).tour(terminal, { out }),
})
