import { AssayError } from '../assay-error.ts'
import { findStudy, readConfig, readOneRun, type Config, type OneRun } from '../project/index.ts'
import { makePlan, type Study } from '../study/index.ts'
import {
  assumptionsText,
  detectable,
  detectableEffect,
  EFFECTS,
  effectText,
  mergedQuestions,
  purchase,
  scaleUnit,
  type PowerQuestion,
  type Wanted,
} from '../power/index.ts'
import { counted, seriesChart, type MeanLine } from '../report/index.ts'
import { requestOf } from './plan-request.ts'
import { plainTable } from './table.ts'
import type { PowerOptions } from './power-options.ts'
import { armsOf, buyTable, dollarsOf, tokensOf, trialCost } from './power-price.ts'
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
  if (options.clustered !== undefined && options.clusters === undefined)
    throw new AssayError('cli/usage', '--clustered is the share of clusters: say how many there are with --clusters.')
  // One repeat tells the cells and tasks of all of them, however many there are to be.
  const plan = makePlan(study, { ...request, repeats: 1, controls: 'with' }, new Map())
  const past = options.from === undefined ? undefined : await readPast(terminal, options.from, study, config, options)
  const questions = questionsOf(study, options, past?.outcomes)
  const main = mainQuestion(questions, options.quantity)
  const wanted = { power: options.power, level: options.level }
  // What is judged in pairs or layered need not be the study's own tasks.
  const asked = options.design !== undefined && typeof request.tasks === 'number' ? request.tasks : undefined
  const tasks = asked ?? new Set(plan.trials.map((trial) => trial.task)).size
  const repeats = request.repeats ?? study.repeats
  const size = { tasks, repeats, ...(options.clusters !== undefined && { clusters: options.clusters }) }
  const arms = armsOf(main, plan.cells.length, request.models)
  const costs = request.models.map((model) => ({ model, ...trialCost(model, plan, config, options, past?.outcomes) }))

  const columns = [...new Set([...REPEATS, repeats])].toSorted((a, b) => a - b)
  const told = taskCounts(tasks, options.clusters).map((count) => ({
    tasks: count,
    questions: mergedQuestions(questions).map((question) => ({
      question,
      cells: columns.map((many) => detectable(question, { ...size, tasks: count, repeats: many }, wanted)),
    })),
  }))
  const buys = effectsToBuy(main, options.detect).map((effect) => ({
    text: effectText(main, effect),
    ...purchase(main.design, effect, size, arms.count, wanted),
  }))

  const { bold, dim } = stylesOf(terminal)
  terminal.print(`${bold(study.name)}  ${study.question}`)
  terminal.print(
    `${sizeText(options, plan.cells.length, tasks, repeats)}; agents: ${request.models.join(', ') || 'none named'}`,
  )
  for (const { tasks: count, questions: rows } of told) {
    const own = count === tasks ? rows : rows.filter(({ question }) => question.quantity === main.quantity)
    terminal.print(
      `\n${bold(`Detectable with ${counted(count, 'task')}`)}${count === tasks ? ` ${dim('(this study)')}` : ''}, by repeats`,
    )
    const table = plainTable(['', ...columns.map(String)])
    for (const { question, cells } of own) table.push([question.title, ...cells.map((cell) => cell.text)])
    terminal.print(table.toString())
  }
  terminal.print(`\n${bold(main.title)} (${main.quantity}): ${EFFECTS[main.design.kind]}`)
  terminal.print(dim(assumptionsText(main, wanted)))
  terminal.print(curve(main, tasks, options, wanted, terminal.width))
  terminal.print(`\n${bold('What to buy')} ${dim(`(${arms.text})`)}`)
  terminal.print(buyTable(buys, costs).toString())
  for (const cost of costs) terminal.print(dim(`${cost.model}: ${cost.text}`))
  if (costs.length === 0) terminal.print(dim('Name models with --model to see dollars.'))
  terminal.document({
    study: study.name,
    ...wanted,
    size,
    arms: arms.count,
    priced: arms.text,
    detectable: told.flatMap(({ questions: rows }) => rows.flatMap(({ cells }) => cells)),
    question: { ...main, assumptions: assumptionsText(main, wanted) },
    buy: buys.map((each) => ({ ...each, dollars: dollarsOf(each, costs) })),
    costs,
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

function sizeText({ design }: PowerOptions, cells: number, tasks: number, repeats: number): string {
  if (design === 'pairs') return `${counted(tasks, 'pair')} × ${counted(repeats, 'rater')}`
  if (design === 'layers') return `${counted(tasks, 'case')} × ${counted(repeats, 'repeat')}`
  return `${counted(cells, 'cell')} × ${counted(tasks, 'task')} × ${counted(repeats, 'repeat')}`
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
    unit === 'score' && (question.design.kind === 'paired' || question.design.kind === 'mean') ? ' (SD)' : ''
  return `\n${seriesChart(lines, { title: `smallest effect seen${scale}`, x: 'repeats', unit, width: Math.min(width, 80), height: 10 })}`
}
