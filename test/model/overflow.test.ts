import { describe, expect, test } from 'vitest'
import { failureOfAnswer, failureOfError, type Asked } from '../../src/model/failures.ts'

const asked: Asked = { provider: 'p', model: 'm', baseUrl: 'https://p.example/v1', keys: [], withhold: (text) => text }

function kindOf(status: number | undefined, body: unknown, sent = ''): string {
  if (status === undefined) return failureOfError(asked, body, sent).kind
  return failureOfAnswer(asked, status, {}, typeof body === 'string' ? body : JSON.stringify(body), 0, sent).kind
}

const error = (message: string, more: object = {}): object => ({ error: { message, ...more } })
const bare = (message: string, more: object = {}): object => ({ object: 'error', message, ...more })

/** What servers answer, as their users report it. Numbers are made up. */
const overflows: readonly [who: string, status: number | undefined, body: unknown][] = [
  [
    'OpenAI',
    400,
    error("This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.", {
      code: 'context_length_exceeded',
    }),
  ],
  [
    'OpenAI, without a code',
    400,
    error('Your input exceeds the context window of this model. Please adjust your input and try again.'),
  ],
  [
    'OpenAI, newer',
    400,
    error('Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300000 tokens.'),
  ],
  [
    'Azure',
    400,
    error(
      "This model's maximum context length is 8192 tokens, however you requested 9000 tokens (8000 in your prompt; 1000 for the completion).",
      { param: null },
    ),
  ],
  [
    'Anthropic',
    400,
    {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'prompt is too long: 214850 tokens > 200000 maximum' },
    },
  ],
  [
    'Anthropic, with the answer',
    400,
    error(
      'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input length or `max_tokens`',
    ),
  ],
  [
    'Google',
    400,
    [
      error('The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).', {
        status: 'INVALID_ARGUMENT',
      }),
    ],
  ],
  ['Google, another model', 400, [error('The input token count is 1200000 but model only supports up to 1048576.')]],
  [
    'Mistral',
    400,
    bare('Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length', {
      code: 3051,
    }),
  ],
  ['Groq', 400, error('Please reduce the length of the messages or completion.', { code: 'context_length_exceeded' })],
  [
    'Together',
    422,
    error(
      'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4097. Given: 5000 `inputs` tokens and 100 `max_new_tokens`',
    ),
  ],
  ['Fireworks', 400, error('The prompt is too long: 134529, model maximum context length: 131071')],
  [
    'DeepSeek',
    400,
    error("This model's maximum context length is 131072 tokens. However, you requested 131134 tokens.", {
      code: 'invalid_request_error',
    }),
  ],
  [
    'OpenRouter',
    400,
    error("This endpoint's maximum context length is 32768 tokens. However, you requested about 42832 tokens.", {
      code: 400,
    }),
  ],
  [
    'OpenRouter, for another',
    400,
    error('Provider returned error', {
      code: 400,
      metadata: { raw: JSON.stringify(error('prompt is too long: 9000 tokens > 8000 maximum')), provider_name: 'x' },
    }),
  ],
  ['xAI', 400, { error: "This model's maximum prompt length is 131072 but the request contains 200000 tokens." }],
  [
    'Cerebras',
    400,
    bare('Please reduce the length of the messages or completion. Current length is 9000 while limit is 8192'),
  ],
  [
    'vLLM',
    400,
    bare(
      "This model's maximum context length is 8192 tokens. However, you requested 0 output tokens and your prompt contains at least 8193 input tokens.",
    ),
  ],
  ['vLLM, older', 400, bare('The decoder prompt (length 5000) is longer than the maximum model length of 4096.')],
  [
    'vLLM, older still',
    400,
    bare('The prompt (total length 25938) is too long to fit into the model (context length 4096).'),
  ],
  ['SGLang', 400, bare("The input (9012 tokens) is longer than the model's context length (8192 tokens).")],
  [
    'SGLang, with the answer',
    400,
    bare(
      "Requested token count exceeds the model's maximum context length of 8192 tokens. You requested a total of 9000 tokens.",
    ),
  ],
  ['Ollama', 400, error('the input length exceeds the context length')],
  ['Ollama, in the cloud', 400, error('prompt too long; exceeded max context length by 5 tokens')],
  [
    'llama.cpp',
    400,
    error('request (9000 tokens) exceeds the available context size (8192 tokens), try increasing it', {
      type: 'exceed_context_size_error',
      n_ctx: 8192,
    }),
  ],
  ['llama.cpp, while it writes', 500, error('Context size has been exceeded.', { code: 500, type: 'server_error' })],
  [
    'llama-cpp-python',
    400,
    error("This model's maximum context length is 2048 tokens. However, you requested 2138 tokens", {
      code: 'context_length_exceeded',
    }),
  ],
  [
    'llama-cpp-python, unmapped',
    500,
    error('Requested tokens (2138) exceed context window of 2048', { type: 'internal_server_error' }),
  ],
  [
    'LM Studio',
    400,
    {
      error:
        'Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough.',
    },
  ],
  [
    'LM Studio, newer',
    400,
    { error: 'The number of tokens to keep from the initial prompt is greater than the context length.' },
  ],
  [
    'LM Studio, in a stream',
    undefined,
    { message: 'Reached context length of 4096 tokens with model (arch: x) that does not support overflow.' },
  ],
  ['LM Studio, n_keep', 400, { error: 'Cannot truncate prompt with n_keep: 9000 >= n_ctx: 8192' }],
  [
    'text-generation-inference',
    422,
    {
      error: 'Input validation error: `inputs` must have less than 4096 tokens. Given: 4545',
      error_type: 'validation',
    },
  ],
  ['Bedrock', 400, { message: 'Input is too long for requested model.' }],
  ['Bedrock, Nova', 400, { message: 'The number of input tokens exceeds maximum length 300000' }],
  [
    'LiteLLM',
    400,
    error(
      'litellm.ContextWindowExceededError: litellm.BadRequestError: AnthropicException - {"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 209353 tokens > 199999 maximum"}}',
    ),
  ],
  [
    'a gateway in Python',
    400,
    error(
      "litellm.BadRequestError: OpenAIException - Error code: 400 - {'error': {'message': \"This model's maximum context length is 8192 tokens.\", 'type': 'BadRequestError'}}",
    ),
  ],
  [
    'GitHub Copilot',
    400,
    error('prompt token count of 391491 exceeds the limit of 128000', { code: 'model_max_prompt_tokens_exceeded' }),
  ],
  [
    'GitHub Models',
    413,
    error('Request body too large for gpt-x model. Max size: 8000 tokens.', { code: 'tokens_limit_reached' }),
  ],
  [
    'Cloudflare',
    413,
    {
      errors: [
        {
          message:
            'The estimated number of input and maximum output tokens (35000) exceeded this model context window limit (24000)',
          code: 5021,
        },
      ],
    },
  ],
  ['DeepInfra', 400, { detail: 'Requested input length 200000 exceeds maximum input length 163840' }],
  ['Moonshot', 400, error('Invalid request: Your request exceeded model token limit: 8192 (requested: 9000)')],
  ['MiniMax', 400, error('invalid params, context window exceeds limit (2013)')],
  ['z.ai', 400, error('Prompt exceeds max length', { code: '1261' })],
  ['Alibaba', 400, error('Range of input length should be [1, 30720]')],
  [
    'Cohere',
    400,
    { message: 'too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 9000.' },
  ],
  [
    'SambaNova',
    400,
    error(
      'The provided prompt is 4309 tokens long, so generating 1 tokens requires a sequence length of 4310, but the maximum supported sequence length is just 4096!',
    ),
  ],
  ['our own server', 400, error('why', { type: 'invalid_request_error', code: 'context_length_exceeded' })],
]

describe('a context that overflows, as said by', () => {
  test.each(overflows)('%s', (_, status, body) => {
    expect(kindOf(status, body)).toBe('context-overflow')
  })
})

const prompt = 'What does "maximum context length is 4096 tokens" mean? My input exceeds the context window.'
const sent = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: prompt }], seed: 12_345 })
const plain = 'My prompt is too long for the model, it says: context length exceeded'
const sentPlain = JSON.stringify({ messages: [{ role: 'user', content: plain }] })

const others: readonly [what: string, status: number | undefined, body: unknown, sent?: string][] = [
  [
    'a limit on the answer',
    400,
    error('max_tokens is too large: 99999. This model supports at most 4096 completion tokens'),
  ],
  [
    'a limit on a tool',
    400,
    error("Invalid 'tools[1].function.description': string too long. Expected a string with maximum length 1024", {
      code: 'string_above_max_length',
    }),
  ],
  [
    'a limit by the minute',
    413,
    error(
      'Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 9000, please reduce your message size',
      { code: 'rate_limit_exceeded' },
    ),
  ],
  ['a rate limit', 429, error('Rate limit reached for m on tokens per min (TPM): Limit 30000')],
  ['throttling', 429, { message: 'Too many tokens, please wait before trying again.' }],
  ['a missing key', 401, error('your key may not use a model whose maximum context length is 8192')],
  ['a wrong value', 400, error('Invalid value for top_p')],
  ['a body that a proxy refuses', 413, '<html><title>413 Request Entity Too Large</title></html>'],
  ['a prompt between quotes', 400, error(`Invalid role in message '${prompt}'`)],
  [
    'a prompt between double quotes',
    400,
    error('Could not read "what is the maximum context length of 8192 tokens": bad role'),
  ],
  ['a prompt cut off', 400, error("Invalid content: 'it says that this exceeds the context wind…")],
  [
    'a request',
    400,
    error(`Invalid request: ${JSON.stringify({ messages: [{ content: 'maximum context length is 4096' }] })}`),
  ],
  [
    'the input of an issue',
    422,
    { detail: [{ loc: ['body', 'messages', 0], msg: 'Input should be an object', input: prompt }] },
  ],
  [
    'issues as Python prints them',
    400,
    bare(
      "[{'loc': ('body', 'messages'), 'msg': 'Input should be a list', 'input': 'the maximum context length is 8192'}]",
    ),
  ],
  ['a prompt without quotes', 400, error(`Unknown role for ${plain}`), sentPlain],
  ['a prompt at the start', 400, error(`${plain} <- this was refused`), sentPlain],
]

describe('no overflow, though it may say so', () => {
  test.each(others)('%s', (_, status, body, request) => {
    expect(kindOf(status, body, request ?? sent)).not.toBe('context-overflow')
  })

  test('but where the prompt speaks of it and the server counts, it is one', () => {
    const message = 'maximum context length is 4096 tokens. However, you requested 5012 tokens'
    expect(kindOf(400, error(`This model's ${message}`), sent)).toBe('context-overflow')
  })
})
