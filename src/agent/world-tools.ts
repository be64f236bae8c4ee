import type { World, WorldSession } from '../world/index.ts'
import { toolSchema, type Tool } from './tool.ts'

/** A world's acts as tools of the agent, by name. */
export function worldTools(
  world: World,
  session: WorldSession,
  onAct: () => void = () => undefined,
): ReadonlyMap<string, Tool> {
  return new Map(
    world.tools.map((tool) => [
      tool.name,
      {
        schema: toolSchema(tool.name, tool.description, tool.input),
        input: tool.input,
        effect: tool.outside === true ? 'external' : 'deterministic',
        inWorld: true,
        run(input) {
          onAct()
          return session.act(tool.name, input)
        },
      } satisfies Tool,
    ]),
  )
}
