import { defineCommand, type Command } from '../command.ts'
import { whatToRun } from '../options.ts'

export const command: Command = defineCommand({
  arguments: '<study>',
  summary: 'Say what a run would do, what it could detect, and what it may cost',
  options: whatToRun,
  examples: ['assay plan vending --repeats 16'],
  run: async ([study], options, terminal) => (await import('../plan.ts')).plan(terminal, study, options),
})
