import type { OptionsOf } from './option.ts'
import type { PlanOptions } from './options.ts'

/** Options that `assay power` has of its own. */
export const powerOptions = {
  power: {
    type: 'share',
    inner: true,
    value: '<share>',
    says: 'chance of seeing the effect',
    default: 0.8,
  },
  level: { type: 'share', value: '<share>', says: 'confidence of the test', default: 0.95 },
  from: { type: 'text', value: '<run>', says: 'take spreads and dollars from a run' },
  quantity: {
    type: 'text',
    value: '<name>',
    says: 'the question to draw and to buy for (default: the first comparison)',
  },
  detect: {
    type: 'numbers',
    above: 0,
    value: '<effects>',
    says: 'effects to buy for, with commas, in the unit that is printed (shares as 0.1)',
  },
  design: {
    type: 'choice',
    of: ['pairs', 'layers'],
    value: '<kind>',
    says: 'a design that the study itself does not have',
  },
  base: {
    type: 'share',
    value: '<share>',
    says: 'share expected, or share of trials in which an event comes (default: 0.5)',
  },
  shared: {
    type: 'share',
    value: '<share>',
    says: "how much of a trial's variance is its task's or seed's (default: 0.5)",
  },
  agree: { type: 'share', value: '<r>', says: 'how far two arms find the same tasks hard, 0 to 1 (default: 0)' },
  clusters: { type: 'whole', value: '<n>', says: 'families or matters that the tasks fall into' },
  clustered: { type: 'share', value: '<share>', says: "how much of a trial's variance is its cluster's" },
  ties: { type: 'share', value: '<share>', says: 'share of ties (pairs)', default: 0.2 },
  layerRates: {
    type: 'numbers',
    value: '<a,b>',
    says: 'how often each layer fails alone (layers)',
    default: [0.2, 0.2],
  },
  trialTokens: { type: 'numbers', value: '<in,out>', says: 'tokens of one trial, for its price' },
  out: { type: 'text', value: '<dir>', says: 'the folder of runs (default: .assay/runs)', group: 'output' },
} as const

export type PowerOptions = PlanOptions & OptionsOf<typeof powerOptions>
