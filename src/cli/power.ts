import { AssayError } from '../assay-error.ts'
import { parseModelName, providers } from '../model/index.ts'
import { findStudy, readConfig, readOneRun, type Config, type OneRun } from '../project/index.ts'
import { makePlan, type Study } from '../study/index.ts'
import {
  assumptionsText,
  basisOf,
  detectable,
  detectableEffect,
  EFFECTS,
  effectText,
  mergedQuestions,
  purchase,
  scaleUnit,
  simulatePowers,
  sourceNotes,
  spreadNote,
  type Detectable,
  type PowerQuestion,
  type Wanted,
} from '../power/index.ts'
import type Table from 'cli-table3'
import { counted, percent, seriesChart, type MeanLine } from '../report/index.ts'
import { printSimulated } from './power-simulated.ts'
import { repeatText, sizeText } from './plan-size.ts'
import { requestOf } from './plan-request.ts'
import { plainTable } from './table.ts'
import type { PowerOptions } from './power-options.ts'
import { armsOf, buyTable, dollarsOf, dollarsText, tokensOf, trialCost } from './power-price.ts'
import { effectsToBuy, mainQuestion, questionsOf, taskCounts } from './power-questions.ts'
import type { Answer } from './command.ts'
import { stylesOf, type Terminal } from './terminal.ts'

/** Repeats that the table shows, beside those of the plan. */
const REPEATS = [1, 2, 4, 8, 16, 32, 64]

/** `assay power <study>`: nothing is asked of any model, and no key is needed. */
export async function power(terminal: Terminal, name: string, options: PowerOptions): Promise<Answer> {
  const config = await readConfig()
  const request = requestOf(options, config)
  const { study } = await findStudy(name, config, request.wordings)
  tokensOf(options)
  // No model is opened here: a name without its provider has no price, and would only be called unknown.
  for (const model of request.models.filter((each) => !each.startsWith('agent/')))
    parseModelName(model, { ...providers, ...config.providers })
  if (options.clustered !== undefined && options.clusters === undefined)
    throw new AssayError('cli/usage', '--clustered is the share of clusters: say how many there are with --clusters.')
  const past = options.from === undefined ? undefined : await readPast(terminal, options.from, study, config, options)
  const plan = makePlan(study, { ...request, controls: 'with' }, new Map())
  const questions = questionsOf(study, options, request, past?.outcomes)
  const main = mainQuestion(questions, options.quantity)
  const wanted = { power: options.power, level: options.level }
  const { tasks } = main
  const repeats = request.repeats ?? study.repeats
  const size = { tasks, repeats, ...(options.clusters !== undefined && { clusters: options.clusters }) }
  const arms = armsOf(main, basisOf(study, request).trials, request.models)
  const costs = request.models.map((model) => ({ model, ...trialCost(model, plan, config, options, past?.outcomes) }))

  const columns = [...new Set([...REPEATS, repeats])].toSorted((a, b) => a - b)
  const row = (question: PowerQuestion, count: number): Row => ({
    question,
    tasks: count,
    cells: columns.map((many) => detectable(question, { ...size, tasks: count, repeats: many }, wanted)),
  })
  const own = mergedQuestions(questions).map((question) => row(question, question.tasks))
  const others = taskCounts(tasks, options.clusters).filter((count) => count !== tasks)
  const more = others.map((count) => row(main, count))
  const buys = effectsToBuy(main, options.detect).map((effect) => ({
    text: effectText(main, effect),
    ...purchase(main.design, effect, size, arms.count, wanted),
  }))

  const { bold, dim } = stylesOf(terminal)
  terminal.print(`${bold(study.name)}  ${study.question}`)
  terminal.print(options.design === undefined ? sizeText(plan, repeats) : designText(options, tasks, repeats))
  const again = options.design === undefined ? repeatText(main.repeat, repeats) : ''
  if (again !== '') terminal.print(dim(again))
  terminal.print(`\n${bold(`Smallest difference that ${percent(wanted.power)} of such runs find, by repeats`)}`)
  terminal.print(rowsTable(own, columns).toString())
  if (more.length > 0) {
    terminal.print(`\n${bold('With fewer or more tasks')}`)
    terminal.print(rowsTable(more, columns).toString())
  }
  for (const note of [spreadNote(questions), ...sourceNotes(questions)]) if (note !== '') terminal.print(dim(note))
  const simulated = options.design === undefined && past === undefined ? simulatePowers(study, request, wanted) : []
  printSimulated(terminal, simulated, wanted.power)
  terminal.print(`\n${bold(main.title)} (${main.quantity}): ${EFFECTS[main.design.kind]}`)
  terminal.print(dim(assumptionsText(main, wanted)))
  terminal.print(curve(main, tasks, options, wanted, terminal.width))
  terminal.print(`\n${bold('What to buy')} ${dim(`(${arms.text})`)}`)
  terminal.print(buyTable(buys, costs).toString())
  for (const cost of costs) {
    terminal.print(dim(`${cost.model}: ${cost.text}`))
    if (cost.dollars !== undefined && options.design === undefined)
      terminal.print(thisDesign(plan.trials.filter(({ agent }) => agent === cost.model).length, cost.dollars))
  }
  if (costs.length === 0) terminal.print(dim('Name models with --model to see dollars.'))
  terminal.document({
    study: study.name,
    ...wanted,
    size,
    arms: arms.count,
    priced: arms.text,
    detectable: [...own, ...more].flatMap(({ cells }) => cells),
    question: { ...main, assumptions: assumptionsText(main, wanted) },
    buy: buys.map((each) => ({ ...each, dollars: dollarsOf(each, costs) })),
    costs,
    simulated,
  })
  return 0
}

/** Says what keeps a run's spreads from being those of a calibrated measurement. */
async function readPast(
  terminal: Terminal,
  name: string,
  study: Study,
  config: Config,
  { out }: PowerOptions,
): Promise<OneRun> {
  const past = await readOneRun(name, config, out)
  if (past.plan.study.name !== study.name)
    throw new AssayError('cli/usage', `${past.run} is a run of ${past.plan.study.name}, not of ${study.name}.`)
  const { controls, complete, unreadable } = past.reading
  const failed = controls.filter((each) => !each.passed).length
  const why = [
    ...(controls.length === 0 ? ['no control ran in it'] : []),
    ...(failed > 0 ? [`${failed} of ${counted(controls.length, 'control check')} failed`] : []),
    ...(unreadable.length > 0 ? ['too many of its trials are invalid'] : []),
  ]
  if (why.length > 0) terminal.note(`assay: ${past.run} is uncalibrated (${why.join('; ')}): its spreads may be wrong.`)
  if (!complete) terminal.note(`assay: ${past.run} is unfinished: its spreads are of the trials that ended.`)
  if (past.outcomes.every((row) => row.control))
    terminal.note(`assay: no real agent ran in ${past.run}: its spreads are those of its controls.`)
  return past
}

/** What one agent costs in the design as it is asked for, without any purchase. */
function thisDesign(trials: number, dollars: number): string {
  return `  estimate for this run as it is, one agent: ${counted(trials, 'trial')}, ${dollarsText(trials * dollars)}`
}

/** A question at a number of tasks, a cell a number of repeats. */
interface Row {
  readonly question: PowerQuestion
  readonly tasks: number
  readonly cells: readonly Detectable[]
}

function rowsTable(rows: readonly Row[], columns: readonly number[]): Table.Table {
  const table = plainTable(['', 'tasks', ...columns.map(String)])
  for (const { question, tasks, cells } of rows) table.push([question.title, tasks, ...cells.map(({ text }) => text)])
  return table
}

function designText({ design }: PowerOptions, tasks: number, repeats: number): string {
  return design === 'pairs'
    ? `${counted(tasks, 'pair')} × ${counted(repeats, 'rater')}`
    : `${counted(tasks, 'case')} × ${counted(repeats, 'repeat')}`
}

/** A line a number of tasks, over repeats. */
function curve(
  question: PowerQuestion,
  tasks: number,
  { clusters }: PowerOptions,
  wanted: Wanted,
  width: number,
): string {
  const lines = taskCounts(tasks, clusters).flatMap((count): readonly MeanLine[] => {
    const points = Array.from({ length: 32 }, (_, index) => index + 1).flatMap((repeats) => {
      const size = { tasks: count, repeats, ...(clusters !== undefined && { clusters }) }
      const effect = detectableEffect(question.design, size, wanted)
      return Number.isFinite(effect) ? [[repeats, effect] as const] : []
    })
    // Few repeats see only huge effects, which would press the rest of the line to the ground.
    const most = 5 * (points.at(-1)?.[1] ?? Infinity)
    const drawn = points.filter(([, effect]) => effect <= most)
    return drawn.length === 0 ? [] : [{ group: counted(count, 'task'), control: false, trials: 1, points: drawn }]
  })
  const unit = scaleUnit(question)
  const scale =
    unit === 'score' && (question.design.kind === 'paired' || question.design.kind === 'mean') ? ' (trial SD)' : ''
  return `\n${seriesChart(lines, { title: `smallest difference found${scale}`, x: 'repeats', unit, width: Math.min(width, 80), height: 10 })}`
}
