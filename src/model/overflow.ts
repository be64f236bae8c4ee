/**
 * How providers say that a request does not fit the context window. Matched against the message of any error answer,
 * whatever its status, in any letter case. One row a wording, with who says it.
 */
const overflows: readonly { readonly says: RegExp; readonly who: string }[] = [
  { says: /context[_ ]length[_ ]exceeded/i, who: 'OpenAI and most others, as a code' },
  { says: /maximum context length/i, who: 'OpenAI, vLLM, OpenRouter, DeepSeek, Together, Mistral' },
  { says: /exceeds the context window/i, who: 'OpenAI' },
  { says: /prompt is too long/i, who: 'Anthropic, Fireworks' },
  { says: /input length and `?max_tokens`? exceed context limit/i, who: 'Anthropic' },
  { says: /input token count.{0,40}exceeds the maximum number of tokens/i, who: 'Google' },
  { says: /reduce the length of the messages/i, who: 'Groq, older OpenAI' },
  { says: /maximum prompt length is \d+/i, who: 'xAI' },
  { says: /too large for model with \d+ maximum context/i, who: 'Mistral' },
  { says: /`?inputs`? tokens \+ `?max_new_tokens`? must be <=/i, who: 'Together, text-generation-inference' },
  { says: /exceed(s|ed)? the available context size/i, who: 'llama.cpp' },
  { says: /exceed_context_size_error/i, who: 'llama.cpp, as a type' },
  { says: /longer than the maximum model length/i, who: 'vLLM' },
  { says: /greater than the context length/i, who: 'LM Studio' },
  { says: /when context the overflows|context length of only \d+/i, who: 'LM Studio' },
  { says: /exceeded max context length/i, who: 'Ollama' },
  { says: /input is too long for requested model/i, who: 'Bedrock' },
  { says: /exceeded model token limit/i, who: 'Moonshot' },
  { says: /context window exceeds limit/i, who: 'MiniMax' },
  { says: /current length is \d+ while limit is \d+/i, who: 'Cerebras' },
  { says: /too many tokens: total number of tokens/i, who: 'Cohere' },
  { says: /model_context_window_exceeded/i, who: 'Anthropic, as a stop reason; z.ai' },
]

/** Whether an error's text says that the context was too long. */
export function saysOverflow(text: string): boolean {
  return overflows.some(({ says }) => says.test(text))
}
