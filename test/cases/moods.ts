import type { Handler } from '../model/fake-server.ts'

// What a provider answers in each of its moods, made from public reports of bugs in other tools (rows B04 to B10, B17 and
// B18 of the review's small inputs).

const json =
  (status: number, body: object): Handler =>
  ({ response }) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

const sse =
  (...events: readonly object[]): Handler =>
  ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const one of events) response.write(`data: ${JSON.stringify(one)}\n\n`)
    response.end('data: [DONE]\n\n')
  }

const chunk = (delta: object, finish_reason: string | null = null, more: object = {}): object => ({
  choices: [{ index: 0, delta, finish_reason }],
  ...more,
})
const call = (one: object): object => chunk({ tool_calls: [one] })
const whole = (message: object, finish_reason = 'stop'): Handler =>
  json(200, { choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }] })
const failed = (status: number, message: string): Handler =>
  json(status, { error: { message, type: 'invalid_request_error' } })

const usage = { usage: { prompt_tokens: 3000, completion_tokens: 1, total_tokens: 3001 } }

export const moods: { readonly [mood: string]: Handler } = {
  // B04: later pieces come under a growing index, without id and name.
  'index-drifts': sse(
    call({ index: 0, id: 'a', function: { name: 'look', arguments: '{"at":' } }),
    call({ index: 1, function: { arguments: '"a"' } }),
    call({ index: 2, function: { arguments: '}' } }),
    chunk({}, 'tool_calls'),
  ),
  // B05: two whole calls under one id.
  'one-id-twice': whole(
    {
      content: null,
      tool_calls: ['a', 'b'].map((at) => ({
        id: 'c0',
        type: 'function',
        function: { name: 'look', arguments: JSON.stringify({ at }) },
      })),
    },
    'tool_calls',
  ),
  // The same in a stream, by index and without one.
  'one-id-twice-streamed': sse(
    call({ index: 0, id: 'c0', function: { name: 'look', arguments: '{"at":"a"}' } }),
    call({ index: 1, id: 'c0', function: { name: 'look', arguments: '{"at":"b"}' } }),
    chunk({}, 'tool_calls'),
  ),
  'one-id-twice-unnumbered': sse(
    call({ id: 'c0', function: { name: 'look', arguments: '' } }),
    call({ function: { arguments: '{"at":"a"}' } }),
    call({ id: 'c0', function: { name: 'look', arguments: '' } }),
    call({ function: { arguments: '{"at":"b"}' } }),
    chunk({}, 'tool_calls'),
  ),
  // B06: every piece holds all the arguments so far.
  'arguments-grow': sse(
    call({ index: 0, id: 'a', function: { name: 'look', arguments: '{"at"' } }),
    call({ index: 0, function: { arguments: '{"at":"a' } }),
    call({ index: 0, function: { arguments: '{"at":"a"}' } }),
    chunk({}, 'tool_calls'),
  ),
  // All arguments come once more at the end, with a name in every piece.
  'arguments-again': sse(
    call({ index: 0, id: 'a', function: { name: 'look', arguments: '{"at":' } }),
    call({ index: 0, id: 'a', function: { name: 'look', arguments: '"a"}' } }),
    call({ index: 0, id: 'a', function: { name: 'look', arguments: '{"at":"a"}' } }),
    chunk({}, 'tool_calls'),
  ),
  // B07: the older shape of a call.
  'old-function-call': whole(
    { content: null, function_call: { name: 'look', arguments: '{"at":"a"}' } },
    'function_call',
  ),
  'old-function-call-streamed': sse(
    chunk({ role: 'assistant', content: null, function_call: { name: 'look', arguments: '' } }),
    chunk({ function_call: { arguments: '{"at":' } }),
    chunk({ function_call: { arguments: '"a"}' } }),
    chunk({}, 'function_call'),
  ),
  'calls-nothing': whole({ content: null }, 'tool_calls'),
  // B08: does not fit the window.
  'overflow-sglang': json(400, {
    object: 'error',
    message: "The input (9012 tokens) is longer than the model's context length (8192 tokens).",
    type: 'BadRequestError',
    param: null,
    code: 400,
  }),
  // B09.
  'overflow-ollama': failed(400, 'the input length exceeds the context length'),
  'quotes-the-prompt': (asked) => failed(400, `Cannot read the request: ${asked.body}`)(asked),
  // B10: the server left the thought in the text; its opening mark was in the prompt.
  'thought-in-text': whole({ content: 'It might be Paris.\n</think>\n\nLyon' }),
  'thought-in-pieces': sse(
    ...['<th', 'ink>It might ', 'be Paris.</', 'think>\n', '\nLy', 'on é😀'].map((content) => chunk({ content })),
    chunk({}, 'stop', usage),
  ),
  // B17: 422 that names the field only in `loc`.
  'field-in-loc': (asked) => {
    const refusal = { type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }
    const answer = asked.body.includes('"seed"') ? json(422, { detail: [refusal] }) : whole({ content: 'hello' })
    answer(asked)
  },
  // B18: the provider's filter stopped the reply.
  filtered: sse(chunk({ content: '' }), chunk({}, 'content_filter')),
  'empty-stream': sse({ choices: [] }),
  'no-reason': sse(chunk({ content: 'hello' }), chunk({}, null)),
  // Breaks with an error object after it counted 3,001 tokens.
  'breaks-after-counting': sse({ choices: [], ...usage }, { error: { message: 'overloaded', type: 'server_error' } }),
}
