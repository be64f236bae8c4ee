import { AssayError, reasonOf } from '../assay-error.ts'
import type { ToolCall } from '../record/index.ts'
import type { World, WorldSession } from '../world/index.ts'
import { execute } from './execute.ts'
import { worldTools } from './world-tools.ts'

export type CanaryReading = { readonly type: 'passes' } | { readonly type: 'fails'; readonly why: string }

/**
 * Before a scored trial: does a fresh copy of this world answer through the very road the agent's calls will take? A
 * trial whose tools do not work would measure the harness.
 */
export async function canary(world: World, seed: string): Promise<CanaryReading> {
  let session
  try {
    session = await world.open(seed)
  } catch (cause) {
    // What is missing on this machine is for its user, and no reading of any trial.
    if (cause instanceof AssayError) throw cause
    return { type: 'fails', why: `${world.name} did not open: ${reasonOf(cause)}` }
  }
  try {
    return await sung(world, session)
  } finally {
    await session.close?.()
  }
}

async function sung(world: World, session: WorldSession): Promise<CanaryReading> {
  const tools = worldTools(world, session)
  for (const [index, act] of world.canary.entries()) {
    const call: ToolCall = {
      type: 'tool-call',
      id: `canary-${index}`,
      name: act.tool,
      arguments: JSON.stringify(act.input),
    }
    const { status, result } = await execute(call, tools)
    if (status !== 'ok' || result.error === true) return { type: 'fails', why: `${act.tool}: ${result.text}` }
  }
  return { type: 'passes' }
}
