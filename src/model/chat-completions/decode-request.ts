import { z } from 'zod'
import type { AssistantMessage, Json, Message, Part } from '../../record/index.ts'
import type { Request, Sampling, ToolSchema } from '../model.ts'
import { isObject } from './guards.ts'

// What a caller may send us. A field that would change the answer and that we cannot honour is refused by name, also one
// that we have never heard of; where it says what would be done without it, it is passed over.

const textPart = z.object({ type: z.literal('text'), text: z.string() })
const content = z.union([z.string(), z.array(textPart)])
const json: z.ZodType<Json> = z.json()
const parameters = z.record(z.string(), json)

const toolCall = z.object({
  id: z.string(),
  type: z.literal('function').optional(),
  function: z.object({ name: z.string(), arguments: z.string() }),
})

const message = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content }),
  z.object({ role: z.literal('user'), content }),
  z.object({
    role: z.literal('assistant'),
    content: z.union([content, z.null()]).optional(),
    reasoning_content: z.string().nullish(),
    reasoning: z.string().nullish(),
    refusal: z.string().nullish(),
    tool_calls: z.array(toolCall).nullish(),
  }),
  z.object({ role: z.literal('tool'), tool_call_id: z.string(), content }),
])
type WireMessage = z.infer<typeof message>

const tool = z.object({
  type: z.literal('function'),
  function: z.object({ name: z.string().min(1), description: z.string().nullish(), parameters: parameters.nullish() }),
})

/** Asks for nothing that would change the answer. */
const passedOver = z.unknown().optional()

/** A field that is honoured only at the value that changes nothing. */
const only = (neutral: number | boolean): z.ZodType => z.literal(neutral, { error: unserved }).nullish()
const unserved = 'is not served here: leave it out'

const shared = {
  frequency_penalty: only(0),
  presence_penalty: only(0),
  repetition_penalty: only(1),
  repeat_penalty: only(1),
  min_p: only(0),
  logit_bias: z
    .record(z.string(), z.unknown())
    .refine((bias) => Object.keys(bias).length === 0, unserved)
    .nullish(),
  user: passedOver,
  metadata: passedOver,
  store: passedOver,
  service_tier: passedOver,
  safety_identifier: passedOver,
  prompt_cache_key: passedOver,
  prompt_cache_retention: passedOver,
  model: z.string().optional(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  temperature: z.number().min(0).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  max_tokens: z.int().min(1).nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
  n: z.literal(1, { error: 'only one choice (n: 1) can be asked for' }).nullish(),
}

const chat = z.strictObject({
  ...shared,
  messages: z.array(message).min(1),
  max_completion_tokens: z.int().min(1).nullish(),
  reasoning_effort: z.string().nullish(),
  tools: z.array(tool).nullish(),
  parallel_tool_calls: only(true),
  tool_choice: z
    .union([
      z.enum(['auto', 'none', 'required']),
      z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) }),
    ])
    .nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  response_format: z
    .object({
      type: z.literal('text', { error: 'only the format text is served; hold answers to a schema with a tool' }),
    })
    .nullish(),
})

const completion = z.strictObject({
  ...shared,
  best_of: only(1),
  prompt: z.union([z.string(), z.array(z.string()).length(1)], { error: 'the prompt must be one string' }),
  logprobs: z.int().min(0).max(20).nullish(),
  echo: z.literal(false, { error: 'echo is not served' }).nullish(),
})

/** A request as it was asked for, and how the answer shall be sent. */
export type Decoded =
  | {
      readonly type: 'request'
      readonly request: Request
      readonly stream: boolean
      readonly usage: boolean
      readonly model?: string
    }
  | { readonly type: 'refused'; readonly why: string; readonly param?: string }

/**
 * @param seed taken where the caller names none
 */
export function decodeChatRequest(body: unknown, seed: number): Decoded {
  const parsed = chat.safeParse(withoutNulls(body))
  if (!parsed.success) return refused(parsed.error)
  const wire = parsed.data
  const chosen = typeof wire.tool_choice === 'object' ? wire.tool_choice?.function.name : undefined
  const all = (wire.tools ?? []).map(toolSchema)
  // Naming one tool is the same as offering that one and requiring a call.
  const tools = chosen === undefined ? all : all.filter((one) => one.name === chosen)
  if (chosen !== undefined && tools.length === 0) {
    return { type: 'refused', why: `tool_choice names ${chosen}, which is not among the tools` }
  }
  const choice = typeof wire.tool_choice === 'string' ? wire.tool_choice : undefined
  const maxOutputTokens = wire.max_completion_tokens ?? wire.max_tokens ?? undefined
  const effort = wire.reasoning_effort ?? undefined
  return {
    ...delivery(wire),
    request: {
      messages: decodeMessages(wire.messages),
      tools,
      toolChoice: chosen === undefined ? (choice ?? 'auto') : 'required',
      template: 'chat',
      sampling: { ...sampling(wire, maxOutputTokens), ...(effort === undefined ? {} : { effort }) },
      seed: wire.seed === undefined || wire.seed === null ? seed : wire.seed >>> 0,
      ...(wire.logprobs === true ? { logprobs: wire.top_logprobs ?? 0 } : {}),
      ...stops(wire.stop),
    },
  }
}

/** The plain form: the prompt is one user message under the template `completion`. */
export function decodeCompletionRequest(body: unknown, seed: number): Decoded {
  const parsed = completion.safeParse(withoutNulls(body))
  if (!parsed.success) return refused(parsed.error)
  const wire = parsed.data
  const text = typeof wire.prompt === 'string' ? wire.prompt : wire.prompt.join('')
  return {
    ...delivery(wire),
    request: {
      messages: [{ role: 'user', text }],
      tools: [],
      toolChoice: 'none',
      template: 'completion',
      sampling: sampling(wire, wire.max_tokens ?? undefined),
      seed: wire.seed === undefined || wire.seed === null ? seed : wire.seed >>> 0,
      ...(wire.logprobs === undefined || wire.logprobs === null ? {} : { logprobs: wire.logprobs }),
      ...stops(wire.stop),
    },
  }
}

type Shared = z.infer<z.ZodObject<typeof shared>>

/** A field that is null asks for nothing, whatever it is. */
function withoutNulls(body: unknown): unknown {
  if (!isObject(body)) return body
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))
}

function refused(error: z.ZodError): Decoded {
  const [issue] = error.issues
  const unknown = issue?.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys[0] : undefined
  if (unknown !== undefined) return { type: 'refused', why: `${unknown} ${unserved}`, param: unknown }
  const where = issue?.path.join('.') ?? ''
  if (where === '') return { type: 'refused', why: `the request: ${issue?.message ?? 'cannot be read'}` }
  const message = issue?.message ?? 'cannot be read'
  return { type: 'refused', why: message === unserved ? `${where} ${unserved}` : `${where}: ${message}`, param: where }
}

function delivery(wire: Shared): {
  readonly type: 'request'
  readonly stream: boolean
  readonly usage: boolean
  readonly model?: string
} {
  return {
    type: 'request',
    stream: wire.stream === true,
    usage: wire.stream_options?.include_usage === true,
    ...(wire.model === undefined ? {} : { model: wire.model }),
  }
}

function sampling(wire: Shared, maxOutputTokens: number | undefined): Sampling {
  return {
    ...(typeof wire.temperature === 'number' ? { temperature: wire.temperature } : {}),
    ...(typeof wire.top_p === 'number' ? { topP: wire.top_p } : {}),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
  }
}

function stops(stop: Shared['stop']): { readonly stop?: readonly string[] } {
  if (stop === undefined || stop === null || stop.length === 0) return {}
  return { stop: typeof stop === 'string' ? [stop] : stop }
}

function toolSchema(wire: z.infer<typeof tool>): ToolSchema {
  const { name, description, parameters } = wire.function
  return { name, description: description ?? '', parameters: parameters ?? { type: 'object', properties: {} } }
}

/** Tool answers on the wire do not name their tool; the call they answer does. */
function decodeMessages(wire: readonly WireMessage[]): readonly Message[] {
  const names = new Map<string, string>()
  return wire.map((one): Message => {
    switch (one.role) {
      case 'system':
      case 'developer':
        return { role: 'system', text: textOf(one.content) }
      case 'user':
        return { role: 'user', text: textOf(one.content) }
      case 'tool':
        return {
          role: 'tool',
          callId: one.tool_call_id,
          name: names.get(one.tool_call_id) ?? '',
          text: textOf(one.content),
        }
      case 'assistant':
        for (const call of one.tool_calls ?? []) names.set(call.id, call.function.name)
        return decodeAssistant(one)
    }
  })
}

function decodeAssistant(wire: Extract<WireMessage, { role: 'assistant' }>): AssistantMessage {
  const thought = wire.reasoning_content ?? wire.reasoning ?? ''
  const said = wire.content === undefined || wire.content === null ? (wire.refusal ?? '') : textOf(wire.content)
  const parts: Part[] = []
  if (thought !== '') parts.push({ type: 'reasoning', text: thought })
  if (said !== '') parts.push({ type: 'text', text: said })
  for (const call of wire.tool_calls ?? []) {
    parts.push({ type: 'tool-call', id: call.id, name: call.function.name, arguments: call.function.arguments })
  }
  return { role: 'assistant', parts }
}

function textOf(wire: z.infer<typeof content>): string {
  return typeof wire === 'string' ? wire : wire.map((one) => one.text).join('')
}
