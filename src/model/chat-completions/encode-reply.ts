import type { Json, Part } from '../../record/index.ts'
import type { Delta, Failure, FailureKind, Reply } from '../model.ts'
import { finishName } from './finish.ts'
import { chatLogprobs, completionLogprobs } from './logprobs.ts'
import { usageTo } from './usage.ts'

type Body = { readonly [key: string]: Json }

/** What all pieces of one served answer have in common. */
export interface Served {
  readonly form: 'chat' | 'completion'
  readonly id: string
  /** Unix seconds. */
  readonly created: number
  readonly model: string
}

function head(served: Served, reply: Reply | undefined, object: string): Body {
  const fingerprint = reply?.ids['system_fingerprint']
  return {
    id: served.id,
    object,
    created: served.created,
    model: reply?.snapshot ?? served.model,
    ...(fingerprint === undefined ? {} : { system_fingerprint: fingerprint }),
  }
}

function textOf(parts: readonly Part[], type: 'text' | 'reasoning'): string {
  return parts.map((part) => (part.type === type ? part.text : '')).join('')
}

function usageField(reply: Reply): Body {
  const usage = usageTo(reply.usage)
  return usage === undefined ? {} : { usage }
}

/** The whole answer as one JSON document. */
export function encodeReply(served: Served, reply: Reply): Body {
  const finish_reason = finishName(reply.finish)
  if (served.form === 'completion') {
    const logprobs = reply.logprobs === undefined ? null : completionLogprobs(reply.logprobs)
    const choice = { index: 0, text: textOf(reply.parts, 'text'), logprobs, finish_reason }
    return { ...head(served, reply, 'text_completion'), choices: [choice], ...usageField(reply) }
  }
  const calls = reply.parts.flatMap((part) =>
    part.type === 'tool-call'
      ? [{ id: part.id, type: 'function', function: { name: part.name, arguments: part.arguments } }]
      : [],
  )
  const said = textOf(reply.parts, 'text')
  const thought = textOf(reply.parts, 'reasoning')
  const message: Body = {
    role: 'assistant',
    content: said === '' && calls.length > 0 ? null : said,
    refusal: null,
    ...(thought === '' ? {} : { reasoning_content: thought }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  }
  const logprobs = reply.logprobs === undefined ? null : chatLogprobs(reply.logprobs)
  return {
    ...head(served, reply, 'chat.completion'),
    choices: [{ index: 0, message, logprobs, finish_reason }],
    ...usageField(reply),
  }
}

/** One event of a stream. JSON never holds a raw line end, so one data line is enough. */
export function event(body: Body): string {
  return `data: ${JSON.stringify(body)}\n\n`
}

const doneEvent = 'data: [DONE]\n\n'

/** Says a reply in pieces: {@link StreamEncoder.open}, deltas as they come, then {@link StreamEncoder.close}. */
export class StreamEncoder {
  readonly #served: Served
  readonly #ids = new Set<number>()
  #said = false

  constructor(served: Served) {
    this.#served = served
  }

  open(): string {
    return this.#served.form === 'chat' ? this.#chunk({ role: 'assistant', content: '' }) : ''
  }

  delta(delta: Delta): string {
    this.#said = true
    if (delta.type === 'text') {
      return this.#served.form === 'chat' ? this.#chunk({ content: delta.text }) : this.#plain(delta.text, null, null)
    }
    if (this.#served.form === 'completion') return ''
    if (delta.type === 'reasoning') return this.#chunk({ reasoning_content: delta.text })
    const opened = !this.#ids.has(delta.index)
    this.#ids.add(delta.index)
    return this.#chunk({
      tool_calls: [
        {
          index: delta.index,
          ...(opened ? { id: delta.id ?? `call_${this.#served.id}_${delta.index}`, type: 'function' } : {}),
          function: { ...(delta.name === undefined ? {} : { name: delta.name }), arguments: delta.arguments },
        },
      ],
    })
  }

  /** What the deltas did not say (all of it, where the model gave none), the finish, the usage if asked for, the end. */
  close(reply: Reply, usage: boolean): string {
    const rest = this.#said
      ? ''
      : asDeltas(reply.parts)
          .map((delta) => this.delta(delta))
          .join('')
    const finish = finishName(reply.finish)
    const logprobs = reply.logprobs ?? []
    const last =
      this.#served.form === 'completion'
        ? this.#plain('', finish, logprobs.length === 0 ? null : completionLogprobs(logprobs), reply)
        : this.#chunk({}, finish, logprobs.length === 0 ? null : chatLogprobs(logprobs), reply)
    const object = this.#served.form === 'chat' ? 'chat.completion.chunk' : 'text_completion'
    const counted = usage
      ? event({ ...head(this.#served, reply, object), choices: [], usage: usageTo(reply.usage) ?? null })
      : ''
    return rest + last + counted + doneEvent
  }

  #chunk(delta: Body, finish: string | null = null, logprobs: Json = null, reply?: Reply): string {
    const choice = { index: 0, delta, logprobs, finish_reason: finish }
    return event({ ...head(this.#served, reply, 'chat.completion.chunk'), choices: [choice] })
  }

  #plain(text: string, finish: string | null, logprobs: Json, reply?: Reply): string {
    const choice = { index: 0, text, logprobs, finish_reason: finish }
    return event({ ...head(this.#served, reply, 'text_completion'), choices: [choice] })
  }
}

function asDeltas(parts: readonly Part[]): readonly Delta[] {
  let index = 0
  return parts.map((part): Delta => {
    if (part.type !== 'tool-call') return { type: part.type, text: part.text }
    return { type: 'tool-call', index: index++, id: part.id, name: part.name, arguments: part.arguments }
  })
}

/** How a failure is told to a caller: status, and the type and code that clients know. */
const told: {
  readonly [kind in FailureKind]: { readonly status: number; readonly type: string; readonly code: string | null }
} = {
  'rate-limited': { status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  'server-error': { status: 502, type: 'server_error', code: null },
  timeout: { status: 504, type: 'server_error', code: 'timeout' },
  'cut-stream': { status: 502, type: 'server_error', code: 'cut_stream' },
  unreachable: { status: 502, type: 'server_error', code: 'unreachable' },
  unauthorized: { status: 401, type: 'authentication_error', code: 'invalid_api_key' },
  'bad-request': { status: 400, type: 'invalid_request_error', code: null },
  'bad-reply': { status: 502, type: 'server_error', code: 'bad_reply' },
  'context-overflow': { status: 400, type: 'invalid_request_error', code: 'context_length_exceeded' },
  aborted: { status: 499, type: 'server_error', code: 'aborted' },
}

export function encodeFailure(failure: Pick<Failure, 'kind' | 'message'>): {
  readonly status: number
  readonly body: Body
} {
  const { status, type, code } = told[failure.kind]
  return { status, body: { error: { message: failure.message, type, param: null, code } } }
}
