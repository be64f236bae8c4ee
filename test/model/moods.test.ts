import { afterEach, describe, expect, test } from 'vitest'
import type { Answer, OpenOptions, Request } from '../../src/model/index.ts'
import { moods } from '../cases/moods.ts'
import { fakeProvider, openFake, put, type Fake } from './fake-server.ts'

const open: Fake[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()))
})

const tools = [{ name: 'look', description: 'looks', parameters: { type: 'object', properties: {} } }]

async function ask(mood: string, request: Partial<Request> = {}, quirks: object = {}): Promise<Answer> {
  const handler = moods[mood]
  if (handler === undefined) throw new Error(`no mood ${mood}`)
  const provider = await fakeProvider(handler)
  open.push(provider)
  const options: OpenOptions = { providers: { [new URL(provider.url).origin]: { quirks } } }
  return put(await openFake(provider, options), { tools, ...request })
}

const look = (at: string, id: unknown = expect.any(String)): object => ({
  type: 'tool-call',
  id,
  name: 'look',
  arguments: JSON.stringify({ at }),
})

describe('one call, however it comes', () => {
  test.each(['index-drifts', 'arguments-grow', 'arguments-again', 'old-function-call', 'old-function-call-streamed'])(
    '%s',
    async (mood) => {
      expect(await ask(mood)).toMatchObject({ type: 'reply', parts: [look('a')], finish: 'tool-calls' })
    },
  )

  test.each(['one-id-twice', 'one-id-twice-streamed', 'one-id-twice-unnumbered'])('%s are two', async (mood) => {
    const answer = await ask(mood)
    expect(answer).toMatchObject({ parts: [look('a', 'c0'), look('b', expect.not.stringMatching(/^c0$/))] })
  })

  test('a reply that ends for its calls and holds none is no answer', async () => {
    expect(await ask('calls-nothing')).toMatchObject({ type: 'failure', kind: 'bad-reply' })
  })
})

describe('what does not fit', () => {
  test.each(['overflow-sglang', 'overflow-ollama'])('%s', async (mood) => {
    expect(await ask(mood)).toMatchObject({ type: 'failure', kind: 'context-overflow' })
  })

  test('is not what an error quotes of the prompt', async () => {
    const text = 'This exceeds the context window: maximum context length is 8192 tokens.'
    const answer = await ask('quotes-the-prompt', { messages: [{ role: 'user', text }] })
    expect(answer).toMatchObject({ type: 'failure', kind: 'bad-request' })
  })
})

describe('thought in the text', () => {
  const parts = [
    { type: 'reasoning', text: 'It might be Paris.\n' },
    { type: 'text', text: 'Lyon' },
  ]
  test('is taken out of the answer', async () => {
    expect(await ask('thought-in-text')).toMatchObject({ parts })
  })

  test('is found over pieces', async () => {
    expect(await ask('thought-in-pieces')).toMatchObject({
      parts: [
        { type: 'reasoning', text: 'It might be Paris.' },
        { type: 'text', text: 'Lyon é😀' },
      ],
    })
  })

  test('stays where a quirk says that thoughts come apart, and in bare text', async () => {
    const raw = [{ type: 'text', text: 'It might be Paris.\n</think>\n\nLyon' }]
    expect(await ask('thought-in-text', {}, { thoughts: 'apart' })).toMatchObject({ parts: raw })
    expect(await ask('thought-in-text', { template: 'completion', tools: [] })).toMatchObject({ parts: raw })
  })
})

describe('a seed', () => {
  test('is not sent to an address that nobody has described', async () => {
    expect(await ask('field-in-loc')).toMatchObject({ type: 'reply', parts: [{ text: 'hello' }] })
  })

  test('that is refused is named, with the quirk that leaves it out', async () => {
    const answer = await ask('field-in-loc', {}, { seed: 'seed' })
    expect(answer).toMatchObject({
      kind: 'bad-request',
      message: expect.stringMatching(
        /422 and refused the field seed: Extra.* → set quirks: \{ seed: 'none' \} for http/,
      ),
    })
  })
})

describe('how streams end', () => {
  test("at the provider's filter, which is a finish of its own", async () => {
    expect(await ask('filtered')).toMatchObject({ type: 'reply', parts: [], finish: 'content-filter' })
  })

  test('without a reply in them, as without one in JSON', async () => {
    expect(await ask('empty-stream')).toMatchObject({ type: 'failure', kind: 'bad-reply', retries: [] })
  })

  test('without a reason: that is cut, [DONE] or not', async () => {
    const answer = await ask('no-reason')
    expect(answer).toMatchObject({ type: 'failure', kind: 'cut-stream', spoke: true })
    expect(answer.retries).toHaveLength(3)
  })

  test('with an error after a count, which is kept for every try', async () => {
    const usage = { input: 3000, output: 1 }
    const answer = await ask('breaks-after-counting')
    expect(answer).toMatchObject({ type: 'failure', kind: 'server-error', spoke: true, usage })
    expect(answer.retries.map((retry) => retry.usage)).toEqual(Array.from({ length: 5 }, () => usage))
  })
})
