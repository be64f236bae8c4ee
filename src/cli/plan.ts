import type { Model } from '../model/index.ts'
import { findStudy, readConfig, type Config } from '../project/index.ts'
import { assertSandboxes, makePlan, type Plan } from '../study/index.ts'
import { detectable, mergedQuestions, powerQuestions, USUAL } from '../power/index.ts'
import { counted, levelsText } from '../report/index.ts'
import { opener } from './opened.ts'
import type { PlanOptions } from './options.ts'
import { calledNow } from './called.ts'
import { requestOf } from './plan-request.ts'
import type { TrialCost } from './power-price.ts'
import { agentCeiling } from './price-ceiling.ts'
import type { Answer } from './command.ts'
import type { Terminal } from './terminal.ts'

/** `assay plan <study>`: nothing is asked of any model. */
export async function plan(terminal: Terminal, name: string, options: PlanOptions): Promise<Answer> {
  const config = await readConfig()
  const { study, file } = await findStudy(name, config)
  const request = calledNow(terminal, { study, file }, requestOf(options, config))
  const open = opener(config)
  const models = new Map<string, Model>()
  try {
    const agents = request.controls === 'only' ? [] : request.models
    for (const each of new Set([...agents, ...Object.values(request.partners ?? {})]))
      models.set(each, await open(each))
    const made = makePlan(study, request, models)
    assertSandboxes(made)
    say(terminal, made, models, config)
  } finally {
    await Promise.all([...models.values()].map(async (model) => model.close?.()))
  }
  return 0
}

function say(terminal: Terminal, made: Plan, models: ReadonlyMap<string, Model>, config: Config): void {
  const agents = [...Map.groupBy(made.trials, (trial) => trial.agent)].map(([agent, trials]) => ({
    agent,
    trials: trials.length,
  }))
  const repeats = made.request.repeats ?? made.study.repeats
  const tasks = new Set(made.trials.map((trial) => trial.task)).size
  const power = mergedQuestions(powerQuestions(made.study)).map((question) => detectable(question, { tasks, repeats }))
  const cost = priceCeiling(made, models, config)
  terminal.print(`${terminal.style('bold', made.study.name)}  ${made.study.question}`)
  terminal.print(sizeText(made))
  for (const each of agents) terminal.print(`  ${each.agent}: ${counted(each.trials, 'trial')}`)
  for (const cell of made.cells) terminal.print(`  cell ${levelsText(cell)}`)
  terminal.print(`detectable at ${100 * USUAL.power}% power (assumptions and prices: assay power ${made.study.name})`)
  for (const each of power) terminal.print(`  ${each.title}: ${each.text}`)
  terminal.print(cost.text)
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
    hash: made.hash,
    design: made.design,
  })
}

/** `1 model × 2 cells × 8 seeds + 4 controls × 8 seeds = 48 trials`. */
function sizeText({ trials }: Plan): string {
  const groups = [...Map.groupBy(trials, ({ control }) => control)].map(([control, own]) => {
    const distinct = (of: (trial: Plan['trials'][number]) => string): number => new Set(own.map(of)).size
    const agents = distinct(({ agent }) => agent)
    const factors = [
      { count: distinct(({ cell }) => levelsText(cell)), noun: 'cell' },
      { count: distinct(({ task }) => task), noun: 'task' },
      { count: distinct(({ repeat }) => String(repeat)), noun: 'seed' },
    ].filter(({ count }) => count > 1)
    const who = counted(agents, control ? 'control' : 'model')
    // Cells of their own tasks, or controls that skip cells: no product says how many there are.
    return factors.reduce((all, { count }) => all * count, agents) === own.length
      ? [who, ...factors.map(({ count, noun }) => counted(count, noun))].join(' × ')
      : `${counted(own.length, 'trial')} of ${who}`
  })
  const text = groups.join(' + ')
  return groups.length === 1 && !text.includes('×') ? text : `${text} = ${counted(trials.length, 'trial')}`
}

/** Every trial at its turn limit, each turn with a full context and the longest reply. */
function priceCeiling(
  made: Plan,
  models: ReadonlyMap<string, Model>,
  config: Config,
): Pick<TrialCost, 'dollars' | 'text'> {
  let dollars = 0
  for (const model of models.values()) {
    const most = agentCeiling(made, model, config)
    if (most.dollars === undefined)
      return { dollars: undefined, text: `maximum cost unknown: ${most.why}; limit it with --max-cost` }
    dollars += most.dollars
  }
  return {
    dollars,
    text: `maximum cost $${dollars.toFixed(2)} (every trial at its turn limit with a full context; runs cost less)`,
  }
}
