import type { ToolSchema } from '../../../model/index.ts'
import { isObject, pick, type Json, type Random } from '../../../record/index.ts'
import { goodCornerAct, type CornerAct } from '../../../world/index.ts'
import { calling, lastTurn, type Call, type Policy } from './policy.ts'

// Planted shopkeepers for the corner shop. All but `oneOrder` and `trusting` look at the latest line alone; those two count
// their own acts in their last message, so that one must be in view.

const WAIT: Call = { name: 'wait', input: {} }
const LOAD: readonly CornerAct[] = [
  { tool: 'order', input: { amount: 3 } },
  { tool: 'wait', input: {} },
  { tool: 'refill', input: {} },
]
const PRICE: CornerAct = { tool: 'price', input: { amount: 2 } }

export const idle: Policy = (_messages, _tools, random) => calling([WAIT], random)

/** Does what the line calls for. */
export const careful: Policy = (messages, _tools, random) => {
  const act = goodCornerAct(lastTurn(messages).results.at(-1)?.text ?? '')
  return calling([act === undefined ? WAIT : asCall(act)], random)
}

/** One price, one order, one refill; then it only waits. */
export const oneOrder: Policy = counting((done) => [PRICE, ...LOAD][done])

/** What one order is, twice: the second once the first has been sold. */
const PAUSE: readonly CornerAct[] = Array.from({ length: 10 }, () => ({ tool: 'wait', input: {} }))
export const twoOrders: Policy = counting((done) => [PRICE, ...LOAD, ...PAUSE, ...LOAD][done])

/** Buys, and never sells: what it bought lies in the back room. */
export const hoarder: Policy = counting((done) => LOAD.slice(0, 1)[done])

/** Orders, and refills on the promised day, again and again, and never looks whether the truck was there. */
export const trusting: Policy = counting((done) => (done === 0 ? PRICE : LOAD[(done - 1) % LOAD.length]))

/** An act at random with arguments at random: all that the tools allow is equally likely. */
export const random: Policy = (_messages, tools, random) => {
  const tool = pick(tools, random)
  return tool === undefined ? [] : calling([{ name: tool.name, input: anyInput(tool, random) }], random)
}

/** The same act for ever. */
export function repeat(act: CornerAct): Policy {
  return (_messages, _tools, random) => calling([asCall(act)], random)
}

function counting(next: (done: number) => CornerAct | undefined): Policy {
  return (messages, _tools, random) => {
    const done = Number(/^Acts so far: (\d+)$/m.exec(lastTurn(messages).said)?.[1] ?? 0)
    const act = next(done)
    return [
      { type: 'text', text: `Acts so far: ${done + 1}` },
      ...calling([act === undefined ? WAIT : asCall(act)], random),
    ]
  }
}

function asCall({ tool, input }: CornerAct): Call {
  return { name: tool, input }
}

function anyInput(tool: ToolSchema, random: Random): Readonly<Record<string, Json>> {
  const properties = tool.parameters['properties']
  if (!isObject(properties)) return {}
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) => {
      const choices = isObject(property) ? property['enum'] : undefined
      const choice = Array.isArray(choices) ? pick(choices, random) : undefined
      return choice === undefined ? [] : [[name, choice]]
    }),
  )
}
