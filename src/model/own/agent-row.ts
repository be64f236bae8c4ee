import { z } from 'zod'
import { json, type Json } from '../../record/index.ts'
import { onlyFields } from '../provider-row.ts'

/** What all agents of one's own may say. */
interface OwnAgentHead {
  /**
   * Where the answer is in a JSON reply, as names and places with dots between them: `choices.0.text`. Default: the whole
   * reply is the answer.
   */
  readonly answer?: string
  /** Seconds that one answer may take, in (0, 86400]. Default 120. */
  readonly timeoutSeconds?: number
  /** It costs nothing. Default: its cost is unknown. */
  readonly free?: boolean
}

/** A program that is started for each question, without a shell. */
export interface CommandAgent extends OwnAgentHead {
  /** The program and its arguments; `{{prompt}}`, `{{system}}` and `{{messages}}` (JSON) are filled in. */
  readonly command: readonly string[]
  /** What its standard input is given: the last words of the user, or all messages as JSON. Default `prompt`. */
  readonly input?: 'prompt' | 'messages' | 'nothing'
}

/** An address that is asked with a POST of JSON. */
export interface EndpointAgent extends OwnAgentHead {
  readonly url: string
  /**
   * JSON to send. A text in it that is `{{messages}}` alone becomes the list of messages; `{{prompt}}` and `{{system}}` are
   * filled in anywhere. Default `{ "prompt": "{{prompt}}" }`.
   */
  readonly body?: Json
  /** Headers by name. */
  readonly headers?: Readonly<Record<string, string>>
  /** Headers whose values are in environment variables: `{ authorization: 'BOT_TOKEN' }`. */
  readonly headersFrom?: Readonly<Record<string, string>>
}

/** An agent that is not a chat model, as a configuration declares it. */
export type OwnAgent = CommandAgent | EndpointAgent

const head = {
  answer: z.string().min(1).exactOptional(),
  timeoutSeconds: z.number().positive().max(86_400).exactOptional(),
  free: z.boolean().exactOptional(),
}
const texts = z.record(z.string(), z.string())

const command: z.ZodType<CommandAgent> = onlyFields({
  command: z.array(z.string()).min(1, { error: 'must name a program' }),
  input: z.enum(['prompt', 'messages', 'nothing']).exactOptional(),
  ...head,
})
const endpoint: z.ZodType<EndpointAgent> = onlyFields({
  url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
  body: json.exactOptional(),
  headers: texts.exactOptional(),
  headersFrom: texts.exactOptional(),
  ...head,
})

/** A row of `agents`, as a configuration may write it. */
export const ownAgentRow: z.ZodType<OwnAgent> = z.unknown().transform((row, context): OwnAgent => {
  const isCommand = typeof row === 'object' && row !== null && 'command' in row
  const parsed = isCommand ? command.safeParse(row) : endpoint.safeParse(row)
  if (parsed.success) return parsed.data
  for (const { message, path } of parsed.error.issues) context.addIssue({ code: 'custom', message, path })
  return z.NEVER
})
