import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'
import { runsIn } from '../options.ts'

export const showOptions = {
  cases: {
    type: 'flag',
    says: 'every case with every agent, failures first: prompt, expected, answer, mark, cost and time',
  },
  by: {
    type: 'list',
    value: '<columns>',
    says: 'the share of each group of cases: columns of your file (repeat, or with commas)',
  },
  svg: { type: 'text', value: '<file>', says: "write the run's first figure as SVG" },
  all: { type: 'flag', says: 'every finding, where a study shows its main ones first' },
  cite: { type: 'flag', says: 'only the sentences to cite: one for each main result of an agent' },
  from: { type: 'whole', value: '<event>', says: 'first event of the transcript', default: 0 },
  to: { type: 'whole', value: '<event>', says: 'event after the last' },
} as const

export type ShowOptions = OptionsOf<typeof showOptions & typeof runsIn>

export const command: Command = defineCommand({
  arguments: '<run> [trial...]',
  summary: 'Show the findings of a run, its cases, or the transcript of a trial, by any part of its name',
  options: { ...showOptions, ...runsIn },
  examples: ['assay show small', 'assay show small --cases', 'assay show small --by topic', 'assay show small france'],
  run: async ([run, words], options, terminal) =>
    (await import('../show.ts')).show(terminal, run, words.length === 0 ? undefined : words.join(' '), options),
})
