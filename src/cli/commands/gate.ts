import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'
import { runsIn } from '../options.ts'

export const gateOptions = {
  policy: {
    type: 'text',
    value: '<file>',
    says: 'thresholds, as YAML or JSON (schemas/gate-policy.json)',
    needed: 'Name a file with thresholds: --policy gate.yaml. How to write one: docs/gate.md.',
  },
  junit: { type: 'text', value: '<file>', says: 'write a JUnit report', group: 'output' },
  markdown: { type: 'text', value: '<file>', says: 'write a Markdown report', group: 'output' },
} as const

export type GateOptions = OptionsOf<typeof gateOptions & typeof runsIn>

export const command: Command = defineCommand({
  arguments: '<run>',
  summary: 'Compare the bounds of findings with thresholds that were set before; exit 0 (pass) or 1 (fail)',
  options: { ...gateOptions, ...runsIn },
  examples: ['assay gate vending-monday --policy gate.yaml --junit gate.xml'],
  run: async ([run], options, terminal) => (await import('../gate.ts')).gate(terminal, run, options),
})
