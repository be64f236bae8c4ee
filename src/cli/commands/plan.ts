import { defineCommand, type Command } from '../command.ts'
import { whatToRun } from '../options.ts'

export const command: Command = defineCommand({
  arguments: '<study|cases.csv|tasks|study.ts>',
  summary: 'Say what a run would do, what it could detect, and what it may cost',
  options: whatToRun,
  examples: ['assay plan vending --repeats 16', 'assay plan examples/capitals.csv --model openai/gpt-5-mini'],
  run: async ([study], options, terminal) => (await import('../plan.ts')).plan(terminal, study, options),
})
