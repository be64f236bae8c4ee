import type { Json, Part } from '../../record/index.ts'
import { FREE } from '../cost.ts'
import type { Answer, AskOptions, Finish, Model, Request } from '../model.ts'

/**
 * What a control model says: a pure function of the request. It should look at the last messages only
 * (`request.messages.at(-1)`), so that a turn costs the same however long the trial is, and draw from
 * `randomFrom(request.seed)` where it draws at all.
 */
export type Planted = (request: Request) => readonly Part[] | PlantedReply

/** Parts with another finish than the parts would have: a reply cut short, say. */
export interface PlantedReply {
  readonly parts: readonly Part[]
  readonly finish: Finish
}

/**
 * A control model: scripted behaviour. No one is paid, nothing leaves the process; it answers at once and counts no tokens.
 *
 * @param name what stands behind `control/`
 * @param property the exact property it has, in one sentence
 * @param planted what it says
 * @param identity what else makes this another model: its parameters
 * @param compact what its own compaction makes of the request's messages; absent: it has none
 */
export function controlFrom(
  name: string,
  property: string,
  planted: Planted,
  identity: { readonly [key: string]: Json } = {},
  compact?: (request: Request) => string,
): Model {
  return {
    name: `control/${name}`,
    provider: 'control',
    identity: { control: name, property, ...identity },
    pricing: FREE,
    templates: ['chat', 'completion'],
    async ask(request, options) {
      return answer(planted, request, options)
    },
    ...(compact !== undefined && {
      async compact(request, options) {
        return answer((asked) => [{ type: 'text', text: compact(asked) }], request, options)
      },
    }),
  }
}

const instantly = { sent: 0, firstToken: 0, lastToken: 0 } as const

function answer(planted: Planted, request: Request, { signal, onDelta }: AskOptions): Answer {
  if (signal.aborted) {
    return { type: 'failure', kind: 'aborted', message: 'cancelled', retries: [], timing: instantly }
  }
  const said = planted(request)
  const { parts, finish } = 'parts' in said ? said : { parts: said, finish: finishOf(said) }
  if (onDelta !== undefined) for (const [index, part] of parts.entries()) show(part, index, onDelta)
  return { type: 'reply', parts, finish, usage: {}, timing: instantly, retries: [], ids: {} }
}

function finishOf(parts: readonly Part[]): Finish {
  return parts.some((part) => part.type === 'tool-call') ? 'tool-calls' : 'stop'
}

function show(part: Part, index: number, onDelta: NonNullable<AskOptions['onDelta']>): void {
  if (part.type === 'tool-call') {
    onDelta({ type: 'tool-call', index, id: part.id, name: part.name, arguments: part.arguments })
  } else {
    onDelta({ type: part.type, text: part.text })
  }
}
