import { OpenAI } from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  openLocal,
  openModel,
  serveChatCompletions,
  type Delta,
  type Model,
  type Reply,
  type Request,
  type ServedModel,
} from '../../../src/model/index.ts'
import { weights } from './weights.ts'

const { skip } = await weights()

const signal = new AbortController().signal
const request: Request = {
  messages: [{ role: 'user', text: 'What is the capital of France?' }],
  tools: [],
  toolChoice: 'none',
  template: 'chat',
  sampling: { temperature: 0, maxOutputTokens: 16 },
  seed: 2_654_435_769,
}

function replied(answer: Awaited<ReturnType<Model['ask']>>): Reply {
  if (answer.type === 'failure') throw new Error(answer.message)
  return answer
}

// A server and a client that meet over the wire only: what llama.cpp's own server would be to us, and we to others.
describe.skipIf(skip !== undefined)(`real weights behind a chat-completions endpoint ${skip ?? ''}`, () => {
  let local: Model
  let served: ServedModel
  beforeAll(async () => {
    local = await openLocal('local/smollm2-135m', { workers: 1, contextSize: 1024 })
    served = await serveChatCompletions(local, { port: 0 })
  })
  afterAll(async () => {
    await served.close()
    await local.close?.()
  })

  it('stream to our client token by token, and say what they say in process', async () => {
    const remote = await openModel(`${served.url}#smollm2-135m`)
    const deltas: Delta[] = []
    const over = replied(await remote.ask(request, { signal, onDelta: (delta) => deltas.push(delta) }))
    const inside = replied(await local.ask(request, { signal }))
    expect(over.parts).toEqual(inside.parts)
    expect(over.usage).toMatchObject({ input: inside.usage.input, output: inside.usage.output })
    expect(deltas.length).toBeGreaterThan(3)
    expect(deltas.map((delta) => (delta.type === 'text' ? delta.text : '')).join('')).toContain('Paris')
    expect(over.timing.firstToken).toBeLessThan(over.timing.lastToken)
    await remote.close?.()
  })

  it('stream to a client that nobody here wrote', async () => {
    const client = new OpenAI({ apiKey: 'none', baseURL: served.url, maxRetries: 0 })
    const stream = await client.chat.completions.create({
      model: 'smollm2-135m',
      messages: [{ role: 'user', content: 'What is the capital of France?' }],
      temperature: 0,
      max_tokens: 16,
      stream: true,
    })
    let text = ''
    let chunks = 0
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? ''
      chunks++
    }
    expect(text).toContain('Paris')
    expect(chunks).toBeGreaterThan(3)
  })

  it('call a tool held to its schema, over the wire', async () => {
    const client = new OpenAI({ apiKey: 'none', baseURL: served.url, maxRetries: 0 })
    const { choices } = await client.chat.completions.create({
      model: 'smollm2-135m',
      messages: [{ role: 'user', content: 'Order twenty.' }],
      tools: [
        {
          type: 'function',
          function: {
            name: 'order',
            description: 'Buys stock.',
            parameters: {
              type: 'object',
              properties: { amount: { enum: [10, 20, 30] } },
              required: ['amount'],
              additionalProperties: false,
            },
          },
        },
      ],
      tool_choice: 'required',
      temperature: 0,
      max_tokens: 40,
    })
    const [call] = choices[0]?.message.tool_calls ?? []
    expect(choices[0]?.finish_reason).toBe('tool_calls')
    if (call?.type !== 'function') throw new Error('no function was called')
    expect(call.function.name).toBe('order')
    expect(JSON.parse(call.function.arguments)).toEqual({
      amount: expect.toSatisfy((amount: number) => [10, 20, 30].includes(amount)),
    })
  })
})
