import { estimateTokens } from '../agent/index.ts'
import { controlFrom, type Answer, type Model, type Request } from '../model/index.ts'
import { controlNamed, randomFrom, type Message } from '../record/index.ts'
import type { Control, PlannedTrial, PlantedTokens, Task } from '../study/index.ts'

/** The most that a planted agent says in one call, for limits that must know it beforehand. Tokens. */
export const PLANTED_MOST = 1_024

/** The name under which a study's `controls` hold a trial's agent; undefined for a model under test. */
export function controlOf({ agent, control }: PlannedTrial): string | undefined {
  return control ? controlNamed(agent) : undefined
}

/** A planted agent as the model of one trial. */
export function plantedModel(name: string, control: Control, trial: PlannedTrial, task: Task): Model {
  const { policy: given, property, compact, inside, tokens } = control
  const policy =
    typeof given === 'function' ? given : given.madeFor({ task, cell: trial.cell, seed: `${trial.seed}/${trial.id}` })
  const model = {
    ...controlFrom(
      name,
      property,
      ({ messages, tools, seed }) => policy(messages, tools, randomFrom(seed)),
      {},
      compact === undefined ? undefined : ({ messages, seed }) => compact(messages, randomFrom(seed)),
    ),
    ...(inside !== undefined && { inside: () => Promise.resolve(inside) }),
  }
  return tokens === undefined ? model : counted(model, tokens)
}

/** The model with its tokens counted by our own estimate, since nobody else counts them. */
function counted(model: Model, { price, output, perSecond }: PlantedTokens): Model {
  const counting = changed(model, (answer, request) => {
    if (answer.type === 'failure') return answer
    const written = output ?? estimateTokens({ role: 'assistant', parts: answer.parts })
    return { ...answer, usage: { input: promptTokens(request), output: written } }
  })
  return atSpeed({ ...counting, ...(price !== undefined && { pricing: { type: 'scripted', price } }) }, perSecond)
}

/**
 * The model on a virtual clock: each reply is timed as if it had been written at so many tokens a second, whatever it
 * took. A reply whose tokens nobody counted keeps the time that was measured.
 */
export function atSpeed(model: Model, tokensPerSecond: number | undefined): Model {
  if (tokensPerSecond === undefined) return model
  return changed(model, (answer) => {
    if (answer.type === 'failure' || answer.usage.output === undefined) return answer
    const { sent } = answer.timing
    return { ...answer, timing: { sent, lastToken: sent + (1_000 * answer.usage.output) / tokensPerSecond } }
  })
}

/** The model with something changed in all that it answers. */
function changed(model: Model, change: (answer: Answer, request: Request) => Answer): Model {
  const compact = model.compact?.bind(model)
  return {
    ...model,
    ask: async (request, options) => change(await model.ask(request, options), request),
    ...(compact !== undefined && {
      compact: async (request, options) => change(await compact(request, options), request),
    }),
  }
}

/** A message is measured once, however many calls show it. */
const measured = new WeakMap<Message | Request['tools'], number>()

function promptTokens({ messages, tools }: Request): number {
  let sum = remembered(tools, () => (tools.length === 0 ? 0 : Math.ceil(JSON.stringify(tools).length / 4)))
  for (const message of messages) sum += remembered(message, () => estimateTokens(message))
  return sum
}

function remembered(key: Message | Request['tools'], count: () => number): number {
  const known = measured.get(key)
  if (known !== undefined) return known
  const tokens = count()
  measured.set(key, tokens)
  return tokens
}
