import { defineCommand, type Command } from '../command.ts'
import type { OptionsOf } from '../option.ts'

export const steerOptions = {
  model: { type: 'text', value: '<name>', says: 'a local model', default: 'local/smollm2-135m' },
  concept: { type: 'text', value: '<name>', says: 'sea, music, anger, french, numbers, formal, food or space' },
  with: { type: 'text', value: '<file>', says: 'your own texts that have it, one a line' },
  without: { type: 'text', value: '<file>', says: 'your own texts that do not, one a line' },
  strength: {
    type: 'number',
    value: '<x>',
    says: 'how many times the direction is added; below 0 takes it away',
    default: 2,
  },
  compare: { type: 'numbers', value: '<strengths>', says: 'side by side at these strengths' },
  probe: {
    type: 'numbers',
    value: '<layers>',
    says: 'instead: how well a probe finds the concept in unseen texts, at these layers',
  },
  awareness: {
    type: 'flag',
    says: 'instead: turn "this is a test" up and down, against unrelated and random vectors of equal norm',
  },
  layer: { type: 'whole', value: '<n>', says: 'block after which it is added (default: the middle one)' },
  kind: {
    type: 'choice',
    of: ['contrast', 'pca', 'probe', 'random', 'shuffled'],
    value: '<kind>',
    says: 'how the direction is found',
    default: 'contrast',
  },
  way: {
    type: 'choice',
    of: ['native', 'rewrite'],
    value: '<way>',
    says: 'native calls, or rewritten files where those are not possible',
    default: 'native',
  },
  tokens: { type: 'whole', from: 1, value: '<n>', says: 'tokens to write', default: 60 },
  temperature: { type: 'number', from: 0, value: '<t>', says: 'sampling temperature', default: 0.8 },
  seed: { type: 'text', value: '<text>', says: 'seeds sampling', default: '1' },
} as const

export type SteerOptions = OptionsOf<typeof steerOptions>

export const command: Command = defineCommand({
  arguments: '[text]',
  summary: 'Write with a local model in which a concept is made stronger; --compare shows strengths side by side',
  options: steerOptions,
  examples: ['assay steer --concept sea --compare 0,1,2,3 "I went for a walk and"', 'assay steer --awareness'],
  run: async ([text], options, terminal) =>
    options.awareness
      ? (await import('../steer-awareness.ts')).steerAwareness(terminal, options)
      : (await import('../steer.ts')).steer(terminal, text, options),
})
