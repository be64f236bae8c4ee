import type { FailureKind, Finish, TokenLogprob, Scored } from '../model.ts'
import type { ChatPrompt } from './prompt.ts'

/** What a worker is started with. */
export interface Setup {
  readonly weights: string
  /** Tokens. */
  readonly contextSize: number
}

/** What a worker says of itself once the weights are in memory. */
export interface Facts {
  readonly library: string
  /** Release of llama.cpp inside it. */
  readonly engine: string
  readonly architecture: string
  /** Name of the chat template; absent where the weights bring none. */
  readonly chatTemplate?: string
  /** Tokens that the context really holds. */
  readonly window: number
  /** Tokens that the weights were trained for. */
  readonly trainedWindow: number
}

export interface AskJob {
  readonly type: 'ask'
  readonly prompt:
    | { readonly type: 'chat'; readonly chat: ChatPrompt }
    /** `anchor`: characters at the start that later prompts will share, such as the system message. */
    | { readonly type: 'text'; readonly text: string; readonly anchor: number }
  /** Written for the model after the prompt. */
  readonly opening: string
  readonly grammar?: string
  readonly temperature: number
  readonly topP: number
  readonly maxTokens: number
  readonly seed: number
  readonly stop: readonly string[]
  /** Alternatives to each token whose log-probability is wanted. */
  readonly logprobs?: number
}

export interface ScoreJob {
  readonly type: 'score'
  readonly prompt: string
  readonly continuations: readonly string[]
}

export type Job = AskJob | ScoreJob

export interface Written {
  readonly type: 'written'
  /** Opening included, stop text left out. */
  readonly text: string
  readonly finish: Finish
  readonly input: number
  readonly output: number
  readonly logprobs?: readonly TokenLogprob[]
}

export interface JobFailure {
  readonly type: 'failure'
  readonly kind: FailureKind
  readonly message: string
}

export type Result = Written | JobFailure | { readonly type: 'scored'; readonly scores: readonly Scored[] }

export type ToWorker =
  | { readonly type: 'job'; readonly id: number; readonly job: Job }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'close' }

export type FromWorker =
  | { readonly type: 'ready'; readonly facts: Facts }
  /** The worker could not start; `missing` when node-llama-cpp is not installed. */
  | { readonly type: 'refused'; readonly missing: boolean; readonly message: string }
  /** One token has come; `text` is what it adds, empty while a character or a stop text is incomplete. */
  | { readonly type: 'token'; readonly id: number; readonly text: string }
  | { readonly type: 'done'; readonly id: number; readonly result: Result }
