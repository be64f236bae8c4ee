import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Answer, Request } from '../../../src/model/index.ts'
import { controlFrom, controlModels, defineControlModel, openControl } from '../../../src/model/index.ts'

const signal = new AbortController().signal
const request: Request = {
  messages: [
    { role: 'user', text: 'first' },
    { role: 'assistant', parts: [{ type: 'text', text: 'so' }] },
    { role: 'user', text: 'What is 2 + 2?' },
  ],
  tools: [],
  toolChoice: 'auto',
  template: 'chat',
  sampling: {},
  seed: 7,
}

async function says(name: string, over: Partial<Request> = {}, answers?: { readonly [question: string]: string }) {
  const model = openControl(name, answers === undefined ? {} : { answers })
  return text(await model.ask({ ...request, ...over }, { signal }))
}

function text(answer: Answer): string {
  if (answer.type === 'failure') return answer.message
  return answer.parts.map((part) => (part.type === 'tool-call' ? `${part.name}${part.arguments}` : part.text)).join('')
}

describe('control models', () => {
  it('say what their property says', async () => {
    expect(await says('control/echo')).toBe('What is 2 + 2?')
    expect(await says('control/constant?text=I+pass%21')).toBe('I pass!')
    expect(await says('control/silent')).toBe('')
    expect(await says('control/lookup', {}, { 'What is 2 + 2?': '4' })).toBe('4')
    expect(await says('control/lookup', {}, { other: '4' })).toBe('I do not know.')
  })

  it('count no tokens, take no time and cost nothing', async () => {
    const model = openControl('control/echo')
    expect(model.pricing).toEqual({ type: 'free' })
    expect(await model.ask(request, { signal })).toMatchObject({
      usage: {},
      timing: { sent: 0, firstToken: 0, lastToken: 0 },
      finish: 'stop',
    })
  })

  it('draw with the probability that was asked for, the same for the same seed', async () => {
    for (const p of [0, 0.3, 1]) {
      const drawn = await Promise.all(
        Array.from({ length: 2000 }, (_, seed) => says(`control/coin?p=${p}&a=heads&b=tails`, { seed })),
      )
      const share = drawn.filter((side) => side === 'heads').length / drawn.length
      expect(Math.abs(share - p)).toBeLessThan(p === 0.3 ? 0.04 : 1e-9)
    }
    expect(await says('control/coin?p=0.5', { seed: 11 })).toBe(await says('control/coin?p=0.5', { seed: 11 }))
  })

  it('are right as often as they were told to be', async () => {
    const answers = { 'What is 2 + 2?': '4' }
    const given = await Promise.all(
      Array.from({ length: 2000 }, (_, seed) => says('control/correct?p=0.3', { seed }, answers)),
    )
    expect(Math.abs(given.filter((each) => each === '4').length / 2000 - 0.3)).toBeLessThan(0.04)
    expect(new Set(given)).toEqual(new Set(['4', 'I do not know.']))
  })

  it('call the first tool with arguments that its schema allows', async () => {
    const input = z.object({
      amount: z.int().min(3),
      size: z.enum(['s', 'm']),
      name: z.string().min(2),
      tags: z.array(z.object({ on: z.boolean() })).min(1),
      price: z.number().gt(0),
      note: z.string().optional(),
    })
    const parameters = z.record(z.string(), z.json()).parse(z.toJSONSchema(input))
    const tools = [{ name: 'order', description: '', parameters }]
    const called = await says('control/tool-caller', { tools })
    expect(called.startsWith('order{')).toBe(true)
    expect(input.safeParse(JSON.parse(called.slice(5))).success).toBe(true)
    expect(await says('control/tool-caller')).toBe('done')
  })

  it('stream the same parts that they answer with', async () => {
    const seen: unknown[] = []
    await openControl('control/echo').ask(request, { signal, onDelta: (delta) => seen.push(delta) })
    expect(seen).toEqual([{ type: 'text', text: 'What is 2 + 2?' }])
  })

  it('do not answer a question that was called off', async () => {
    const stopped = AbortSignal.abort()
    expect(await openControl('control/echo').ask(request, { signal: stopped })).toMatchObject({ kind: 'aborted' })
  })

  it('name their parameters in the identity, so that two coins are two models', () => {
    expect(openControl('control/coin?p=0.1').identity).not.toEqual(openControl('control/coin?p=0.2').identity)
    expect(openControl('control/coin?p=0.1').name).toBe('control/coin?p=0.1')
  })

  it('are hostile in the way that was asked for', async () => {
    const tools = [{ name: 'order', description: '', parameters: { type: 'object' } }]
    const hostile = async (kind: string) => says(`control/hostile?kind=${kind}`, { tools })
    expect(await hostile('unknown-tool')).toContain('no_such_tool')
    const broken = await hostile('broken-json')
    expect(() => JSON.parse(broken.slice('order'.length)) as unknown).toThrow(SyntaxError)
    expect((await hostile('huge-arguments')).length).toBeGreaterThan(1_000_000)
    expect((await hostile('repeat')).split('order').length).toBe(101)
    expect(await hostile('nul')).toContain('\u0000')
    expect((await hostile('surrogates')).isWellFormed()).toBe(false)
  })
})

describe('openControl', () => {
  it.each([
    ['control/nope', 'There is no control model control/nope'],
    ['control/coin', 'p is missing'],
    ['control/coin?p=', 'p "": a number from 0 to 1'],
    ['control/coin?p=2', 'p "2"'],
    ['control/coin?p=1&p=0', 'p is given twice'],
    ['control/coin?p=1&side=a', 'side'],
    ['control/hostile?kind=mild', 'kind "mild"'],
    ['control/correct?p=1', 'must be given the right answers in code'],
  ])('refuses %s and says why', (name, why) => {
    expect(() => openControl(name)).toThrow(why)
  })

  it('has a documented property for every control', () => {
    for (const model of controlModels) expect(model.property.length).toBeGreaterThan(20)
  })

  it('opens controls that a study defines', async () => {
    const shout = defineControlModel({
      name: 'shout',
      property: 'shouts a word',
      params: z.object({ word: z.string().default('hey') }),
      reply: (_, { word }) => [{ type: 'text', text: word.toUpperCase() }],
    })
    expect(text(await openControl('control/shout?word=no', {}, [shout]).ask(request, { signal }))).toBe('NO')
  })
})

describe('controlFrom', () => {
  it('hands over the request itself, so that a turn of a long trial costs what the function looks at', async () => {
    const messages = Array.from({ length: 40_000 }, (_, turn) => ({ role: 'user' as const, text: `turn ${turn}` }))
    let looked = 0
    const watched = new Proxy(messages, {
      get(target, key, receiver) {
        looked += 1
        return Reflect.get(target, key, receiver) as unknown
      },
    })
    const model = controlFrom('last', 'repeats the last message', ({ messages }) => {
      const last = messages.at(-1)
      return last?.role === 'user' ? [{ type: 'text', text: last.text }] : []
    })
    expect(text(await model.ask({ ...request, messages: watched }, { signal }))).toBe('turn 39999')
    expect(looked).toBeLessThan(10)
  })
})
