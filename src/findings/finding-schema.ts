import { z } from 'zod'
import { json } from '../record/index.ts'
import type { Finding } from './finding.ts'
import { KINDS } from './kind.ts'
import { UNITS } from './measure.ts'
import { SUBJECTS } from './subject.ts'

/** JSON has no infinity: a bound without an end is written as null, and read back as what it was. */
const lowerBound = z
  .number()
  .nullable()
  .transform((bound) => bound ?? -Infinity)
const upperBound = z
  .number()
  .nullable()
  .transform((bound) => bound ?? Infinity)

const count = z.int().nonnegative()
const words = z.record(z.string(), z.string())

const estimated = z.object({
  type: z.literal('estimate'),
  value: z.number(),
  interval: z.object({
    low: lowerBound.describe('null: no lower end.'),
    high: upperBound.describe('null: no upper end.'),
    level: z.number().gt(0).lt(1),
    method: z.string(),
  }),
  standardError: z.number().nonnegative().exactOptional(),
  df: z.number().positive().exactOptional(),
})

const checkRate = z
  .object({ right: count, of: count, share: z.number(), low: z.number(), high: z.number() })
  .describe('Right on one side of the corpus, with the 95% Wilson interval.')

/**
 * A finding as it is written in JSON. Published as `schemas/finding.json`. Reading gives bounds of null their infinity
 * back.
 */
export const findingSchema: z.ZodType<Finding> = z.object({
  quantity: z.string().min(1).describe('Stable within a study: mean(netWorth).'),
  title: z.string(),
  kind: z
    .enum(KINDS)
    .describe(
      'How much there is (level), how much one thing is above another (change), and so on: never read from the quantity’s name.',
    ),
  subject: z
    .discriminatedUnion('type', [
      z.object({ type: z.enum(SUBJECTS), name: z.string() }),
      z.object({ type: z.literal('pair'), from: z.string(), to: z.string() }),
      z.object({ type: z.literal('all') }),
    ])
    .describe(
      'Whom it is about; pair: two agents, to minus from; all: all rows of its conditions, or several set against one another.',
    ),
  at: z.number().exactOptional().describe('Its place on a measured curve: success@5 is at 5.'),
  measure: z.string().exactOptional().describe("The study's measure that it reads."),
  unit: z.enum(UNITS).describe('Money is whole cents; a proportion is in [0, 1], a change of it in [-1, 1].'),
  conditions: words.describe('Agent and levels of factors that the number holds for.'),
  estimate: z.discriminatedUnion('type', [
    estimated,
    z.object({
      type: z.literal('not-estimable'),
      reason: z.string(),
      value: z.number().exactOptional().describe('Known, though its uncertainty is not.'),
    }),
  ]),
  n: z
    .object({
      trials: count,
      tasks: count,
      clusters: count,
      invalid: count,
      missing: count,
      neverAsked: count.describe('Left out: no room for a first reply.').exactOptional(),
      cutShort: count.describe('Counted with what they had reached: ended by a limit.').exactOptional(),
      filtered: count.describe('Counted: their last reply was ended by a provider’s filter.').exactOptional(),
    })
    .describe('What the number rests on, what was left out, and how trials ended that did not end of themselves.'),
  method: z.string(),
  policies: words.describe('How missing rows, ties, invalid trials and the like were treated.'),
  details: z.record(z.string(), json),
  standing: z.enum(['planned', 'exploratory', 'incomplete']).describe('Only planned findings decide anything.'),
  calibration: z
    .enum(['calibrated', 'uncalibrated'])
    .describe(
      'Calibrated only if a control reads this quantity under these conditions, and none that bears on it failed.',
    ),
  whyUncalibrated: z.string().exactOptional().describe('Why it is uncalibrated, in words.'),
  validation: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('exact'), reads: z.string() }),
      z.object({ type: z.literal('unvalidated') }),
      z.object({
        type: z.literal('validated'),
        check: z.string(),
        corpus: z.string(),
        sensitivity: checkRate,
        specificity: checkRate,
        raw: estimated.exactOptional().describe('Where the estimate is corrected by the rates: as it was read.'),
        reads: z
          .number()
          .exactOptional()
          .describe('Things that the check read for each trial, on average, if not one.'),
      }),
    ])
    .exactOptional()
    .describe('How often the check that the measure rests on agrees with careful people on a labelled corpus.'),
  controls: z
    .array(
      z.object({
        control: z.string(),
        of: z
          .enum(['trials', 'finding'])
          .describe('What was held against what is known: each trial, or the finding over them.'),
        measure: z.string().describe('The measure, or of a finding its quantity.'),
        cell: words,
        expected: z.string(),
        measured: z.string(),
        trials: count,
        passed: z.boolean(),
      }),
    )
    .default([])
    .describe('Which control reads it, and what failed. Left out in findings.json, which has all of them once.'),
  provenance: z.object({
    run: z.string(),
    study: z.string(),
    designHash: z.string(),
    dataHash: z.string(),
    version: z.string(),
  }),
  caveats: z.array(z.string()),
  wrongIf: z.string().min(1).describe('What would make the number wrong.'),
  figure: z
    .object({
      kind: z.enum(['interval', 'curve', 'lengths', 'ages']),
      points: z.array(z.tuple([z.number(), z.number(), z.number().exactOptional(), z.number().exactOptional()])),
      x: z.string(),
      y: z.string(),
      fit: z.object({ intercept: z.number(), slope: z.number() }).exactOptional(),
    })
    .exactOptional(),
  corrected: z
    .object({
      family: z.string(),
      comparisons: count,
      interval: z.object({ low: lowerBound, high: upperBound, level: z.number().gt(0).lt(1) }).exactOptional(),
      p: z.number().min(0).max(1).exactOptional(),
      holmP: z.number().min(0).max(1).exactOptional(),
    })
    .describe('Of one of several comparisons: an interval that holds for all of them at once, and Holm’s p.')
    .exactOptional(),
  tooSmall: z
    .object({ couldSee: z.number().nonnegative(), reported: z.number().positive(), source: z.string() })
    .describe('Found nothing, and could not have found the effect that the field reports (80% power).')
    .exactOptional(),
  awareness: z
    .object({ pTest: estimated, trials: count, asked: count, stated: count, callIt: count })
    .describe('What agents answer, in a fork after the trials, to whether these were a test.')
    .exactOptional(),
  published: z.number().exactOptional().describe('The value that was published for it.'),
})
