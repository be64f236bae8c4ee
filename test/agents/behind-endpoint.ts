import { controlFrom, openModel, type Model, type Request } from '../../src/model/index.ts'
import { serve } from '../../src/model/serve/serve.ts'
import type { Part } from '../../src/record/index.ts'

/** An agent that answers behind an endpoint of chat completions, as a hosted model does. */
export interface BehindEndpoint {
  readonly model: Model
  readonly close: () => Promise<void>
}

/**
 * Serves a scripted agent on this machine and opens it as a model: what it reads and says crosses the wire both ways.
 *
 * @param reply from the messages and tools of a request alone, as a hosted model answers
 */
export async function behindEndpoint(name: string, reply: (request: Request) => Part[]): Promise<BehindEndpoint> {
  const served = await serve(controlFrom(name, 'a reference agent', reply), { port: 0 })
  const model = await openModel(`${served.url}#${name}`, { env: {} })
  return { model, close: () => served.close() }
}

/** Says this and calls these tools, in one reply. */
export function act(
  text: string,
  ...calls: readonly (readonly [tool: string, input: Readonly<Record<string, unknown>>])[]
): Part[] {
  return [
    ...(text === '' ? [] : [{ type: 'text', text } satisfies Part]),
    ...calls.map(([name, input], place): Part => ({
      type: 'tool-call',
      id: `c${place}`,
      name,
      arguments: JSON.stringify(input),
    })),
  ]
}
