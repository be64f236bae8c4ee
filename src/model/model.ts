import type { Json, Message, Part, Usage } from '../record/index.ts'
import type { Pricing } from './cost.ts'
import type { Inside } from './inside.ts'

/** JSON Schema (draft 2020-12) of an object; what providers call a tool's parameters. */
export type JsonSchema = { readonly [key: string]: Json }

/** A tool as it is described to a model. */
export interface ToolSchema {
  readonly name: string
  readonly description: string
  readonly parameters: JsonSchema
}

/** How messages become a prompt: the model's own chat template, or bare text that the model continues. */
export type Template = 'chat' | 'completion'

/** Sampling is part of an agent's identity: two agents that differ here are two agents. Absent means the provider's default. */
export interface Sampling {
  /** 0 is greedy. */
  readonly temperature?: number
  readonly topP?: number
  /** Reasoning effort by the provider's own name for it. */
  readonly effort?: string
  /** Tokens the model may write in one reply, reasoning included. */
  readonly maxOutputTokens?: number
}

/** One question to a model. */
export interface Request {
  readonly messages: readonly Message[]
  readonly tools: readonly ToolSchema[]
  readonly toolChoice: 'auto' | 'required' | 'none'
  readonly template: Template
  readonly sampling: Sampling
  /** Hash of run, trial and turn, a whole number in [0, 2^32). Models that cannot be seeded ignore it. */
  readonly seed: number
  /** Ask for the log-probabilities of the tokens written, with this many alternatives each. */
  readonly logprobs?: number
  /** Text at which a plain completion ends (the text itself is left out). */
  readonly stop?: readonly string[]
}

/**
 * What arrives while the model still speaks. `index` tells parallel tool calls apart. Text is as the server sends it: a
 * thought that it leaves in the text becomes a part of its own only in the reply.
 */
export type Delta =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | {
      readonly type: 'tool-call'
      readonly index: number
      readonly id?: string
      readonly name?: string
      readonly arguments: string
    }

export interface AskOptions {
  readonly signal: AbortSignal
  readonly onDelta?: (delta: Delta) => void
  /** A try that had already spoken failed and the question is put again: what was heard so far is void. */
  readonly onRestart?: () => void
}

export type Finish = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'unknown'

/** Milliseconds, from the moment the question was put. Queueing for a rate limit comes before `sent`. */
export interface Timing {
  readonly sent: number
  readonly firstToken?: number
  readonly lastToken: number
  /** In which this process was at work meanwhile: a token that came then was seen late. Absent: nothing could hold it up. */
  readonly busy?: number
}

export interface TokenLogprob {
  readonly token: string
  readonly logprob: number
  readonly top?: readonly { readonly token: string; readonly logprob: number }[]
}

/** One failed try before the answer that counts. */
export interface Retry {
  readonly kind: FailureKind
  readonly status?: number
  /** Something of a reply had come: it may have been billed. */
  readonly spoke?: true
  /** What the provider had counted before it broke off. */
  readonly usage?: Usage
  readonly waitedMs: number
}

export interface Reply {
  readonly type: 'reply'
  readonly parts: readonly Part[]
  readonly finish: Finish
  readonly usage: Usage
  readonly timing: Timing
  readonly retries: readonly Retry[]
  /** The exact model that the provider says it used, where it says so. */
  readonly snapshot?: string
  /** Ids as the provider gave them, for its support desk. */
  readonly ids: { readonly [name: string]: string }
  readonly logprobs?: readonly TokenLogprob[]
}

export type FailureKind =
  | 'rate-limited'
  | 'server-error'
  | 'timeout'
  | 'cut-stream'
  | 'unreachable'
  | 'unauthorized'
  | 'bad-request'
  | 'bad-reply'
  | 'context-overflow'
  | 'aborted'

/** A call that brought no reply. It says nothing about the agent, unless the kind is `context-overflow`. */
export interface Failure {
  readonly type: 'failure'
  readonly kind: FailureKind
  /** One line: what the provider said, with what to do where we know it. */
  readonly message: string
  readonly status?: number
  readonly retryAfterMs?: number
  /** Something of a reply had come before it broke off: it may have been billed. */
  readonly spoke?: true
  /** What the provider had counted before it broke off. */
  readonly usage?: Usage
  readonly retries: readonly Retry[]
  readonly timing: Timing
}

export type Answer = Reply | Failure

/** Whatever answers. The only interface that the rest of Assay knows. */
export interface Model {
  /** `provider/model`, as the user named it. */
  readonly name: string
  /** The key under which rate limits are shared. */
  readonly provider: string
  /** All that makes this another model than its neighbours: weights' hash, base URL, library version. Enters the design hash. */
  readonly identity: { readonly [key: string]: Json }
  /** What its calls cost, and with it whether a run's budgets are spent on them. */
  readonly pricing: Pricing
  readonly templates: readonly Template[]
  /** Templates under which it takes tools; absent: all of them. */
  readonly toolTemplates?: readonly Template[]
  /** Context window in tokens, where known. */
  readonly window?: number
  ask(request: Request, options: AskOptions): Promise<Answer>
  /**
   * The model's own way of making a conversation shorter, where it has one: the text of its reply stands in place of the
   * request's messages. The last of them is a user's and says how long that text may be.
   */
  compact?(request: Request, options: AskOptions): Promise<Answer>
  /** Sum of log-probabilities (nats) and token count of each continuation after the prompt. */
  score?(prompt: string, continuations: readonly string[], signal: AbortSignal): Promise<readonly Scored[]>
  /** What instruments read and write within it, opened when first asked for; absent where nobody can look in. */
  inside?(): Promise<Inside>
  /** Releases workers and sockets. Safe to call twice. */
  close?(): Promise<void>
}

export interface Scored {
  readonly logprob: number
  readonly tokens: number
}
