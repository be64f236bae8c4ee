import { AssayError, didYouMean } from '../assay-error.ts'
import type { Outcome } from '../record/index.ts'
import type { PlanRequest, Study } from '../study/index.ts'
import {
  basisOf,
  inUnit,
  powerQuestions,
  spreadOf,
  type PowerDesign,
  type PowerQuestion,
  type Spread,
} from '../power/index.ts'
import type { PowerOptions } from './power-options.ts'

/**
 * What a study asks, as it stands after the options.
 *
 * @param rows of an earlier run that spreads are taken from
 * @throws AssayError `cli/usage` where no formula tells the power of any analysis
 */
export function questionsOf(
  study: Study,
  options: PowerOptions,
  request: PlanRequest,
  rows: readonly Outcome[] | undefined,
): readonly PowerQuestion[] {
  if (options.design !== undefined) return [planned(options.design, study, options, request)]
  const spreads = rows === undefined ? undefined : measuredSpreads(study, rows)
  const given = {
    ...(options.base !== undefined && { base: options.base }),
    ...(options.shared !== undefined && { shared: options.shared }),
    ...(options.agree !== undefined && { agree: options.agree }),
    ...(options.clustered !== undefined && { clustered: options.clustered }),
    ...(spreads !== undefined && { spreads }),
  }
  const questions = powerQuestions(study, given, request)
  if (questions.length > 0) return questions
  throw new AssayError(
    'cli/usage',
    `The analyses of ${study.name} are of its own kind, and no formula tells their power. Say --design pairs or layers, or simulate it.`,
  )
}

/** Spreads of the real agents where there are any, else of the controls. */
function measuredSpreads(study: Study, rows: readonly Outcome[]): ReadonlyMap<string, Spread> {
  const real = rows.filter((row) => !row.control)
  const own = real.length > 0 ? real : rows
  const by = new Set(own.map((row) => row.task)).size > 1 ? 'task' : 'seed'
  return new Map(
    Object.keys(study.outcome).flatMap((measure) => {
      const spread = spreadOf(own, measure, by)
      return spread === undefined ? [] : [[measure, spread] as const]
    }),
  )
}

function planned(kind: 'pairs' | 'layers', study: Study, options: PowerOptions, request: PlanRequest): PowerQuestion {
  const { layerRates, ties, shared = 0.5 } = options
  const [a, b, ...more] = layerRates
  if (a === undefined || b === undefined || more.length > 0)
    throw new AssayError('cli/usage', '--layer-rates takes the rates of two layers, as 0.2,0.3.')
  const design: PowerDesign = kind === 'pairs' ? { kind, ties, shared } : { kind, rates: [a, b] }
  const title = kind === 'pairs' ? 'wins of one side over the other, repeats are raters' : 'two layers failing together'
  // What is judged in pairs or layered need not be the study's own tasks.
  const tasks = typeof request.tasks === 'number' ? request.tasks : basisOf(study, request).allTasks
  const spread = 'assumed' as const
  return {
    quantity: kind,
    title,
    measure: '',
    unit: 'proportion',
    design,
    tasks,
    repeat: 'same tasks',
    spread,
    agents: 2,
  }
}

/** The question that was asked for, else the first comparison, else the first. */
export function mainQuestion(questions: readonly PowerQuestion[], quantity: string | undefined): PowerQuestion {
  const names = questions.map((question) => question.quantity)
  const found =
    quantity === undefined
      ? (questions.find(({ design }) => design.kind === 'paired') ?? questions[0])
      : questions.find((question) => question.quantity === quantity)
  if (found !== undefined) return found
  throw new AssayError(
    'cli/usage',
    `There is no quantity "${quantity}" here.${didYouMean(quantity ?? '', names)} Quantities: ${names.join(', ')}.`,
  )
}

/** How many tasks the tables show: what the study has, less and more. With clusters, never fewer tasks than those. */
export function taskCounts(tasks: number, clusters: number | undefined): readonly number[] {
  if (tasks === 1) return [1]
  const around = [Math.max(2, Math.ceil(tasks / 4)), Math.max(2, Math.ceil(tasks / 2)), tasks, 2 * tasks, 4 * tasks]
  return [...new Set(around)].filter((count) => count === tasks || count >= (clusters ?? 1))
}

/** @throws AssayError `cli/usage` where an effect that was asked for cannot be one */
export function effectsToBuy(question: PowerQuestion, asked: readonly number[] | undefined): readonly number[] {
  if (asked === undefined) return usualEffects(question)
  const [low, high, what] = rangeOf(question)
  const wrong = asked.find((effect) => !(effect > low && effect <= high))
  // Dollars are what is printed, cents what is counted.
  const scale = question.unit === 'cents' && inUnit(question) && question.design.kind !== 'survival' ? 100 : 1
  if (wrong === undefined) return asked.map((effect) => scale * effect)
  throw new AssayError('cli/usage', `--detect ${wrong}: the effect of ${question.quantity} is ${what}.`)
}

function usualEffects({ design, unit, spread }: PowerQuestion): readonly number[] {
  switch (design.kind) {
    case 'mean':
    case 'paired':
      if (unit === 'proportion') return [0.05, 0.1, 0.2, 0.3]
      return [0.2, 0.5, 0.8, 1.2].map((sds) => sds * (spread === 'assumed' ? 1 : design.spread.total))
    case 'rate':
      return [0.05, 0.1, 0.2, 0.3].filter((points) => design.base + points <= 1)
    case 'survival':
      return [1.25, 1.5, 2, 3]
    case 'pairs':
      return [0.55, 0.6, 0.7]
    case 'layers':
      return [1.5, 2, 3]
  }
}

/** What an effect of this kind lies above and at most is, with that in words. */
function rangeOf({ design, unit }: PowerQuestion): readonly [low: number, high: number, what: string] {
  switch (design.kind) {
    case 'mean':
    case 'paired':
      return unit === 'proportion'
        ? [0, 1, 'a difference of shares: 0.1 for 10 points, at most 1']
        : [0, Infinity, 'an amount above 0']
    case 'rate': {
      const room = Number((1 - design.base).toPrecision(12))
      return [0, room, `points above ${design.base}, as 0.1 for 10 points, at most ${room}`]
    }
    case 'survival':
      return [1, Infinity, 'a hazard ratio above 1']
    case 'pairs':
      return [0.5, 1, 'a share of wins above 0.5 and at most 1']
    case 'layers':
      return [1, Infinity, 'a ratio to independence above 1']
  }
}
