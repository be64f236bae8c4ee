import type Table from 'cli-table3'
import { AssayError, nearest } from '../assay-error.ts'
import { costOf, onThisMachine, prices, type Price } from '../model/index.ts'
import type { Outcome } from '../record/index.ts'
import { makePlan, taskFinder, type Plan, type Study } from '../study/index.ts'
import {
  assumptionsText,
  detectable,
  detectableEffect,
  EFFECTS,
  effectText,
  mergedQuestions,
  powerQuestions,
  purchase,
  scaleUnit,
  spreadOf,
  type PowerDesign,
  type PowerQuestion,
  type Purchase,
  type Spread,
  type Wanted,
} from '../study/power/index.ts'
import { seriesChart, type MeanLine } from '../study/say/index.ts'
import { readConfig, type Config } from './config.ts'
import { findStudy } from './find-study.ts'
import { requestOf, type PlanOptions } from './plan-request.ts'
import { trialCeiling, type Dollars } from './price-ceiling.ts'
import type { Answer } from './program.ts'
import { readOneRun } from './read-run.ts'
import { plainTable } from './plain-table.ts'
import type { Terminal } from './terminal.ts'

interface PowerOptions extends PlanOptions {
  readonly power: number
  readonly level: number
  readonly from?: string
  readonly quantity?: string
  readonly design?: 'pairs' | 'layers'
  readonly detect?: readonly number[]
  readonly base?: number
  readonly shared?: number
  readonly agree?: number
  readonly clusters?: number
  readonly clustered?: number
  readonly ties: number
  readonly layerRates: readonly number[]
  readonly trialTokens?: readonly number[]
  readonly out?: string
}

/** Repeats that the table shows. */
const REPEATS = [1, 2, 4, 8, 16, 32, 64]

/** `assay power <study>`: nothing is asked of any model, and no key is needed. */
export async function power(terminal: Terminal, name: string, options: PowerOptions): Promise<Answer> {
  const config = await readConfig()
  const { study } = await findStudy(name, config)
  const request = requestOf(options, config)
  const plan = makePlan(study, request, new Map())
  const past = options.from === undefined ? undefined : await readOneRun(options.from, config, options.out)
  const questions = questionsOf(study, options, past?.outcomes)
  const main = mainQuestion(questions, options.quantity)
  const wanted = { power: options.power, level: options.level }
  // What is judged in pairs or layered need not be the study's own tasks.
  const asked = options.design !== undefined && typeof request.tasks === 'number' ? request.tasks : undefined
  const tasks = asked ?? new Set(plan.trials.map((trial) => trial.task)).size
  const repeats = request.repeats ?? study.repeats
  const size = { tasks, repeats, ...(options.clusters !== undefined && { clusters: options.clusters }) }
  const arms = plan.cells.length * Math.max(1, request.models.length)
  const costs = request.models.map((model) => ({
    model,
    ...trialCost(model, plan, config, options, past?.outcomes),
  }))

  const told = taskCounts(tasks).map((count) => ({
    tasks: count,
    questions: mergedQuestions(questions).map((question) => ({
      question,
      cells: REPEATS.map((many) => detectable(question, { ...size, tasks: count, repeats: many }, wanted)),
    })),
  }))
  const buys = effectsToBuy(main, options.detect).map((effect) => ({
    text: effectText(main, effect),
    ...purchase(main.design, effect, size, arms, wanted),
  }))

  const { bold, dim } = {
    bold: (text: string) => terminal.style('bold', text),
    dim: (text: string) => terminal.style('dim', text),
  }
  terminal.print(`${bold(study.name)}  ${study.question}`)
  terminal.print(
    `${plan.cells.length} cells × ${tasks} tasks × ${repeats} repeats; agents: ${request.models.join(', ') || 'none named'}`,
  )
  for (const { tasks: count, questions: rows } of told) {
    const own = count === tasks ? rows : rows.filter(({ question }) => question.quantity === main.quantity)
    terminal.print(
      `\n${bold(`Detectable with ${count} ${count === 1 ? 'task' : 'tasks'}`)}${count === tasks ? ` ${dim('(this study)')}` : ''}, by repeats`,
    )
    const table = plainTable(['', ...REPEATS.map(String)])
    for (const { question, cells } of own) table.push([question.title, ...cells.map((cell) => cell.text)])
    terminal.print(table.toString())
  }
  terminal.print(`\n${bold(main.title)} (${main.quantity}): ${EFFECTS[main.design.kind]}`)
  terminal.print(dim(assumptionsText(main, wanted)))
  terminal.print(curve(main, tasks, options, wanted, terminal.width))
  terminal.print(
    `\n${bold('What to buy')} ${dim(`(for all ${plan.cells.length} cells × ${Math.max(1, request.models.length)} agents)`)}`,
  )
  terminal.print(buyTable(buys, costs).toString())
  for (const cost of costs) terminal.print(dim(`${cost.model}: ${cost.text}`))
  if (costs.length === 0) terminal.print(dim('Name models with --model to see dollars.'))
  terminal.document({
    study: study.name,
    ...wanted,
    size,
    arms,
    detectable: told.flatMap(({ questions: rows }) => rows.flatMap(({ cells }) => cells)),
    question: { ...main, assumptions: assumptionsText(main, wanted) },
    buy: buys.map((each) => ({ ...each, dollars: dollarsOf(each, costs) })),
    costs,
  })
  return 0
}

function questionsOf(
  study: Study,
  options: PowerOptions,
  rows: readonly Outcome[] | undefined,
): readonly PowerQuestion[] {
  if (options.design !== undefined) return [planned(options.design, options)]
  const spreads = rows === undefined ? undefined : measuredSpreads(study, rows)
  const questions = powerQuestions(study, {
    ...(options.base !== undefined && { base: options.base }),
    ...(options.shared !== undefined && { shared: options.shared }),
    ...(options.agree !== undefined && { agree: options.agree }),
    ...(options.clustered !== undefined && { clustered: options.clustered }),
    ...(spreads !== undefined && { spreads }),
  })
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

function planned(kind: 'pairs' | 'layers', options: PowerOptions): PowerQuestion {
  const [a = 0.2, b = 0.2] = options.layerRates
  const shared = options.shared ?? 0.5
  const design: PowerDesign = kind === 'pairs' ? { kind, ties: options.ties, shared } : { kind, rates: [a, b] }
  const title = kind === 'pairs' ? 'wins of one side over the other, repeats are raters' : 'two layers failing together'
  return { quantity: kind, title, measure: '', unit: 'proportion', design, spread: 'assumed' }
}

/** The question that was asked for, else the first comparison, else the first. */
function mainQuestion(questions: readonly PowerQuestion[], quantity: string | undefined): PowerQuestion {
  const names = questions.map((question) => question.quantity)
  const found =
    quantity === undefined
      ? (questions.find(({ design }) => design.kind === 'paired') ?? questions[0])
      : questions.find((question) => question.quantity === quantity)
  if (found !== undefined) return found
  const close = quantity === undefined ? undefined : nearest(quantity, names)
  throw new AssayError(
    'cli/usage',
    `There is no quantity "${quantity}" here.${close === undefined ? '' : ` Did you mean ${close}?`} Quantities: ${names.join(', ')}.`,
  )
}

function taskCounts(tasks: number): readonly number[] {
  if (tasks === 1) return [1]
  return [
    ...new Set([Math.max(2, Math.ceil(tasks / 4)), Math.max(2, Math.ceil(tasks / 2)), tasks, 2 * tasks, 4 * tasks]),
  ]
}

function effectsToBuy(
  { design, unit, spread }: PowerQuestion,
  asked: readonly number[] | undefined,
): readonly number[] {
  if (asked !== undefined) return asked
  switch (design.kind) {
    case 'mean':
    case 'paired':
      if (unit === 'proportion') return [0.05, 0.1, 0.2, 0.3]
      return [0.2, 0.5, 0.8, 1.2].map((sds) => sds * (spread === 'measured' ? design.spread.total : 1))
    case 'rate':
      return [0.05, 0.1, 0.2, 0.3]
    case 'survival':
      return [1.25, 1.5, 2, 3]
    case 'pairs':
      return [0.55, 0.6, 0.7]
    case 'layers':
      return [1.5, 2, 3]
  }
}

/** A line a number of tasks, over repeats. */
function curve(
  question: PowerQuestion,
  tasks: number,
  { clusters }: PowerOptions,
  wanted: Wanted,
  width: number,
): string {
  const lines = taskCounts(tasks).flatMap((count): readonly MeanLine[] => {
    const points = Array.from({ length: 32 }, (_, index) => index + 1).flatMap((repeats) => {
      const size = { tasks: count, repeats, ...(clusters !== undefined && { clusters }) }
      const effect =
        clusters !== undefined && clusters > count ? Infinity : detectableEffect(question.design, size, wanted)
      return Number.isFinite(effect) ? [[repeats, effect] as const] : []
    })
    // Few repeats see only huge effects, which would press the rest of the line to the ground.
    const most = 5 * (points.at(-1)?.[1] ?? Infinity)
    const drawn = points.filter(([, effect]) => effect <= most)
    return drawn.length === 0
      ? []
      : [{ group: `${count} ${count === 1 ? 'task' : 'tasks'}`, control: false, trials: 1, points: drawn }]
  })
  const unit = scaleUnit(question)
  const scale =
    unit === 'score' && (question.design.kind === 'paired' || question.design.kind === 'mean') ? ' (SD)' : ''
  return `\n${seriesChart(lines, { title: `smallest effect seen${scale}`, x: 'repeats', unit, width: Math.min(width, 80), height: 10 })}`
}

type TrialCost = Dollars & { readonly text: string }

/** What a trial of a model costs: as measured, as its tokens say, or at most. */
function trialCost(
  model: string,
  plan: Plan,
  config: Config,
  options: PowerOptions,
  rows: readonly Outcome[] | undefined,
): TrialCost {
  const price = priceOf(model, config)
  const own = (rows ?? []).filter((row) => row.agent === model && row.status !== 'invalid')
  const paid = own.flatMap(({ cost }) => (cost.type === 'known' ? [cost.dollars] : []))
  if (own.length > 0 && paid.length === own.length) {
    const dollars = paid.reduce((a, b) => a + b, 0) / paid.length
    return { dollars, text: `$${dollars.toPrecision(3)} a trial, the mean of ${own.length} trials of ${options.from}` }
  }
  if (price === undefined) {
    const why = 'its price is not known: give it in assay.config.ts'
    return { dollars: undefined, why, text: why }
  }
  const [input, output] = options.trialTokens ?? []
  if (input !== undefined && output !== undefined) {
    const cost = costOf({ input, output }, price)
    const dollars = cost.type === 'known' ? cost.dollars : 0
    return {
      dollars,
      text: `$${dollars.toPrecision(3)} a trial of ${input} tokens in and ${output} out (prices of ${price.asOf})`,
    }
  }
  const find = taskFinder(plan.study)
  const most = plan.trials.map((trial) => trialCeiling(find(trial), plan.request, { name: model, price }))
  const unknown = most.find((each) => each.dollars === undefined)
  if (unknown !== undefined && unknown.dollars === undefined) {
    const why = `no ceiling: ${unknown.why}; say --trial-tokens in,out, or --from a run`
    return { dollars: undefined, why, text: why }
  }
  const dollars = most.reduce((sum, each) => sum + (each.dollars ?? 0), 0) / most.length
  return {
    dollars,
    text: `at most $${dollars.toPrecision(3)} a trial: its turn limit with a full context (prices of ${price.asOf}); say --trial-tokens in,out for less`,
  }
}

function priceOf(model: string, config: Config): Price | undefined {
  if (model.startsWith('local/') || model.startsWith('control/')) return onThisMachine
  return config.prices?.[model] ?? prices[model]
}

type Bought = Purchase & { readonly text: string }

function buyTable(buys: readonly Bought[], costs: readonly TrialCost[]): Table.Table {
  const table = plainTable(['to see', 'tasks', 'repeats', 'trials', ...(costs.length > 0 ? ['dollars'] : [])])
  for (const each of buys) {
    const dollars = dollarsOf(each, costs)
    table.push(
      each.type === 'none'
        ? [each.text, { colSpan: costs.length > 0 ? 4 : 3, content: each.why }]
        : [
            each.text,
            each.size.tasks,
            each.size.repeats,
            each.trials,
            ...(costs.length > 0 ? [dollars === undefined ? 'unknown' : `$${dollars.toFixed(2)}`] : []),
          ],
    )
  }
  return table
}

/** Each model runs its part of the arms. */
function dollarsOf(each: Bought, costs: readonly TrialCost[]): number | undefined {
  if (each.type === 'none' || costs.length === 0) return undefined
  let sum = 0
  for (const cost of costs) {
    if (cost.dollars === undefined) return undefined
    sum += (cost.dollars * each.trials) / costs.length
  }
  return sum
}
