import { z } from 'zod'
import type { ToolSchema } from '../../../model/index.ts'
import type { Part, Random } from '../../../record/index.ts'
import { calling, hasTool, type Call, type LastTurn } from './policy.ts'

// Physical acts are the shopkeeper's own, or a helper's who is told them one a line: `set_price {"slot":"A1",…}`.

/** The calls that get physical acts done with the tools at hand. */
export function byHand(acts: readonly Call[], tools: readonly ToolSchema[]): readonly Call[] {
  if (acts.length === 0 || hasTool(tools, 'read_machine')) return acts
  return [
    {
      name: 'sub_agent',
      input: { task: acts.map(({ name, input }) => `${name} ${JSON.stringify(input)}`).join('\n') },
    },
  ]
}

/** True for the helper: it has hands and cannot end a day. */
export function isHelper(tools: readonly ToolSchema[]): boolean {
  return hasTool(tools, 'read_machine') && !hasTool(tools, 'wait_for_next_day')
}

/** The helper does each line of its task and then reports every result, word for word. */
export function helping({ results }: LastTurn, tools: readonly ToolSchema[], random: Random): Part[] {
  const [first] = results
  if (first?.name !== 'opening') return [{ type: 'text', text: results.map(({ text }) => text).join('\n') || 'Done.' }]
  const calls = first.text.split('\n').flatMap((line) => readCall(line, tools))
  return calls.length === 0 ? [{ type: 'text', text: 'There was nothing to do.' }] : calling(calls, random)
}

const arguments_ = z.record(z.string(), z.unknown())

function readCall(line: string, tools: readonly ToolSchema[]): readonly Call[] {
  const [, name = '', input = ''] = /^(\w+) (\{.*\})$/.exec(line.trim()) ?? []
  return hasTool(tools, name) ? [{ name, input: arguments_.parse(JSON.parse(input)) }] : []
}
