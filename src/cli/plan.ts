import type { Model } from '../model/index.ts'
import { findStudy, readConfig, type Config } from '../project/index.ts'
import { assertHere, makePlan, type Plan } from '../study/index.ts'
import { basisOf, detectable, mergedQuestions, powerQuestions, sourceNotes, spreadNote, USUAL } from '../power/index.ts'
import { counted, levelsText } from '../report/index.ts'
import { opener } from './opened.ts'
import type { PlanOptions } from './options.ts'
import { calledNow } from './called.ts'
import { echoNote } from './echo-note.ts'
import { repeatText, sizeText } from './plan-size.ts'
import { requestOf } from './plan-request.ts'
import { dollarsText, type TrialCost } from './power-price.ts'
import { agentCeiling, askingCeiling } from './price-ceiling.ts'
import type { Answer } from './command.ts'
import type { Terminal } from './terminal.ts'

/** `assay plan <study>`: nothing is asked of any model, so no key is needed. */
export async function plan(terminal: Terminal, name: string, options: PlanOptions): Promise<Answer> {
  const config = await readConfig()
  const wanted = requestOf(options, config)
  const { study, file } = await findStudy(name, config, wanted.wordings)
  const request = calledNow(terminal, { study, file }, wanted)
  const open = opener(config, { asks: false })
  const models = new Map<string, Model>()
  try {
    const agents = request.controls === 'only' ? [] : request.models
    for (const each of new Set([...agents, ...Object.values(request.partners ?? {})]))
      models.set(each, await open(each))
    const made = makePlan(study, request, models)
    assertHere(made)
    say(terminal, name, made, models, config)
  } finally {
    await Promise.all([...models.values()].map(async (model) => model.close?.()))
  }
  return 0
}

function say(terminal: Terminal, name: string, made: Plan, models: ReadonlyMap<string, Model>, config: Config): void {
  const agents = [...Map.groupBy(made.trials, (trial) => trial.agent)].map(([agent, trials]) => ({
    agent,
    trials: trials.length,
  }))
  const repeats = made.request.repeats ?? made.study.repeats
  const tasks = new Set(made.trials.map((trial) => trial.task)).size
  const questions = powerQuestions(made.study, {}, made.request)
  const power = mergedQuestions(questions).map((question) => detectable(question, { tasks: question.tasks, repeats }))
  const cost = priceCeiling(name, made, models, config)
  terminal.print(`${terminal.style('bold', made.study.name)}  ${made.study.question}`)
  terminal.print(sizeText(made, repeats))
  const again = repeatText(basisOf(made.study, made.request).repeat, repeats)
  if (again !== '') terminal.print(again)
  for (const each of agents) terminal.print(`  ${each.agent}: ${counted(each.trials, 'trial')}`)
  for (const cell of made.cells) terminal.print(`  cell ${levelsText(cell)}`)
  if (power.length > 0) {
    terminal.print(
      `smallest difference that ${100 * USUAL.power}% of such runs find (assumptions: ${commandFor('power', name, made)})`,
    )
    for (const each of power) terminal.print(`  ${each.title}: ${each.text}`)
    for (const note of [spreadNote(questions), ...sourceNotes(questions)]) if (note !== '') terminal.print(note)
  }
  terminal.print(cost.text)
  const asking = askingCeiling(made, [...models.values()])
  if (asking !== undefined) terminal.print(askingText(asking))
  const note = echoNote(made)
  if (note !== '') terminal.note(note)
  terminal.print(`plan hash ${made.hash}`)
  terminal.document({
    study: made.study.name,
    cells: made.cells,
    tasks,
    repeats,
    agents,
    trials: made.trials.length,
    detectable: power,
    ceiling: cost,
    ...(asking !== undefined && { asking }),
    hash: made.hash,
    design: made.design,
  })
}

/** `of that, at most $0.12 is for asking 192 times whether it is a test`. */
function askingText(asking: NonNullable<ReturnType<typeof askingCeiling>>): string {
  const most =
    asking.dollars === undefined ? `what it costs is unknown: ${asking.why}` : `at most ${dollarsText(asking.dollars)}`
  return `in that: ${counted(asking.questions, 'question')} after trials, whether it was a test, in forks of their conversations (${most})`
}

/** A command about the same levels and models, as it can be typed. */
function commandFor(command: string, name: string, { request }: Plan): string {
  return [
    `assay ${command} ${name}`,
    ...request.models.map((model) => `--model ${model}`),
    ...Object.entries(request.set).map(([factor, names]) => `--set ${factor}=${names.join(',')}`),
    ...(request.tasks === undefined ? [] : [`--tasks ${[request.tasks].flat().join(',')}`]),
    ...(request.repeats === undefined ? [] : [`--repeats ${request.repeats}`]),
  ].join(' ')
}

/**
 * Every trial at its turn limit, each turn with all that it can hold and the longest reply; or what limits leave, where
 * that is less.
 */
function priceCeiling(
  name: string,
  made: Plan,
  models: ReadonlyMap<string, Model>,
  config: Config,
): Pick<TrialCost, 'dollars' | 'text'> {
  const { maxDollars } = made.request
  let dollars = 0
  let unknown: string | undefined
  for (const model of models.values()) {
    const most = agentCeiling(made, model, config)
    if (most.dollars === undefined) unknown ??= most.why
    else dollars += most.dollars
  }
  const capped = maxDollars !== undefined && (unknown !== undefined || maxDollars < dollars)
  if (capped) return { dollars: maxDollars, text: `maximum cost ${dollarsText(maxDollars)} (the limit of --max-cost)` }
  if (unknown !== undefined)
    return {
      dollars: undefined,
      text: `maximum cost unknown: ${unknown}; set one with --max-cost, or estimate it: ${commandFor('power', name, made)} --trial-tokens <in,out>`,
    }
  return {
    dollars,
    text: `maximum cost ${dollarsText(dollars)} (every turn of every trial with the longest prompt that can occur and the longest reply, within the limits; runs cost less)`,
  }
}
