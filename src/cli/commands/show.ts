import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'
import { runsIn } from '../options.ts'

export const showOptions = {
  svg: { type: 'text', value: '<file>', says: "write the run's first figure as SVG" },
  all: { type: 'flag', says: 'every finding, where a study shows its main ones first' },
  cite: { type: 'flag', says: 'only the sentences to cite: one for each main result of an agent' },
  from: { type: 'whole', value: '<event>', says: 'first event of the transcript', default: 0 },
  to: { type: 'whole', value: '<event>', says: 'event after the last' },
} as const

export type ShowOptions = OptionsOf<typeof showOptions & typeof runsIn>

export const command: Command = defineCommand({
  arguments: '<run> [trial]',
  summary: 'Show the findings of a run, or the transcript of one trial',
  options: { ...showOptions, ...runsIn },
  examples: ['assay show tour-vending', 'assay show tour-vending --svg money.svg'],
  run: async ([run, trial], options, terminal) => (await import('../show.ts')).show(terminal, run, trial, options),
})
