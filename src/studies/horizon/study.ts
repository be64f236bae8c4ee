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
import {
  between,
  defineStudy,
  exactly,
  levels,
  share,
  type CellOf,
  type Expectation,
  type Found,
  type Study,
} from '../../study/index.ts'
import { average, mean, exact } from '../../findings/index.ts'
import {
  able,
  allOrNothing,
  almost,
  erring,
  family,
  forgetful,
  halfway,
  idle,
  logistic,
  logisticChance,
  SCAFFOLDS,
  tools,
  WORK_MEASURES,
  worker,
  workOf,
  workScaffold,
  workTask,
} from '../work/index.ts'
import { showsFailure, showsFall, type WorkTrials } from './determined.ts'
import { workedTasks } from './examples.ts'
import { BUDGETS, LENGTHS, msOf, SPEEDS, TIMES, tokensOf, WINDOWS } from './levels.ts'
import { horizonRows } from './rows.ts'
import { simulated } from './simulated.ts'

const factors = {
  family,
  length: levels(...LENGTHS).default('1', '2', '4', '8', '16', '32'),
  tools,
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

/** Tokens the wordy worker writes each turn; at this price they are a cent, and reading is free. */
const WORDY = 8_000
const CENT_A_TURN = { input: 0, output: 1.25, asOf: '2026-01-01', source: 'made up for a worker whose cost is known' }

/** Its own words count in its window, with what it reads: a window that is too small for both stops it. */
function isFreeWordy(cell: Cell): boolean {
  const most = START_TOKENS + STEP_TOKENS * Number(cell.length) + WORDY
  return isFree(cell) && (cell.window === 'model' || (tokensOf(cell.window) ?? 0) >= most)
}

/** What it writes alone is too much, or all that it may read too is little enough; else nobody knows. */
function wordyFinishes(cell: Cell): Expectation | undefined {
  if (!isFreeWordy({ ...cell, budget: 'none' })) return undefined
  const steps = Number(cell.length)
  const allowed = tokensOf(cell.budget) ?? Infinity
  if (WORDY * steps >= allowed) return exactly(0)
  const most = (steps + 1) * (WORDY + START_TOKENS + STEP_TOKENS * steps)
  return most + 2_048 <= allowed ? exactly(1) : undefined
}

function isCertain(success: Expectation | undefined): boolean {
  return success?.type === 'exactly' && success.value === 1
}

function isPlain({ compaction, scaffold }: Cell): boolean {
  return compaction === 'none' && scaffold === 'plain'
}

/** What the wordy worker spends in cents where it finishes and nothing makes it write more: a turn a step, and one to hand in. */
function inTurns(
  of: (turns: readonly number[]) => number,
): (...given: Parameters<Found<typeof factors>>) => number | undefined {
  return (_, trials) =>
    trials.every((each) => isPlain(each.cell) && isCertain(wordyFinishes(each.cell)))
      ? of(trials.map(({ cell }) => Number(cell.length) + 1).toSorted((a, b) => a - b))
      : undefined
}

function exactlyTurns(of: (turns: readonly number[]) => number): Found<typeof factors> {
  const turns = inTurns(of)
  return (...given) => {
    const cents = turns(...given)
    return cents === undefined ? undefined : exactly(cents)
  }
}

/** The same in tokens: what it writes, and what it may read at most. */
function inTokens(of: (turns: readonly number[]) => number): Found<typeof factors> {
  const turns = inTurns(of)
  return (conditions, trials) => {
    const most = Math.max(...trials.map(({ cell }) => START_TOKENS + STEP_TOKENS * Number(cell.length)))
    const count = turns(conditions, trials)
    return count === undefined ? undefined : between(count * WORDY, count * (WORDY + most))
  }
}

/** The middle of sorted numbers, the lower of two. */
function median(sorted: readonly number[]): number {
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? 0
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
    const { family, length, tools, compaction, budget, window, speed, time, scaffold, template, examples } = cell
    const steps = Number(length)
    const tokens = tokensOf(budget)
    const workingMs = msOf(time)
    const size = tokensOf(window)
    const perSecond = tokensOf(speed)
    return [
      workTask(workOf(family, steps, seed), {
        tools,
        scaffold: workScaffold(scaffold, compaction, {
          tools,
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
      reads: {
        success: (cell) => inFree(cell, exactly(1)),
        score: (cell) => inFree(cell, exactly(1)),
        steps: ({ length }) => exactly(Number(length)),
        price: ({ family, length }) => exactly(workOf(family, Number(length), 'price').price ?? 0),
      },
    },
    half: {
      property: 'takes the first half of the steps and hands that in: some of the parts, and no success',
      ...worker(halfway),
      varies: ['family', 'length', 'tools'],
      reads: { success: () => exactly(0), score: () => between(0, 0.9) },
    },
    almost: {
      property: 'takes every step but the last: most of the parts, and no success',
      ...worker(almost),
      varies: ['family', 'length', 'tools'],
      reads: { success: () => exactly(0), score: () => between(0, 0.999) },
    },
    'all-or-nothing': {
      property: `does the whole task with chance 1/(1 + L/${HALF}), and hands in what it was given else: its parts are its successes`,
      ...worker(allOrNothing(HALF)),
      varies: ['length', 'tools', 'compaction', 'window', 'speed', 'scaffold', 'template', 'examples'],
      reads: {
        success: (cell) => inFree(cell, share(logisticChance(Number(cell.length), HALF))),
        score: (cell) => inFree(cell, share(logisticChance(Number(cell.length), HALF))),
      },
      finds: {
        'h50(success by steps)': freeLength(HALF),
        'h80(success by steps)': freeLength(HALF / 4),
        'h50(score by steps)': freeLength(HALF),
      },
    },
    wordy: {
      property: `errs never, and writes ${WORDY.toLocaleString('en-US')} tokens each turn, which fill its window and eat its budget`,
      ...worker(able, { output: WORDY, price: CENT_A_TURN }),
      varies: ['length', 'tools', 'budget'],
      reads: { success: wordyFinishes },
      finds: {
        'dollars for half(success)': exactlyTurns(median),
        'dollars per success(success)': exactlyTurns(average),
        'tokens for half(success)': inTokens(median),
        'tokens per success(success)': inTokens(average),
      },
    },
    idle: {
      property: 'hands in what it was given',
      ...worker(idle),
      varies: ['family', 'length', 'tools'],
      reads: { success: () => exactly(0), score: () => exactly(0) },
    },
    logistic: {
      property: `finishes a task of L steps with chance 1/(1 + L/${HALF}): logistic in log2 length`,
      ...worker(logistic(HALF)),
      varies: ['family', 'length', 'tools'],
      reads: { success: (cell) => inFree(cell, share(logisticChance(Number(cell.length), HALF))) },
      finds: {
        'h50(success by steps)': freeLength(HALF),
        'h80(success by steps)': freeLength(HALF / 4),
      },
    },
    erring: {
      property: `errs at each step with chance ${HAZARD} and hands in what it has: half have failed by ${(Math.LN2 / -Math.log1p(-HAZARD)).toFixed(1)} steps`,
      ...worker(erring(HAZARD)),
      varies: ['family', 'length', 'tools'],
      reads: { success: (cell) => inFree(cell, share((1 - HAZARD) ** Number(cell.length))) },
      finds: {
        'hazard per step(success)': freely(HAZARD),
        'half-life(success)': freely(Math.LN2 / -Math.log1p(-HAZARD), (trials) => showsFailure(trials, HAZARD)),
        'hazard per turn(success)': freely(HAZARD),
      },
    },
    forgetful: {
      property: 'takes a step right only while it sees the facts that the step needs; saves them where it may',
      ...worker(forgetful),
      varies: ['family', 'length', 'tools', 'compaction', 'budget', 'window'],
      reads: {
        // What no compaction has touched cannot have been forgotten; what each compaction keeps is held against an
        // independent account in test/studies/horizon.
        success: (cell) => (isFree({ ...cell, compaction: 'none' }) ? exactly(1) : undefined),
      },
    },
    slow: {
      property: `writes ${SLOW.output} tokens each turn at ${SLOW.perSecond} tokens a second, or at the speed of its cell, and errs never`,
      ...worker(able, SLOW),
      varies: ['length', 'tools', 'speed', 'time'],
      reads: {
        // What real commands take counts as working time too, and differs from machine to machine.
        success: (cell) =>
          isFree({ ...cell, time: 'none' }) && (cell.tools === 'files' || cell.time === 'none')
            ? exactly(slowFinishes(cell) ? 1 : 0)
            : undefined,
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
    pairedEffects('success', { factor: 'tools', from: ['files'], over: POOLED }),
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
  simulated,
  expected: [{ measure: 'score', spread: 0.5, source: 'the most that a share of parts done can vary' }],
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

/** Known wherever nothing but the worker itself ends its trials, and these are enough to give the number. */
function freely(value: number, isGiven: (trials: WorkTrials) => boolean = () => true): Found<typeof factors> {
  // When the plan is hashed, cell by cell, the number is part of it however few trials a run has.
  return ({ length }, trials) =>
    trials.every(({ cell }) => isFree(cell)) && (length !== undefined || isGiven(trials)) ? value : undefined
}

/** A length that a worker of logistic chance does at a rate. */
function freeLength(value: number): Found<typeof factors> {
  return freely(value, (trials) => showsFall(trials, (steps) => logisticChance(steps, HALF)))
}
