import { plainQuirks, type Quirks } from './chat-completions/quirks.ts'

/** A service that speaks chat completions. A row of data; a configuration may change rows and add some. */
export interface Provider {
  readonly baseUrl?: string
  /**
   * Environment variable that puts another address in the place of `baseUrl`, and the path that is added where the
   * variable's value lacks it (other programs use the same variables without it).
   */
  readonly baseUrlFrom?: { readonly variable: string; readonly path?: string }
  /** Environment variables that may hold the key; the first that is set counts. Empty: no key is needed. */
  readonly keys: readonly string[]
  /** How the key is sent. Default `bearer`. */
  readonly auth?: 'bearer' | 'api-key'
  readonly headers?: { readonly [name: string]: string }
  /** Headers taken from environment variables, where set. */
  readonly headersFrom?: { readonly [name: string]: string }
  /** What differs from {@link plainQuirks}. */
  readonly quirks?: Partial<Quirks>
  /** Quirks of the service itself, which do not hold behind a gateway that took its place. */
  readonly atHome?: Partial<Quirks>
  /** Default true. False asks for each reply in one piece; then there is no first-token time. */
  readonly stream?: boolean
}

/**
 * The providers that are known by name. Anthropic and Google are reached through their chat-completions endpoints,
 * which leave things out (thinking is not shown, caching is off): the rows say what.
 */
export const providers: { readonly [name: string]: Provider } = {
  openai: {
    baseUrl: 'https://api.openai.com/v1',
    baseUrlFrom: { variable: 'OPENAI_BASE_URL' },
    keys: ['OPENAI_API_KEY'],
    headersFrom: { 'openai-organization': 'OPENAI_ORG_ID', 'openai-project': 'OPENAI_PROJECT_ID' },
    quirks: {
      maxTokens: 'max_completion_tokens',
      reasoning: 'none',
      arguments: 'as-written',
    },
    atHome: {
      seed: 'seed',
      thoughts: 'apart',
      completions: false,
      // Without this, every event carries random padding, which costs more to read than the token does.
      streamOptions: { include_obfuscation: false },
    },
  },
  azure: {
    baseUrlFrom: { variable: 'AZURE_OPENAI_ENDPOINT', path: '/openai/v1' },
    keys: ['AZURE_OPENAI_API_KEY'],
    auth: 'api-key',
    quirks: {
      maxTokens: 'max_completion_tokens',
      seed: 'seed',
      reasoning: 'none',
      arguments: 'as-written',
      completions: false,
    },
  },
  // https://docs.anthropic.com/en/api/openai-sdk lists what is ignored: seed, logprobs, reasoning_effort.
  anthropic: {
    baseUrl: 'https://api.anthropic.com/v1',
    baseUrlFrom: { variable: 'ANTHROPIC_BASE_URL', path: '/v1' },
    keys: ['ANTHROPIC_API_KEY'],
    quirks: { effort: 'refused', logprobs: 'refused', reasoning: 'none', completions: false },
    atHome: { thoughts: 'apart' },
  },
  // https://ai.google.dev/gemini-api/docs/openai; unknown fields (seed among them) fail the request.
  google: {
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keys: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    quirks: {
      logprobs: 'refused',
      thoughts: 'apart',
      reasoning: 'thought_signature',
      output: 'total_minus_prompt',
      completions: false,
    },
  },
  openrouter: {
    baseUrl: 'https://openrouter.ai/api/v1',
    keys: ['OPENROUTER_API_KEY'],
    headers: { 'x-title': 'Assay' },
    quirks: { seed: 'seed', effort: 'reasoning.effort', reasoning: 'reasoning_details', arguments: 'as-written' },
  },
  groq: {
    baseUrl: 'https://api.groq.com/openai/v1',
    keys: ['GROQ_API_KEY'],
    quirks: { maxTokens: 'max_completion_tokens', seed: 'seed', reasoning: 'reasoning', completions: false },
  },
  together: {
    baseUrl: 'https://api.together.xyz/v1',
    keys: ['TOGETHER_API_KEY'],
    quirks: { seed: 'seed', reasoning: 'reasoning' },
  },
  mistral: {
    baseUrl: 'https://api.mistral.ai/v1',
    keys: ['MISTRAL_API_KEY'],
    // Unknown fields fail the request; usage comes unasked in the last event.
    quirks: { seed: 'random_seed', usage: 'unasked', logprobs: 'refused', reasoning: 'none', completions: false },
  },
  deepseek: {
    baseUrl: 'https://api.deepseek.com/v1',
    keys: ['DEEPSEEK_API_KEY'],
    quirks: { thoughts: 'apart', completions: false },
  },
  xai: {
    baseUrl: 'https://api.x.ai/v1',
    keys: ['XAI_API_KEY'],
    quirks: { maxTokens: 'max_completion_tokens', seed: 'seed', thoughts: 'apart', completions: false },
  },
  fireworks: { baseUrl: 'https://api.fireworks.ai/inference/v1', keys: ['FIREWORKS_API_KEY'] },
  cerebras: {
    baseUrl: 'https://api.cerebras.ai/v1',
    keys: ['CEREBRAS_API_KEY'],
    quirks: { maxTokens: 'max_completion_tokens', seed: 'seed', reasoning: 'reasoning' },
  },
  deepinfra: {
    baseUrl: 'https://api.deepinfra.com/v1/openai',
    keys: ['DEEPINFRA_API_KEY', 'DEEPINFRA_TOKEN'],
    quirks: { seed: 'seed' },
  },
  moonshot: {
    baseUrl: 'https://api.moonshot.ai/v1',
    keys: ['MOONSHOT_API_KEY'],
    quirks: { completions: false },
  },
  nvidia: {
    baseUrl: 'https://integrate.api.nvidia.com/v1',
    keys: ['NVIDIA_API_KEY'],
    quirks: { completions: false },
  },
  huggingface: {
    baseUrl: 'https://router.huggingface.co/v1',
    keys: ['HF_TOKEN'],
    quirks: { seed: 'seed', completions: false },
  },
  vercel: {
    baseUrl: 'https://ai-gateway.vercel.sh/v1',
    keys: ['AI_GATEWAY_API_KEY'],
    quirks: { completions: false },
  },
  ollama: { baseUrl: 'http://127.0.0.1:11434/v1', keys: [], quirks: { seed: 'seed' } },
  lmstudio: { baseUrl: 'http://127.0.0.1:1234/v1', keys: [], quirks: { seed: 'seed' } },
}

/** What nobody has described: no key, plain quirks. */
export const plainProvider: Provider = { keys: [] }

/** A row's quirks, at the address it is reached at. */
export function quirksOf(provider: Provider, atHome: boolean): Quirks {
  return { ...plainQuirks, ...provider.quirks, ...(atHome ? provider.atHome : {}) }
}
