import { STRATEGIES } from '../../agent/index.ts'
import type { Outcome } from '../../record/index.ts'
import {
  costPerSuccess,
  hazardPerStep,
  hazardPerTurn,
  horizon as lengthDone,
  pairedEffects,
  recall,
  successWithin,
} from '../../findings/length/index.ts'
import { lengthsFigure } from '../../report/index.ts'
import { defineStudy, exactly, levels, share, type CellOf, type Expectation, type Study } from '../../study/index.ts'
import { mean, exact } from '../../findings/index.ts'
import {
  able,
  erring,
  family,
  forgetful,
  idle,
  logistic,
  logisticChance,
  SCAFFOLDS,
  WORK_MEASURES,
  worker,
  workOf,
  workScaffold,
  workTask,
} from '../work/index.ts'
import { workedTasks } from './examples.ts'
import { BUDGETS, LENGTHS, msOf, SPEEDS, TIMES, tokensOf, WINDOWS } from './levels.ts'
import { horizonRows } from './rows.ts'

const factors = {
  family,
  length: levels(...LENGTHS).default('1', '2', '4', '8', '16', '32'),
  compaction: levels(...STRATEGIES),
  budget: levels(...BUDGETS),
  window: levels(...WINDOWS),
  speed: levels(...SPEEDS),
  time: levels(...TIMES),
  scaffold: levels(...SCAFFOLDS),
  template: levels('chat', 'completion'),
  examples: levels('none', 'two'),
}

type Cell = CellOf<typeof factors>

/** Pooled over where a number is about the agent and not about one length or kind of work. */
const POOLED = ['family', 'length'] as const

/** What the planted workers are: see docs/studies/horizon.md. */
const HALF = 8
const HAZARD = 0.05
const SLOW = { output: 100, perSecond: 50 }

/** Tokens that a step adds to a context at most, and what stands before the first: tools, rules, instruction. */
const STEP_TOKENS = 220
const START_TOKENS = 2_500

/** What no dropping of turns makes smaller, worked examples apart: rules, instruction, the latest turn, a summary. */
const KEPT_TOKENS = 2_000

/** Whether a worker that takes one step a turn is stopped by nothing but itself. */
function isFree({ family, length, compaction, budget, window, time, examples }: Cell): boolean {
  // Four characters a token, as the loop counts for planted workers.
  const shown = examples === 'two' ? Math.ceil(workedTasks(family).length / 4) : 0
  const most = START_TOKENS + shown + STEP_TOKENS * Number(length)
  // Where results alone are cleared, calls add up until they fill the window.
  const drops = compaction !== 'none' && compaction !== 'clear'
  const fits = window === 'model' || (tokensOf(window) ?? 0) >= (drops ? KEPT_TOKENS + shown : most)
  return fits && (tokensOf(budget) ?? Infinity) >= (Number(length) + 1) * most + 2_048 && msOf(time) === undefined
}

function inFree(cell: Cell, expectation: Expectation): Expectation | undefined {
  return isFree(cell) ? expectation : undefined
}

/** A turn of the slow worker takes so many seconds. */
function turnSeconds({ speed }: Pick<Cell, 'speed'>): number {
  return SLOW.output / (tokensOf(speed) ?? SLOW.perSecond)
}

/** It begins its last step once all before it are done; whatever was begun in time is finished. */
function slowFinishes(cell: Cell): boolean {
  return (Number(cell.length) - 1) * turnSeconds(cell) * 1_000 < (msOf(cell.time) ?? Infinity)
}

/** How far an agent can go, and what compaction, budget, window, speed and scaffold do to it. */
export const horizon: Study = defineStudy({
  name: 'horizon',
  question:
    'How long a task can an agent finish, and how does that vary with context compaction, token budget, context window, inference speed and scaffold?',
  factors,
  tasks: (cell, seed) => {
    const { family, length, compaction, budget, window, speed, time, scaffold, template, examples } = cell
    const steps = Number(length)
    const tokens = tokensOf(budget)
    const workingMs = msOf(time)
    const size = tokensOf(window)
    const perSecond = tokensOf(speed)
    return [
      workTask(workOf(family, steps, seed), {
        scaffold: workScaffold(scaffold, compaction, {
          template,
          ...(size !== undefined && { window: size }),
          ...(examples === 'two' && { examples: workedTasks(family) }),
        }),
        limits: {
          ...(tokens !== undefined && { tokens }),
          ...(workingMs !== undefined && { workingMs }),
        },
        ...(perSecond !== undefined && { tokensPerSecond: perSecond }),
      }),
    ]
  },
  outcome: WORK_MEASURES,
  checks: exact("the files that the agent left, by the task's own check, and meters"),
  controls: {
    able: {
      property: 'takes every step of the known solution right',
      ...worker(able),
      varies: ['family', 'length'],
      reads: { success: (cell) => inFree(cell, exactly(1)), score: (cell) => inFree(cell, exactly(1)) },
    },
    idle: {
      property: 'hands in what it was given',
      ...worker(idle),
      varies: ['family', 'length'],
      reads: { success: () => exactly(0) },
    },
    logistic: {
      property: `finishes a task of L steps with chance 1/(1 + L/${HALF}): logistic in log2 length`,
      ...worker(logistic(HALF)),
      varies: ['family', 'length'],
      reads: { success: (cell) => inFree(cell, share(logisticChance(Number(cell.length), HALF))) },
      finds: {
        'h50(success by steps)': freely(HALF),
        'h80(success by steps)': freely(HALF / 4),
      },
    },
    erring: {
      property: `errs at each step with chance ${HAZARD} and hands in what it has: half have failed by ${(Math.LN2 / -Math.log1p(-HAZARD)).toFixed(1)} steps`,
      ...worker(erring(HAZARD)),
      varies: ['family', 'length'],
      reads: { success: (cell) => inFree(cell, share((1 - HAZARD) ** Number(cell.length))) },
      finds: {
        'hazard per step(success)': freely(HAZARD),
        'half-life(success)': freely(Math.LN2 / -Math.log1p(-HAZARD)),
        'hazard per turn(success)': freely(HAZARD),
      },
    },
    forgetful: {
      property: 'takes a step right only while it sees the facts that the step needs; saves them where it may',
      ...worker(forgetful),
      varies: ['family', 'length', 'compaction', 'budget', 'window'],
      reads: {
        // What no compaction has touched cannot have been forgotten; what each compaction keeps is held against an
        // independent account in test/studies/horizon.
        success: (cell) => (isFree({ ...cell, compaction: 'none' }) ? exactly(1) : undefined),
      },
    },
    slow: {
      property: `writes ${SLOW.output} tokens each turn at ${SLOW.perSecond} tokens a second, or at the speed of its cell, and errs never`,
      ...worker(able, SLOW),
      varies: ['length', 'speed', 'time'],
      reads: {
        success: (cell) => (isFree({ ...cell, time: 'none' }) ? exactly(slowFinishes(cell) ? 1 : 0) : undefined),
        tokensPerSecond: ({ speed }) => exactly(tokensOf(speed) ?? SLOW.perSecond),
      },
    },
  },
  findings: [
    lengthDone('success', { length: 'steps', over: POOLED }),
    lengthDone('score', { length: 'steps', rates: [0.5], over: POOLED }),
    lengthDone('success', { length: 'minutes', over: POOLED }),
    hazardPerStep('success', { length: 'steps', over: POOLED }),
    hazardPerTurn('success', { over: POOLED }),
    mean('success', { by: ['agent'], over: POOLED, cluster: 'task', title: 'share of tasks finished' }),
    mean('score', { by: ['agent'], over: POOLED, cluster: 'task', title: 'share of the parts done' }),
    pairedEffects('success', { factor: 'compaction', from: ['none', 'trim'], over: POOLED }),
    pairedEffects('score', { factor: 'compaction', from: ['none', 'trim'], over: POOLED }),
    pairedEffects('success', {
      factor: 'speed',
      from: ['model', '10', '30', '100', '300', '1000', '3000'],
      over: POOLED,
    }),
    pairedEffects('success', { factor: 'budget', from: ['none', '4m', '1m', '512k', '256k', '128k'], over: POOLED }),
    pairedEffects('success', {
      factor: 'window',
      from: ['model', '128k', '64k', '32k', '16k', '8k', '6k'],
      over: POOLED,
    }),
    pairedEffects('success', { factor: 'scaffold', from: ['plain', 'plan', 'notes'], over: POOLED }),
    pairedEffects('success', { factor: 'examples', from: ['none'], over: POOLED }),
    recall({ measure: 'success', series: 'recallByAge', age: 'turns since the fact was first shown', over: POOLED }),
    recall({ measure: 'success', series: 'recallGone', age: 'turns since the fact left the context', over: POOLED }),
    successWithin('success', { spend: 'tokens', over: POOLED }),
    successWithin('success', { spend: 'dollars', over: POOLED }),
    costPerSuccess('success', { spend: 'tokens', over: POOLED }),
    costPerSuccess('success', { spend: 'dollars', over: POOLED }),
    mean('tokensPerSecond', { by: ['agent'], over: POOLED, cluster: 'task', title: 'tokens written a second' }),
  ],
  repeats: 4,
  draw: async (findings) => lengthsFigure(findings.filter(({ quantity }) => quantity === 'h50(success by steps)')),
  headline: ({ quantity, kind, measure }) => HEADLINE.has(quantity) || (kind === 'change' && measure === 'success'),
  rows: { horizon: (rows: readonly Outcome[]) => horizonRows(rows) },
})

/** What fills a screen: how far, what was forgotten, at what price; and what each compaction, budget and so on changes. */
const HEADLINE: ReadonlySet<string> = new Set([
  'h50(success by steps)',
  'h80(success by steps)',
  'recall(recallGone)',
  'dollars per success(success)',
])

/** Known wherever nothing but the worker itself ends its trials. */
function freely(value: number): (conditions: Readonly<Record<string, string>>) => number | undefined {
  return ({ compaction = 'none', budget = 'none', window = '32k', time = 'none' }) =>
    compaction === 'none' && budget === 'none' && time === 'none' && (window === 'model' || window === '32k')
      ? value
      : undefined
}
