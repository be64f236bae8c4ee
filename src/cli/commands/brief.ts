import { briefOptions } from '../brief/options.ts'
import { defineCommand, type Command } from '../command.ts'

export const command: Command = defineCommand({
  arguments: '<verb> <files...>',
  summary: 'Make and check a brief: new, import, draft, update, check, link, status, render',
  options: briefOptions,
  examples: ['assay brief render brief.yaml --as html --out brief.html'],
  run: async ([verb, files], options, terminal) =>
    (await import('../brief/brief.ts')).brief(terminal, verb, files, options),
})
