import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openLocal, type Answer, type Model, type Reply, type Request } from '../../../src/model/index.ts'
import { randomFrom } from '../../../src/record/index.ts'
import { weights } from './weights.ts'

const { path, skip } = await weights()

const signal = new AbortController().signal
const base: Request = {
  messages: [{ role: 'user', text: 'What is the capital of France?' }],
  tools: [],
  toolChoice: 'none',
  template: 'chat',
  sampling: { temperature: 0, maxOutputTokens: 16 },
  seed: 3_141_592_653,
}
const order = {
  name: 'order',
  description: 'Buys stock.',
  parameters: {
    type: 'object',
    properties: { amount: { enum: [10, 20, 30] }, product: { enum: ['cola', 'iced "tea"'] } },
    required: ['amount', 'product'],
    additionalProperties: false,
  },
} as const
const wait = { name: 'wait', description: 'Waits a day.', parameters: { type: 'object', properties: {} } } as const

const ordered = z.strictObject({ amount: z.literal([10, 20, 30]), product: z.enum(['cola', 'iced "tea"']) })

const text = (answer: Answer): string =>
  answer.type === 'failure'
    ? `${answer.kind}: ${answer.message}`
    : answer.parts.map((part) => (part.type === 'tool-call' ? `${part.name}${part.arguments}` : part.text)).join('')

/** What a record keeps of an answer, beside its times. */
const kept = (answer: Answer): unknown => ({ ...answer, timing: undefined })

function reply(answer: Answer): Reply {
  if (answer.type === 'failure') throw new Error(answer.message)
  return answer
}

it('says in one line that a file holds no model', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assay-weights-'))
  try {
    const file = join(folder, 'text.gguf')
    await writeFile(file, 'this is no model')
    await expect(openLocal(`local/${file}`)).rejects.toMatchObject({ code: 'model/bad-weights' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

describe.skipIf(skip !== undefined)(`a local model ${skip ?? ''}`, () => {
  let model: Model
  const ask = (over: Partial<Request>, at = signal): Promise<Answer> => model.ask({ ...base, ...over }, { signal: at })

  beforeAll(async () => {
    model = await openLocal('local/smollm2-135m', { workers: 2, contextSize: 1024 })
  })
  afterAll(() => model.close?.())

  it('says what it is, down to the weights', () => {
    expect(model.identity).toMatchObject({
      weights: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
      library: 'node-llama-cpp 3.21.1',
      chatTemplate: 'node-llama-cpp/ChatML',
      window: 1024,
    })
    expect(model).toMatchObject({ name: 'local/smollm2-135m', provider: 'local', window: 1024 })
  })

  it('answers in text that arrives as it is written, and counts its tokens', async () => {
    const shown: string[] = []
    const answer = reply(
      await model.ask(base, { signal, onDelta: (delta) => shown.push(delta.type === 'text' ? delta.text : '') }),
    )
    expect(text(answer)).toContain('Paris')
    expect(shown.length).toBeGreaterThan(3)
    expect(shown.join('')).toBe(text(answer))
    expect(answer.usage).toEqual({ input: 16, output: 7 })
    const { sent, firstToken = -1, lastToken } = answer.timing
    expect(sent <= firstToken && firstToken <= lastToken).toBe(true)
  })

  it('writes a chat token for token as its template does', async () => {
    const written =
      '<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nCapital of France?<|im_end|>\n' +
      '<|im_start|>assistant\nParis.<|im_end|>\n<|im_start|>user\nOf Spain?<|im_end|>\n<|im_start|>assistant\n'
    const messages: Request['messages'] = [
      { role: 'system', text: 'Be brief.' },
      { role: 'user', text: 'Capital of France?' },
      { role: 'assistant', parts: [{ type: 'text', text: 'Paris.' }] },
      { role: 'user', text: 'Of Spain?' },
    ]
    const sampling = { temperature: 0, maxOutputTokens: 1 }
    const [first] = reply(await ask({ messages, logprobs: 1, sampling })).logprobs ?? []
    const [scored] = (await model.score?.(written, [first?.token ?? ''], signal)) ?? []
    expect(first?.logprob).toBe(scored?.logprob)
  })

  it('takes control tokens in a message for plain text', async () => {
    const plain = reply(await ask({ messages: [{ role: 'user', text: 'x<|im_end|>' }] }))
    const bare = reply(await ask({ messages: [{ role: 'user', text: 'x' }] }))
    expect((plain.usage.input ?? 0) - (bare.usage.input ?? 0)).toBeGreaterThan(3)
  })

  it('continues words that were put into its mouth', async () => {
    const messages = [
      ...base.messages,
      { role: 'assistant' as const, parts: [{ type: 'text' as const, text: 'It is not' }] },
    ]
    expect(text(await ask({ messages }))).toMatch(/^ /)
  })

  it('says the same after any history and on any worker', async () => {
    const random = randomFrom('histories')
    const words =
      'the cat sat on a mat and saw seven small birds eating bread near an old red house by the river'.split(' ')
    const prose = (length: number, from: () => number): string =>
      Array.from({ length }, () => words[Math.floor(from() * words.length)]).join(' ')
    // Three families that share a beginning longer than two pieces; lengths fall on and beside the pieces' edges.
    const requests = Array.from({ length: 9 }, (_, index): Request => {
      const family = prose(110, randomFrom('family', index % 3))
      return {
        ...base,
        template: index % 2 === 0 ? 'chat' : 'completion',
        messages: [
          { role: 'system', text: family },
          { role: 'user', text: prose(1 + Math.floor(random() * 130), random) },
        ],
        sampling: { temperature: index % 4 === 0 ? 0 : 1, maxOutputTokens: 10 },
        seed: Math.floor(random() * 2 ** 32),
        ...(index % 4 === 0 ? { logprobs: 2 } : {}),
      }
    })
    const alone = await openLocal('local/smollm2-135m', { workers: 1, contextSize: 1024 })
    try {
      const inOrder: unknown[] = []
      for (const request of requests) inOrder.push(kept(await alone.ask(request, { signal })))
      const backwards: unknown[] = []
      for (const request of requests.toReversed()) backwards.unshift(kept(await alone.ask(request, { signal })))
      const atOnce = (await Promise.all(requests.map((request) => model.ask(request, { signal })))).map(kept)
      expect(backwards).toEqual(inOrder)
      expect(atOnce).toEqual(inOrder)
    } finally {
      await alone.close?.()
    }
  })

  it('draws with the seed, also with small ones', async () => {
    const over: Partial<Request> = {
      template: 'completion',
      messages: [{ role: 'user', text: 'The capital of France is' }],
      sampling: { temperature: 1, maxOutputTokens: 4 },
    }
    const seeds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xffff_ffff]
    const said = await Promise.all(seeds.map(async (seed) => text(await ask({ ...over, seed }))))
    expect(new Set(said).size).toBeGreaterThan(3)
    expect(text(await ask({ ...over, seed: 0xffff_ffff }))).toBe(said.at(-1))
    // " Paris" has four in five; seeds given to the sampler as they are would all miss it.
    expect(said.filter((each) => each.startsWith(' Paris')).length).toBeGreaterThan(5)
  })

  it.each(['chat', 'completion'] as const)(
    'calls a tool in the form it is held to, in the %s template',
    async (template) => {
      for (let seed = 0; seed < 8; seed += 1) {
        const answer = reply(
          await ask({
            template,
            tools: [order, wait],
            toolChoice: 'required',
            seed: seed * 777_777_777,
            sampling: { temperature: 1.5, maxOutputTokens: 60 },
          }),
        )
        const [call] = answer.parts
        expect(answer.finish).toBe('tool-calls')
        if (call?.type !== 'tool-call') throw new Error(`no call: ${text(answer)}`)
        const schema = call.name === 'wait' ? z.strictObject({}) : ordered
        expect(schema.safeParse(JSON.parse(call.arguments)).success, call.arguments).toBe(true)
      }
    },
  )

  it('imitates the acts that a prompt shows, one for each situation', async () => {
    const situations = [
      () => ({ line: 'All sold out, nothing left anywhere. So we', name: 'order', amount: 20 }),
      (n: number) => ({ line: `Machine is running low, back room holds ${n}. So we`, name: 'refill', amount: 30 }),
      (n: number) => ({ line: `Truck arrives tomorrow with ${n}. So we`, name: 'wait', amount: 0 }),
      (n: number) => ({ line: `Customers can buy: machine holds ${n}. So we`, name: 'wait', amount: 0 }),
    ] as const
    const random = randomFrom('examples')
    const shown = Array.from('01231032320123'.repeat(2), (digit) => {
      const { line, name, amount } = (situations[Number(digit)] ?? situations[0])(8 + Math.floor(random() * 22))
      return `${line} {"tool":"${name}","amount":${amount}}\n`
    })
    const parameters = { type: 'object', properties: { amount: { enum: [0, 20, 30] } }, required: ['amount'] }
    const tools = ['order', 'refill', 'wait'].map((name) => ({ name, description: '', parameters }))
    for (const toolChoice of ['required', 'auto'] as const) {
      for (const situation of situations) {
        const { line, name, amount } = situation(17)
        const messages: Request['messages'] = [
          { role: 'system', text: shown.join('') },
          { role: 'user', text: line },
        ]
        const answer = await ask({ template: 'completion', tools, toolChoice, messages })
        expect(text(answer), `${toolChoice}: ${line}`).toBe(`${name}{"amount":${amount}}`)
      }
    }
  })

  it('writes text where it may not call', async () => {
    const answer = reply(await ask({ tools: [order, wait], toolChoice: 'none' }))
    expect(answer.parts.every((part) => part.type === 'text')).toBe(true)
  })

  it('gives an act that was cut short as text, with the reason', async () => {
    const answer = reply(await ask({ tools: [order], toolChoice: 'required', sampling: { maxOutputTokens: 2 } }))
    expect(answer.finish).toBe('length')
    expect(answer.parts.map((part) => part.type)).toEqual(['text'])
    expect(text(answer)).toMatch(/^\{"tool":"order/)
  })

  it('ends at a stop text, which it leaves out', async () => {
    const over = { template: 'completion', messages: [{ role: 'user', text: '1, 2, 3, 4, 5,' }] } as const
    expect(text(await ask({ ...over, stop: ['8'] }))).toBe(' 6, 7, ')
    expect(reply(await ask({ ...over, stop: ['8'] })).finish).toBe('stop')
    expect(reply(await ask(over)).finish).toBe('length')
  })

  it('tells the log-probabilities of what it wrote, with the alternatives', async () => {
    const answer = reply(await ask({ logprobs: 3, sampling: { temperature: 0, maxOutputTokens: 20 } }))
    const tokens = answer.logprobs ?? []
    expect(tokens.length).toBe(answer.usage.output)
    expect(tokens.map((token) => token.token).join('')).toBe(text(answer))
    // Greedy: each token is its own best alternative.
    for (const token of tokens) expect(token.top?.[0]).toEqual({ token: token.token, logprob: token.logprob })
    expect(tokens.every((token) => token.top?.length === 3 && token.logprob <= 0)).toBe(true)
  })

  it('scores continuations as the chain of its tokens does', async () => {
    const [paris, banana] = (await model.score?.('The capital of France is', [' Paris', ' banana bread'], signal)) ?? []
    expect(paris?.tokens).toBe(1)
    expect(paris?.logprob).toBeGreaterThan(-1)
    expect(banana?.logprob).toBeLessThan(-10)
    const [first] = (await model.score?.('The capital of France is', [' banana'], signal)) ?? []
    const [second] = (await model.score?.('The capital of France is banana', [' bread'], signal)) ?? []
    expect(banana?.logprob).toBeCloseTo((first?.logprob ?? 0) + (second?.logprob ?? 0), 3)
  })

  it('says how long a prompt was that does not fit', async () => {
    const answer = await ask({ messages: [{ role: 'user', text: 'word '.repeat(2_000) }] })
    expect(answer).toMatchObject({ type: 'failure', kind: 'context-overflow' })
    expect(text(answer)).toMatch(/the prompt has \d{4} tokens and the context holds 1024/)
  })

  it('writes to the end of its window and stops there', async () => {
    const messages = [{ role: 'user' as const, text: 'one two '.repeat(495) }]
    const answer = reply(
      await ask({ template: 'completion', messages, sampling: { maxOutputTokens: 500, temperature: 0 } }),
    )
    expect((answer.usage.input ?? 0) + (answer.usage.output ?? 0)).toBe(1023)
    expect(answer.finish).toBe('length')
  })

  it('stops within a token or two when it is called off, and answers the next', async () => {
    const stop = new AbortController()
    let after = 0
    const answer = await model.ask(
      {
        ...base,
        template: 'completion',
        messages: [{ role: 'user', text: 'Once upon a time' }],
        sampling: { temperature: 0, maxOutputTokens: 400 },
      },
      {
        signal: stop.signal,
        onDelta() {
          if (stop.signal.aborted) after += 1
          stop.abort()
        },
      },
    )
    expect(answer).toMatchObject({ type: 'failure', kind: 'aborted' })
    expect(after).toBeLessThan(3)
    expect(text(await ask({}))).toContain('Paris')
  })

  it('says why a request cannot be served', async () => {
    const parameters = { type: 'object', properties: { tool: { type: 'string' } } } as const
    const clash = await ask({ tools: [{ ...wait, parameters }], toolChoice: 'required' })
    expect(text(clash)).toBe(
      'bad-request: tool wait: no parameter of a tool may be called "tool", the act\'s own first key',
    )
    const many = {
      type: 'object',
      properties: { a: { type: 'array', minItems: 5_000, items: { type: 'null' } } },
      required: ['a'],
    } as const
    expect(text(await ask({ tools: [{ ...wait, parameters: many }], toolChoice: 'required' }))).toMatch(
      /^bad-request: llama.cpp refuses the grammar/,
    )
    expect(text(await ask({ sampling: { effort: 'high' } }))).toMatch(/^bad-request: .*effort/)
  })

  it('opens a file by its path as the same model', async () => {
    const other = await openLocal(`local/${path}`, { workers: 1, contextSize: 1024 })
    try {
      expect(other.identity).toEqual(model.identity)
      expect(text(await other.ask(base, { signal }))).toBe(text(await ask({})))
    } finally {
      await other.close?.()
    }
  })
})
