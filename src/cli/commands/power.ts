import { defineCommand, type Command } from '../command.ts'
import { whatToRun } from '../options.ts'
import { powerOptions } from '../power-options.ts'

export const command: Command = defineCommand({
  arguments: '<study>',
  summary: 'Say what differences a design could detect, and how many trials each needs',
  options: { ...whatToRun, ...powerOptions },
  examples: ['assay power vending --model openai/gpt-5-mini --trial-tokens 20000,2000'],
  run: async ([study], options, terminal) => (await import('../power.ts')).power(terminal, study, options),
})
