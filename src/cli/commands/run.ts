import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'
import { carrying, runsIn, whatToRun, type PlanOptions } from '../options.ts'

export const runOptions = {
  name: { type: 'text', value: '<name>', says: "the run's name (default: study and time)", group: 'output' },
} as const

export type RunCommandOptions = PlanOptions & OptionsOf<typeof runOptions & typeof carrying & typeof runsIn>

export const command: Command = defineCommand({
  arguments: '<study|cases.csv|tasks|study.ts>',
  summary: 'Run a study, with its controls',
  options: {
    ...whatToRun,
    ...carrying,
    ...runOptions,
    ...runsIn,
  },
  examples: ['assay run vending --model local/smollm2-135m --repeats 8'],
  run: async ([study], options, terminal) => (await import('../run.ts')).run(terminal, study, options),
})
