import type { Json } from '../../record/index.ts'
import type { TokenLogprob } from '../model.ts'
import { finite, isObject, list, object } from './guards.ts'

/** Log-probabilities of a choice: the chat form (`content`, `refusal`) or the completion form (parallel lists). */
export function logprobsFrom(wire: unknown): readonly TokenLogprob[] {
  const logprobs = object(wire)
  if (logprobs === undefined) return []
  const chat = [...list(logprobs['content']), ...list(logprobs['refusal'])]
  if (chat.length > 0) return chat.flatMap(chatToken)
  const values = list(logprobs['token_logprobs'])
  const tops = list(logprobs['top_logprobs'])
  return list(logprobs['tokens']).flatMap((token, i) => {
    const logprob = finite(values[i])
    if (typeof token !== 'string' || logprob === undefined) return []
    const top = object(tops[i])
    if (top === undefined) return [{ token, logprob }]
    return [{ token, logprob, top: Object.entries(top).flatMap(([token, value]) => scored(token, value)) }]
  })
}

function chatToken(wire: unknown): readonly TokenLogprob[] {
  if (!isObject(wire)) return []
  const [one] = scored(wire['token'], wire['logprob'])
  if (one === undefined) return []
  const top = list(wire['top_logprobs']).flatMap((other) =>
    isObject(other) ? scored(other['token'], other['logprob']) : [],
  )
  return [top.length === 0 ? one : { ...one, top }]
}

function scored(token: unknown, value: unknown): readonly { readonly token: string; readonly logprob: number }[] {
  const logprob = finite(value)
  return typeof token === 'string' && logprob !== undefined ? [{ token, logprob }] : []
}

/** The chat form of our log-probabilities. */
export function chatLogprobs(tokens: readonly TokenLogprob[]): Json {
  return {
    content: tokens.map((one) => ({
      token: one.token,
      logprob: one.logprob,
      bytes: null,
      top_logprobs: (one.top ?? []).map((other) => ({ token: other.token, logprob: other.logprob, bytes: null })),
    })),
    refusal: null,
  }
}

/** The completion form. */
export function completionLogprobs(tokens: readonly TokenLogprob[]): Json {
  return {
    tokens: tokens.map((one) => one.token),
    token_logprobs: tokens.map((one) => one.logprob),
    top_logprobs: tokens.map((one) => Object.fromEntries((one.top ?? []).map((other) => [other.token, other.logprob]))),
  }
}
