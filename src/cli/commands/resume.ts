import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'
import { carrying, runsIn } from '../options.ts'

export const resumeOptions = {
  retryInvalid: {
    type: 'flag',
    says: 'run invalid trials again, such as those that met an outage',
    group: 'what to run',
  },
  maxCost: { type: 'dollars', value: '<dollars>', says: 'a new cap on dollars', group: 'limits' },
  maxTokens: { type: 'whole', value: '<n>', says: 'a new cap on tokens', group: 'limits' },
} as const

export type ResumeOptions = OptionsOf<typeof resumeOptions & typeof carrying & typeof runsIn>

export const command: Command = defineCommand({
  arguments: '<run>',
  summary: 'Continue a run where it stopped, whatever stopped it',
  options: {
    ...resumeOptions,
    ...carrying,
    ...runsIn,
  },
  examples: ['assay resume vending-20261123-180000'],
  run: async ([run], options, terminal) => (await import('../run.ts')).resume(terminal, run, options),
})
