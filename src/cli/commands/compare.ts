import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'
import { runsIn } from '../options.ts'

export const compareOptions = {
  measure: { type: 'list', value: '<name>', says: 'only this measure (repeat for more)' },
  svg: { type: 'text', value: '<file>', says: 'write the differences of the first measure as SVG' },
} as const

export type CompareOptions = OptionsOf<typeof compareOptions & typeof runsIn>

export const command: Command = defineCommand({
  arguments: '<run> <run>',
  summary: 'Say how the second run differs from the first, in pairs; p is corrected for the number of differences',
  options: { ...compareOptions, ...runsIn },
  examples: ['assay compare vending-monday vending-tuesday'],
  run: async ([first, second], options, terminal) =>
    (await import('../compare.ts')).compare(terminal, first, second, options),
})
