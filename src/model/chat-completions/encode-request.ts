import type { Json, Message, Part, ToolCall } from '../../record/index.ts'
import type { Request } from '../model.ts'
import { promptText } from '../prompt-text.ts'
import type { Quirks } from './quirks.ts'
import { detailsFrom } from './reasoning-details.ts'

type Body = { readonly [key: string]: Json }

/** A request as the wire wants it, or why this provider cannot be asked that. */
export type Encoded =
  | { readonly type: 'body'; readonly path: '/chat/completions' | '/completions'; readonly body: Body }
  | { readonly type: 'refused'; readonly why: string }

/**
 * @param model as the provider calls it
 * @param stream whether the reply shall come as it is written
 */
export function encodeRequest(request: Request, model: string, quirks: Quirks, stream: boolean): Encoded {
  const why = refusal(request, quirks)
  if (why !== undefined) return { type: 'refused', why }
  const shared: Body = {
    model,
    ...sampling(request, quirks),
    ...(request.stop === undefined || request.stop.length === 0 ? {} : { stop: request.stop }),
    ...(stream ? streaming(quirks) : {}),
    ...quirks.extra,
  }
  if (request.template === 'completion') {
    const logprobs = request.logprobs === undefined ? {} : { logprobs: request.logprobs }
    return {
      type: 'body',
      path: '/completions',
      body: { ...shared, prompt: promptText(request.messages), ...logprobs },
    }
  }
  const logprobs = request.logprobs === undefined ? {} : { logprobs: true, top_logprobs: request.logprobs }
  const messages = request.messages.map((message) => encodeMessage(message, quirks))
  return { type: 'body', path: '/chat/completions', body: { ...shared, messages, ...tools(request), ...logprobs } }
}

function refusal(request: Request, quirks: Quirks): string | undefined {
  if (request.sampling.effort !== undefined && quirks.effort === 'refused') {
    return 'would ignore the reasoning effort here: leave it out'
  }
  if (request.logprobs !== undefined && quirks.logprobs === 'refused') {
    return 'gives no log-probabilities here: ask another model'
  }
  if (request.template === 'completion') {
    if (!quirks.completions) return 'has no plain completions: use the template chat'
    if (request.tools.length > 0) return 'takes no tools under the template completion'
  }
  return undefined
}

function streaming(quirks: Quirks): Body {
  if (quirks.usage !== 'stream_options') return { stream: true }
  return { stream: true, stream_options: { include_usage: true, ...quirks.streamOptions } }
}

function sampling(request: Request, quirks: Quirks): Body {
  const { temperature, topP, effort, maxOutputTokens } = request.sampling
  // The plain form never learned the new name.
  const limit = request.template === 'completion' ? 'max_tokens' : quirks.maxTokens
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxOutputTokens === undefined ? {} : { [limit]: maxOutputTokens }),
    ...(effort === undefined
      ? {}
      : quirks.effort === 'reasoning.effort'
        ? { reasoning: { effort } }
        : { reasoning_effort: effort }),
    ...(quirks.seed === 'none' ? {} : { [quirks.seed]: request.seed }),
  }
}

function tools(request: Request): Body {
  if (request.tools.length === 0) return {}
  return {
    tools: request.tools.map((tool) => ({
      type: 'function',
      function: { name: tool.name, description: tool.description, parameters: tool.parameters },
    })),
    tool_choice: request.toolChoice,
  }
}

function encodeMessage(message: Message, quirks: Quirks): Body {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.text }
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.text }
    case 'assistant':
      return encodeAssistant(message.parts, quirks)
  }
}

function encodeAssistant(parts: readonly Part[], quirks: Quirks): Body {
  const said = parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const calls = parts.flatMap((part, at) =>
    part.type === 'tool-call' ? [encodeCall(part, parts[at - 1], quirks)] : [],
  )
  return {
    role: 'assistant',
    // A turn that only calls tools says null; one that says nothing at all must still say something.
    content: said === '' && calls.length > 0 ? null : said,
    ...reasoning(parts, quirks),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  }
}

function encodeCall(call: ToolCall, before: Part | undefined, quirks: Quirks): Body {
  const signature = before?.type === 'reasoning' && before.text === '' ? before.signature : undefined
  return {
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: writtenArguments(call.arguments, quirks) },
    ...(quirks.reasoning === 'thought_signature' && signature !== undefined
      ? { extra_content: { google: { thought_signature: signature } } }
      : {}),
  }
}

function writtenArguments(written: string, quirks: Quirks): string {
  if (quirks.arguments === 'as-written') return written
  if (written.trim() === '') return '{}'
  try {
    const parsed: unknown = JSON.parse(written)
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return written
  } catch {
    // Below.
  }
  return JSON.stringify({ unparsed: written })
}

function reasoning(parts: readonly Part[], quirks: Quirks): Body {
  const thoughts = parts.flatMap((part) => (part.type === 'reasoning' ? [part] : []))
  const thought = thoughts.map((part) => part.text).join('')
  switch (quirks.reasoning) {
    case 'none':
    case 'thought_signature':
      return {}
    case 'reasoning_content':
    case 'reasoning':
      return thought === '' ? {} : { [quirks.reasoning]: thought }
    case 'reasoning_details': {
      const signature = thoughts.find((part) => part.signature !== undefined)?.signature
      const details = signature === undefined ? undefined : detailsFrom(signature)
      return details === undefined ? (thought === '' ? {} : { reasoning: thought }) : { reasoning_details: details }
    }
  }
}
