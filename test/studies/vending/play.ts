import { z } from 'zod'
import { randomFrom, type Json, type Message, type Part } from '../../../src/record/index.ts'
import type { ToolSchema } from '../../../src/model/index.ts'
import type { Policy } from '../../../src/studies/vending/policies/index.ts'
import { vendingRules, vendingWorld, type VendingOptions, type PureSession } from '../../../src/world/index.ts'

// A loop just long enough to let a planted shopkeeper play: what it sees is cut to its last turn, as a trimmed context
// would be, so that a policy that needs more fails here.

export interface Played {
  readonly view: Readonly<Record<string, Json>>
  readonly ended: string | undefined
  readonly acts: number
  readonly errors: readonly string[]
}

export interface PlayOptions extends VendingOptions {
  readonly seed: string
  readonly policy: Policy
  readonly hands?: 'direct' | 'subagent'
}

export function play({ seed, policy, hands = 'direct', ...options }: PlayOptions): Played {
  const world = vendingWorld(options)
  const session = world.open(seed)
  const schemas = world.tools.map((tool) => schemaOf(tool.name, tool.description, tool.input))
  const isDelegated = ({ name }: ToolSchema): boolean => world.delegation?.tools.includes(name) === true
  const helper = schemas.filter(isDelegated)
  const own =
    hands === 'direct' || helper.length === 0 ? schemas : [...schemas.filter((tool) => !isDelegated(tool)), SUB_AGENT]
  const system: Message = { role: 'system', text: vendingRules(options.size, options.days) }
  const journal: { readonly name: string; readonly text: string; readonly error: boolean }[] = []
  let latest: Message[] = [{ role: 'user', text: session.opening() ?? '' }]
  for (let turn = 0; session.ended() === undefined; turn += 1) {
    const parts = policy([system, ...latest], own, randomFrom(seed, 'policy', turn))
    latest = [
      { role: 'assistant', parts },
      ...answers(session, parts, journal, (task) => help(session, task, policy, helper, journal)),
    ]
    if (latest.length === 1) break
  }
  return {
    view: session.view(),
    ended: session.ended(),
    acts: journal.length,
    errors: journal.filter((entry) => entry.error).map(({ name, text }) => `${name}: ${text}`),
  }
}

type Journal = { readonly name: string; readonly text: string; readonly error: boolean }[]

function answers(
  session: PureSession,
  parts: readonly Part[],
  journal: Journal,
  help: (task: string) => string,
): Message[] {
  return parts.flatMap((part): Message[] => {
    if (part.type !== 'tool-call') return []
    const input = z.record(z.string(), z.unknown()).parse(JSON.parse(part.arguments))
    if (part.name === 'sub_agent') {
      return [{ role: 'tool', callId: part.id, name: part.name, text: help(z.string().parse(input['task'])) }]
    }
    const { text, error = false } = session.act(part.name, input)
    journal.push({ name: part.name, text, error })
    return [{ role: 'tool', callId: part.id, name: part.name, text, error }]
  })
}

function help(
  session: PureSession,
  task: string,
  policy: Policy,
  tools: readonly ToolSchema[],
  journal: Journal,
): string {
  let messages: Message[] = [{ role: 'user', text: task }]
  for (let turn = 0; turn < 5; turn += 1) {
    const parts = policy(messages, tools, randomFrom(task, turn))
    const results = answers(session, parts, journal, () => 'no')
    if (results.length === 0) return parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
    messages = [{ role: 'assistant', parts }, ...results]
  }
  throw new Error('the helper does not come to an end')
}

const SUB_AGENT: ToolSchema = schemaOf('sub_agent', 'Hand over a physical task.', z.object({ task: z.string() }))

function schemaOf(name: string, description: string, input: z.ZodObject): ToolSchema {
  const json = z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(z.toJSONSchema(input))))
  return { name, description, parameters: json }
}
