import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'
import { carrying, runsIn, whatToRun } from '../options.ts'

export const replicateOptions = {
  model: {
    type: 'list',
    value: '<name>',
    says: 'in place of the models of the run, in their order (repeat for more)',
    group: 'what to run',
  },
  tasks: { type: 'text', value: '<n|glob>', says: 'other tasks: how many, or which', group: 'what to run' },
  repeats: { type: 'whole', from: 1, value: '<n>', says: 'other repeats', group: 'what to run' },
  seed: {
    type: 'text',
    value: '<text>',
    says: "new seed (default: the run's own with a number after it)",
    group: 'what to run',
  },
  quantity: {
    type: 'list',
    value: '<name>',
    says: 'judge only this quantity (repeat for more)',
    group: 'what to run',
  },
  judge: {
    type: 'text',
    value: '<run>',
    says: 'run nothing: judge this replication, which has run already',
    group: 'what to run',
  },
  name: { type: 'text', value: '<name>', says: "the new run's name (default: study and time)", group: 'output' },
} as const

export type ReplicateOptions = OptionsOf<
  typeof replicateOptions & Pick<typeof whatToRun, 'maxCost' | 'maxTokens'> & typeof carrying & typeof runsIn
>

export const command: Command = defineCommand({
  arguments: '<run>',
  summary: 'Run the same plan with new seeds, models or tasks, and say: replicated, not, or cannot tell',
  options: {
    ...replicateOptions,
    maxCost: whatToRun.maxCost,
    maxTokens: whatToRun.maxTokens,
    ...carrying,
    ...runsIn,
  },
  examples: ['assay replicate vending-monday --repeats 20'],
  run: async ([run], options, terminal) => (await import('../replicate.ts')).replicate(terminal, run, options),
})
