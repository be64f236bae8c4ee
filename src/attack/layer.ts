import { describedThen, type JsonObject, type Message, type Random } from '../record/index.ts'

/** Where a layer is. */
export type Stage = 'rules' | 'prompt' | 'tool-result' | 'act' | 'output' | 'transcript'

/** What passes a layer. `text` is what is there now, with the changes of earlier layers. */
export type Passing =
  /** The target's rules, before anything is asked. */
  | { readonly stage: 'rules'; readonly text: string }
  | { readonly stage: 'prompt'; readonly text: string }
  /** `request` is what the user asked of the agent. */
  | { readonly stage: 'tool-result'; readonly tool: string; readonly text: string; readonly request: string }
  /** `text` holds the arguments as JSON; `allowed` the tools that the user's task needs, where somebody said so. */
  | {
      readonly stage: 'act'
      readonly tool: string
      readonly text: string
      readonly request: string
      readonly allowed?: readonly string[]
    }
  | { readonly stage: 'output'; readonly text: string; readonly prompt: string }
  | { readonly stage: 'transcript'; readonly text: string; readonly turns: readonly Message[] }

/** What a layer says of what passes it. `score` is its evidence in [0, 1], where it has one. */
export type Verdict =
  | { readonly type: 'pass'; readonly score?: number }
  | { readonly type: 'block'; readonly why: string; readonly score?: number }
  | { readonly type: 'change'; readonly text: string }
  /** It could not look: nothing is stopped, and nothing is known of what it would have stopped. */
  | { readonly type: 'unread'; readonly why: string }

/** What a layer may use. Its models are the defence's: what they cost is its price, not the attacker's. */
export interface LayerMeans {
  /** Text that whoever runs the target guards. */
  readonly guarded: readonly string[]
  /** Numbers of the trial, the attempt and these words, for layers that draw. */
  readonly random: (...words: readonly (string | number)[]) => Random
  /** The same for the whole trial: for canary tokens and marks. */
  readonly secret: string
  /** Asks the defence's model: the guard (`--partner guard=…`), or without one the target's own. Undefined where it says nothing. */
  readonly ask: (messages: readonly Message[]) => Promise<string | undefined>
  /** Nats a token of the text by that model; undefined where it gives no log-probabilities. */
  readonly nats: (text: string) => Promise<number | undefined>
  /** Log-probabilities of answers behind a prompt, by the same model. */
  readonly odds: (prompt: string, answers: readonly string[]) => Promise<readonly number[] | undefined>
}

/** A layer as its author writes it. */
export interface LayerSpec {
  readonly name: string
  /** What it does, in one sentence, with its source where it has one. */
  readonly about: string
  readonly stages: readonly [Stage, ...Stage[]]
  /**
   * `blocks`: it never changes what the target sees, so that what it would have done can be told of every case in one
   * run. `changes`: every stack with it is a run of its own; it may block too.
   */
  readonly acts: 'blocks' | 'changes'
  readonly needs?: readonly ('guard' | 'likelihood')[]
  readonly options?: JsonObject
  /** Depends on its arguments alone. */
  readonly inspect: (passing: Passing, means: LayerMeans) => Verdict | Promise<Verdict>
}

export type Layer = Required<LayerSpec>

/** Names a layer and fills in what it left out. */
export function defineLayer(spec: LayerSpec): Layer {
  return { needs: [], options: {}, ...spec }
}

/** What makes this another layer than its neighbours, for the plan hash. */
export function layerIdentity({ name, about, stages, acts, options }: Layer): JsonObject {
  return { name, about: describedThen(about), stages: [...stages], acts, options }
}
