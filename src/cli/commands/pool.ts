import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'
import { runsIn } from '../options.ts'

export const poolOptions = {
  quantity: { type: 'list', value: '<name>', says: 'only this quantity (repeat for more)' },
  svg: { type: 'text', value: '<file>', says: 'write the first forest plot as SVG' },
} as const

export type PoolOptions = OptionsOf<typeof poolOptions & typeof runsIn>

export const command: Command = defineCommand({
  arguments: '<run...>',
  summary: 'Combine the findings of several runs: random effects, heterogeneity, forest plot',
  options: { ...poolOptions, ...runsIn },
  examples: ['assay pool vending-monday vending-tuesday --svg forest.svg'],
  run: async ([runs], options, terminal) => (await import('../pool.ts')).pool(terminal, runs, options),
})
