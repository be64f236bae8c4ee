import type { FailureKind, Finish } from '../model.ts'

/** Every finish reason seen in the wild, as one of ours, or as the failure that it is. */
const finishes: { readonly [reason: string]: Finish | { readonly failure: FailureKind } } = {
  stop: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  stop_str: 'stop',
  COMPLETE: 'stop',
  STOP: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  model_context_window_exceeded: 'length',
  MAX_TOKENS: 'length',
  tool_calls: 'tool-calls',
  tool_call: 'tool-calls',
  tool_use: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  content_filtered: 'content-filter',
  refusal: 'content-filter',
  sensitive: 'content-filter',
  SAFETY: 'content-filter',
  RECITATION: 'content-filter',
  PROHIBITED_CONTENT: 'content-filter',
  BLOCKLIST: 'content-filter',
  SPII: 'content-filter',
  error: { failure: 'server-error' },
  abort: { failure: 'cut-stream' },
  insufficient_system_resource: { failure: 'server-error' },
  network_error: { failure: 'cut-stream' },
}

/**
 * @param reason as the provider wrote it
 * @param calls whether the reply holds tool calls: some servers say `stop` all the same
 */
export function finishOf(reason: string | undefined, calls: boolean): Finish | { readonly failure: FailureKind } {
  if (reason === undefined) return calls ? 'tool-calls' : 'unknown'
  // Google says more after a colon.
  const [word = ''] = reason.split(':')
  const known = Object.hasOwn(finishes, word) ? finishes[word] : undefined
  if (known === undefined) return 'unknown'
  return known === 'stop' && calls ? 'tool-calls' : known
}

const names: { readonly [finish in Finish]: string } = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  unknown: 'stop',
}

/** Our finish as the wire calls it. */
export function finishName(finish: Finish): string {
  return names[finish]
}
