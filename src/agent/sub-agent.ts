import { z } from 'zod'
import type { SubAgent } from '../world/index.ts'
import type { Conduct, Effects, ThreadSpec } from './conduct.ts'
import { runThread, type Stop } from './thread.ts'
import { defineTool, type Tool } from './tool.ts'

/** What a sub-agent is told besides its task. */
export interface SubAgentSpec extends SubAgent {
  readonly tools: ReadonlyMap<string, Tool>
  readonly scaffold: ThreadSpec['scaffold']
}

/**
 * A tool that hands a task to another agent with tools of its own. Its thread stands in the same journal and on the
 * same meters.
 */
export function subAgentTool(spec: SubAgentSpec, conduct: Conduct, effects: Effects): Tool {
  let runs = 0
  return defineTool({
    name: spec.name,
    description: spec.description,
    input: z.object({ task: z.string().min(1).max(20_000) }),
    // Its own steps are journaled, so that running it again on resume asks nothing twice.
    effect: 'deterministic',
    async run({ task }) {
      const stop = await runThread(
        {
          id: `${spec.name}-${runs++}`,
          scaffold: spec.scaffold,
          opening: [
            { role: 'system', text: spec.system },
            { role: 'user', text: task },
          ],
          tools: spec.tools,
        },
        conduct,
        effects,
      )
      return { text: report(stop) }
    },
  })
}

/** Sub-agents that end for good reasons answer; a fault below is a fault above. */
function report(stop: Stop): string {
  if (stop.type === 'fault') throw new Error(stop.why)
  if (stop.type === 'world') return `The world ended: ${stop.why}.`
  if (stop.type === 'limit') return `The sub-agent was stopped by the limit on ${stop.reached.limit}.`
  return stop.text === '' ? 'Done.' : stop.text
}
