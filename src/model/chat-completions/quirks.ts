import type { Json } from '../../record/index.ts'

/** How one provider's chat completions differ from the next one's. Data, so that a new provider is a row. */
export interface Quirks {
  /** Under which name the limit on written tokens is sent. Reasoning models of OpenAI refuse the old name, most others do not know the new one. */
  readonly maxTokens: 'max_tokens' | 'max_completion_tokens'
  /** Under which name the seed is sent; `none` where it would be refused or ignored, or nobody knows. */
  readonly seed: 'seed' | 'random_seed' | 'none'
  /** How reasoning effort is asked for; `refused` where the provider would ignore it without a word. */
  readonly effort: 'reasoning_effort' | 'reasoning.effort' | 'refused'
  /** Whether log-probabilities can be asked for; `refused` where the provider would ignore that without a word. */
  readonly logprobs: 'logprobs' | 'refused'
  /** Whether a stream's usage must be asked for, or comes (or stays away) by itself. */
  readonly usage: 'stream_options' | 'unasked'
  /**
   * Whether a reply's text may hold what the model thought, between marks such as `<think>` and `</think>`: it is then
   * taken out of the answer, as reasoning. `apart` where thoughts come in fields of their own, or not at all.
   */
  readonly thoughts: 'in-text' | 'apart'
  /** How a model's earlier reasoning goes back to it on the next turn. */
  readonly reasoning: 'none' | 'reasoning_content' | 'reasoning' | 'reasoning_details' | 'thought_signature'
  /**
   * Whether arguments that are not JSON may go back as the model wrote them. Servers that parse them to fill a template
   * would fail the whole request; there they travel as `{"unparsed": "<what the model wrote>"}`.
   */
  readonly arguments: 'as-written' | 'must-parse'
  /** Whether `completion_tokens` counts the reasoning, or only `total_tokens` does. */
  readonly output: 'completion_tokens' | 'total_minus_prompt'
  /** Whether /completions answers too. */
  readonly completions: boolean
  /** Further options of every streamed request, beside the asking for usage. */
  readonly streamOptions?: { readonly [key: string]: Json }
  /** Further fields of every request. */
  readonly extra?: { readonly [key: string]: Json }
}

/** What an endpoint nobody has described is taken for: llama.cpp, vLLM, Ollama and LM Studio all live with it. */
export const plainQuirks: Quirks = {
  maxTokens: 'max_tokens',
  seed: 'none',
  effort: 'reasoning_effort',
  logprobs: 'logprobs',
  usage: 'stream_options',
  thoughts: 'in-text',
  reasoning: 'reasoning_content',
  arguments: 'must-parse',
  output: 'completion_tokens',
  completions: true,
}
