import { defineCommand, type Command } from '../command.ts'

export const command: Command = defineCommand({
  arguments: '[verb] [model]',
  summary:
    'List the models and their prices; test <model> tries one; pull <name> downloads weights; serve <model> answers chat completions',
  options: { port: { type: 'whole', to: 65_535, value: '<n>', says: 'port of serve (default: any free one)' } },
  examples: ['assay models pull smollm2-135m'],
  run: async ([verb, model], { port }, terminal) =>
    (await import('../models.ts')).models(terminal, verb, model, { port }),
})
