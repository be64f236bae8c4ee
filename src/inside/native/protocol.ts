import type { InsideFacts, NextOptions, Pair, TokenState, Written, WriteOptions, Injection } from '../../model/index.ts'

/** What the process with the weights can be asked, with what it answers. */
export interface Calls {
  open: { readonly asked: { readonly file: string }; readonly answer: InsideFacts }
  read: {
    readonly asked: { readonly texts: readonly string[]; readonly layers: readonly number[] }
    readonly answer: readonly (readonly Float32Array[])[]
  }
  trace: { readonly asked: { readonly text: string; readonly layer: number }; readonly answer: readonly TokenState[] }
  write: {
    readonly asked: { readonly prompts: readonly string[]; readonly options: Omit<WriteOptions, 'onText' | 'signal'> }
    readonly answer: readonly Written[]
  }
  score: {
    readonly asked: { readonly pairs: readonly Pair[]; readonly injections: readonly Injection[] }
    readonly answer: readonly { readonly logprob: number; readonly tokens: number }[]
  }
  next: { readonly asked: { readonly text: string; readonly options: NextOptions }; readonly answer: Float32Array }
  piece: { readonly asked: { readonly token: number }; readonly answer: string }
}

export type CallName = keyof Calls

export type Call = { readonly [N in CallName]: { readonly name: N; readonly asked: Calls[N]['asked'] } }[CallName]

export type ToChild =
  | { readonly type: 'call'; readonly id: number; readonly call: Call }
  /** Ends a call that writes, between two tokens. */
  | { readonly type: 'stop'; readonly id: number }
  | { readonly type: 'close' }

export type FromChild =
  | { readonly type: 'text'; readonly id: number; readonly text: string; readonly index: number }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | {
      readonly type: 'failure'
      readonly id: number
      readonly code: string
      readonly message: string
      readonly exit: 1 | 2 | 3 | 130
    }
