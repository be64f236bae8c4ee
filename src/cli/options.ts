import type { OptionsOf } from './option.ts'

// Options that several commands share. A command spreads them into its own.

/** Where runs live. */
export const runsIn = {
  out: { type: 'text', value: '<dir>', says: 'the folder of runs (default: .assay/runs)', group: 'output' },
} as const

/** What a plan is made of. */
export const whatToRun = {
  model: {
    type: 'list',
    value: '<name>',
    says: 'an agent to test: provider/model (repeat for more)',
    group: 'what to run',
  },
  agent: {
    type: 'list',
    value: '<name>',
    says: 'an agent that assay.config.ts declares: a command or an HTTP endpoint (repeat for more)',
    group: 'what to run',
  },
  set: {
    type: 'pairs',
    value: '<factor=levels>',
    says: 'levels of a factor, with commas (repeat for more)',
    group: 'what to run',
  },
  partner: {
    type: 'pairs',
    value: '<role=model>',
    says: 'a model in another role than the agent: attacker, guard or judge (repeat for more)',
    group: 'what to run',
  },
  tasks: {
    type: 'text',
    value: '<n|glob>',
    says: 'a number of tasks, or a pattern on their ids, such as "fr*"',
    group: 'what to run',
  },
  template: {
    type: 'list',
    value: '<file|text>',
    says: 'how each question of a file is put, with {{column}} (repeat to compare)',
    group: 'what to run',
  },
  system: {
    type: 'list',
    value: '<file|text>',
    says: 'a system prompt for the questions of a file, with {{column}} (repeat to compare)',
    group: 'what to run',
  },
  repeats: {
    type: 'whole',
    from: 1,
    value: '<n>',
    says: 'repeats of every task in every cell',
    group: 'what to run',
  },
  seed: {
    type: 'text',
    value: '<text>',
    says: 'seeds worlds, order and sampling',
    default: '1',
    group: 'what to run',
  },
  controls: {
    type: 'choice',
    value: '<mode>',
    of: ['with', 'only', 'off'],
    says: 'run the controls with the models, alone, or not at all',
    default: 'with',
    group: 'what to run',
  },
  awareness: {
    type: 'flag',
    says: 'ask the agent after each trial, in a fork of its conversation, whether it was a test; findings show the answer',
    group: 'what to run',
  },
  temperature: { type: 'number', from: 0, value: '<t>', says: 'sampling temperature', group: 'what to run' },
  effort: {
    type: 'text',
    value: '<name>',
    says: "reasoning effort, by the provider's name for it",
    group: 'what to run',
  },
  maxCost: {
    type: 'dollars',
    value: '<dollars>',
    says: 'stop the run before it costs more than this',
    group: 'limits',
  },
  maxTokens: {
    type: 'whole',
    value: '<n>',
    says: 'stop the run before it uses more tokens than this',
    group: 'limits',
  },
  maxTurns: { type: 'whole', value: '<n>', says: 'model calls in a trial', group: 'limits' },
  maxOutputTokens: {
    type: 'whole',
    from: 1,
    value: '<n>',
    says: 'tokens in one reply, at least 1 (default: 16384)',
    group: 'limits',
  },
} as const

export type PlanOptions = OptionsOf<typeof whatToRun>

/** How a run is carried out. */
export const carrying = {
  concurrency: { type: 'whole', from: 1, value: '<n>', says: 'trials at once', default: 8, group: 'limits' },
  durable: { type: 'flag', says: 'write every event to the disk at once (normally once a second)', group: 'output' },
} as const

export type Carrying = OptionsOf<typeof carrying>
