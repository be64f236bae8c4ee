import { z } from 'zod'

/** What an assistant says, in the order it said it. `arguments` is the text the model wrote, not parsed yet. */
export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string; readonly signature?: string }
  | ToolCall

export interface ToolCall {
  readonly type: 'tool-call'
  readonly id: string
  readonly name: string
  readonly arguments: string
}

export interface AssistantMessage {
  readonly role: 'assistant'
  readonly parts: readonly Part[]
}

/** The answer to one tool call. `error` marks an answer that says what the agent did wrong. */
export interface ToolMessage {
  readonly role: 'tool'
  readonly callId: string
  readonly name: string
  readonly text: string
  readonly error?: boolean
}

/** One message of a context. */
export type Message =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly text: string }
  | AssistantMessage
  | ToolMessage

export const part: z.ZodType<Part> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('reasoning'), text: z.string(), signature: z.string().exactOptional() }),
  z.object({ type: z.literal('tool-call'), id: z.string(), name: z.string(), arguments: z.string() }),
])

export const message: z.ZodType<Message> = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), text: z.string() }),
  z.object({ role: z.literal('user'), text: z.string() }),
  z.object({ role: z.literal('assistant'), parts: z.array(part) }),
  z.object({
    role: z.literal('tool'),
    callId: z.string(),
    name: z.string(),
    text: z.string(),
    error: z.boolean().exactOptional(),
  }),
])
