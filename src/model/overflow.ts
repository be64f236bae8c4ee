/** What an error answer says, as far as it may tell of the context window. */
export interface ErrorSaid {
  readonly message: string
  /** Codes and types inside the error object. */
  readonly codes: readonly string[]
  /** Absent for an error object in a stream. */
  readonly status?: number
  /** The request's body: what stands in it too may be an echo of the prompt. Default ''. */
  readonly sent?: string
}

/** Codes and types that say it by themselves, with who sends them. */
const codes: { readonly [code: string]: string } = {
  context_length_exceeded: 'OpenAI, Azure, Groq, Together, Fireworks, Cerebras and most gateways',
  context_window_exceeded: 'gateways',
  model_context_window_exceeded: 'z.ai',
  exceed_context_size_error: 'llama.cpp',
  model_max_prompt_tokens_exceeded: 'GitHub Copilot',
  max_prompt_tokens_exceeded: 'GitHub Copilot',
  tokens_limit_reached: 'GitHub Models',
  prompt_too_long: 'gateways before Anthropic',
  ContextWindowExceededError: 'LiteLLM',
}

/**
 * How providers say in words that a request does not fit the context window, in any letter case; one row a turn of
 * phrase, with who says it. A row is a whole statement, not a mention of a context.
 */
const overflows: readonly { readonly says: RegExp; readonly who: string }[] = [
  {
    says: /maximum context length(?: is| of|:) [\d,]+/i,
    who: 'OpenAI, Azure, DeepSeek, vLLM, OpenRouter, Together, Fireworks, SGLang, NVIDIA, text-generation-webui',
  },
  {
    says: /exceed(?:s|ed|ing)?\b.{0,40}?\bcontext[ _](?:length|window|size|limit)/i,
    who: 'OpenAI, Anthropic, llama.cpp, llama-cpp-python, Ollama, Cloudflare, LiteLLM, mlx servers',
  },
  {
    says: /context[ _](?:length|window|size)(?: has been| was| is)?[ _](?:exceeded|exceeds|overflow|too (?:long|small))/i,
    who: 'llama.cpp (500), LM Studio, MiniMax, most others',
  },
  {
    says: /(?:longer|greater|larger) than .{0,30}?(?:context length|model length|max_seq_len|max_model_len)/i,
    who: 'SGLang, LM Studio, vLLM',
  },
  { says: /context the overflows|context length of only \d+/i, who: 'LM Studio' },
  { says: /reached context length of \d+/i, who: 'LM Studio' },
  { says: /\bn_keep: \d+ >= n_ctx: \d+/i, who: 'LM Studio, llama.cpp' },
  {
    says: /(?:prompt|input|request)(?: \([^)]*\))? is too long(?:\.?$|: [\d,]+| for (?:the |this )?(?:requested )?model| to fit)/i,
    who: 'Anthropic, Fireworks, Bedrock, vLLM',
  },
  {
    says: /(?:prompt|input) exceeds? (?:the )?max(?:imum)? (?:input )?(?:length|tokens)/i,
    who: 'z.ai, Bedrock, DeepInfra',
  },
  {
    says: /input (?:length|tokens)\b.{0,40}?exceeds?\b.{0,30}?(?:maximum|limit)/i,
    who: 'OpenAI, DeepInfra, Bedrock',
  },
  {
    says: /(?:prompt|input) token count\b.{0,30}?(?:exceeds?|cannot exceed|but model only supports)\b/i,
    who: 'Google, GitHub Copilot, Databricks',
  },
  { says: /total (?:number of )?tokens\b.{0,60}?\bexceeds?\b/i, who: 'Cohere, Volcengine' },
  { says: /maximum prompt length is \d+/i, who: 'xAI' },
  { says: /too large for model with \d+ maximum context/i, who: 'Mistral' },
  { says: /body too large for .{1,80}? model\. max size: \d+ tokens/i, who: 'GitHub Models' },
  {
    says: /inputs? (?:tokens \+ max_new_tokens must be <=|must have less than) \d+/i,
    who: 'text-generation-inference, Together, Hugging Face',
  },
  { says: /reduce the length of the (?:messages|input|prompt)/i, who: 'Groq, older OpenAI, vLLM' },
  { says: /exceeded model token limit/i, who: 'Moonshot' },
  { says: /tokens in request more than max tokens allowed/i, who: 'z.ai' },
  { says: /current length is \d+ while limit is \d+/i, who: 'Cerebras' },
  { says: /range of input length should be/i, who: 'Alibaba' },
  { says: /requires a sequence length of \d+, but the maximum supported/i, who: 'SambaNova' },
  { says: /^litellm\.ContextWindowExceededError/, who: 'LiteLLM' },
]

/** A limit on what may be sent in a time, or on one text, in words like those above. */
const others = /per (?:minute|min|day|hour)\b|\bTP[MD]\b|rate limit|throttl|string too long/i

/** Statuses that no server answers with for this. */
const never: ReadonlySet<number> = new Set([401, 402, 403, 404, 405, 429])

/**
 * Whether an error says that the request does not fit the context window.
 *
 * Only what the server itself says counts: not what it quotes, and not words that it was sent unless the message also
 * counts tokens that were not.
 */
export function saysOverflow({ message, codes: given, status, sent = '' }: ErrorSaid): boolean {
  if (status !== undefined && never.has(status)) return false
  if (given.some((code) => Object.hasOwn(codes, code))) return true
  const own = unquoted(innermost(message))
  if (others.test(own)) return false
  const found = overflows.map(({ says }) => says.exec(own)?.[0]).find((words) => words !== undefined)
  return found !== undefined && (!sent.includes(found) || (own.match(/\d{4,}/g) ?? []).some((n) => !sent.includes(n)))
}

/** Gateways wrap another server's error into their own message, as JSON or as Python prints it. */
function innermost(message: string): string {
  const wrapped = /\\?["']message\\?["']\s*:\s*(?:\\?"((?:[^"\\]|\\[^"])*)\\?"|'((?:[^'\\]|\\.)*)')/.exec(message)
  const inner = wrapped?.[1] ?? wrapped?.[2]
  return inner === undefined || inner === '' ? message : innermost(inner)
}

/** The message without what stands between quotes; names of fields in backticks stay, without them. */
function unquoted(message: string): string {
  return message
    .replaceAll(/`(\w+)`/g, '$1')
    .replaceAll(/"[^"]*"?|`[^`]*`?|[“«][^”»]*[”»]?|(?<=^|[\s([{:=,])'(?:[^']|'(?=\w))*'?/g, ' ')
}
