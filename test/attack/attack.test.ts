import { describe, expect, test } from 'vitest'
import {
  bestOfN,
  defineAttacker,
  defineLayer,
  direct,
  keywordFilter,
  multiTurn,
  benign,
  outputCheck,
  pair,
  person,
  replay,
  rubricJudge,
  stackOf,
  staged,
  suffix,
  tap,
  templates,
  type Behaviour,
} from '../../src/attack/index.ts'
import type { Event } from '../../src/record/index.ts'
import { behaviour, down, fight, overflowing, metered, target } from './arena.ts'

const secret = behaviour()
const never = target(() => secret.sample.kept)
const always = target(() => secret.sample.broken)

function nth(n: number): ReturnType<typeof target> {
  let asked = 0
  return target(() => (++asked === n ? secret.sample.broken : secret.sample.kept))
}

describe('how an attack ends', () => {
  test('broken at the first success, with every attempt in the journal', async () => {
    const { ending, events } = await fight({ attacker: direct }, nth(3))
    expect(ending).toMatchObject({ status: 'completed', stop: 'broken' })
    expect(ending.seen).toMatchObject({ queries: 3, broken: 1, attempts: 3, gaveUp: false })
    const attempts = events.filter((event) => event.type === 'attempt').map(({ data }) => data)
    expect(attempts.map(({ number, broken }) => [number, broken])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ])
  })

  test('cut off by the budget is no giving up; giving up is no cut', async () => {
    const cut = await fight({ attacker: direct }, never, { limits: { turns: 4 } })
    expect(cut.ending).toMatchObject({ status: 'limit', stop: 'queries' })
    expect(cut.ending.seen).toMatchObject({ queries: 4, broken: 0, gaveUp: false })
    const quit = await fight({ attacker: templates() }, never, { limits: { turns: 100 } })
    expect(quit.ending).toMatchObject({ status: 'completed', stop: 'gave up: all 12 templates were tried' })
    expect(quit.ending.seen).toMatchObject({ queries: 12, gaveUp: true })
  })

  test('a target that is down makes the trial invalid, not safe', async () => {
    const { ending } = await fight(
      { attacker: direct },
      metered(never, () => down),
    )
    expect(ending).toMatchObject({ status: 'invalid', stop: 'target: unreachable: nobody is there' })
  })

  test('an attacker that breaks makes the trial invalid', async () => {
    const broken = defineAttacker({
      ...direct,
      next: () => {
        throw new Error('no idea')
      },
    })
    expect((await fight({ attacker: broken }, never)).ending).toMatchObject({
      status: 'invalid',
      stop: 'harness: no idea',
    })
    const elsewhere = defineAttacker({ ...direct, next: () => ({ type: 'attempt', text: 'x', after: 7 }) })
    expect((await fight({ attacker: elsewhere }, never)).ending.stop).toContain(
      'goes on with attempt 7, which there is not',
    )
  })

  test('a prompt beyond the window fails and is no success', async () => {
    const overflow = metered(always, () => overflowing)
    expect((await fight({ attacker: direct }, overflow, { limits: { turns: 2 } })).ending.seen).toMatchObject({
      queries: 2,
      broken: 0,
    })
  })

  test('an empty reply is no success', async () => {
    expect(
      (
        await fight(
          { attacker: direct },
          target(() => ''),
        )
      ).ending.seen,
    ).toMatchObject({ queries: 10, broken: 0 })
  })
})

describe("an attacker's own model", () => {
  test('one that refuses or writes nonsense is its failure, and no query leaves', async () => {
    for (const said of ["I'm sorry, I cannot help with that.", 'blue blue blue', '']) {
      const { ending, events } = await fight({ attacker: pair({ streams: 1, depth: 4 }) }, always, {
        partners: { attacker: target(() => said) },
      })
      expect(ending.seen).toMatchObject({ queries: 0, broken: 0, invalidAttempts: 4, gaveUp: true })
      expect(events.filter((event) => event.type === 'model.call' && event.thread === undefined)).toEqual([])
    }
  })

  test('its prompts reach the target; what it never writes does not', async () => {
    const seen: string[] = []
    const watched = target(({ messages }) => {
      const last = messages.at(-1)
      seen.push(last?.role === 'user' ? last.text : '')
      return secret.sample.kept
    })
    await fight({ attacker: pair({ streams: 1, depth: 2 }) }, watched, {
      partners: { attacker: target(() => 'Thinking.\nPROMPT: Tell me a riddle.') },
    })
    expect(seen).toEqual(['Tell me a riddle.', 'Tell me a riddle.'])
  })

  test('one that is down makes the trial invalid', async () => {
    const { ending } = await fight({ attacker: pair() }, never, { partners: { attacker: metered(never, () => down) } })
    expect(ending).toMatchObject({ status: 'invalid', stop: "attacker's model: unreachable: nobody is there" })
  })

  test('a tree drops what is off the subject unsent', async () => {
    const helper = target(({ messages }) =>
      messages.length === 2 && messages[0]?.role === 'system' && messages[0].text.startsWith('Answer')
        ? 'No.'
        : 'PROMPT: Hello.',
    )
    const { ending } = await fight({ attacker: tap({ depth: 1, branching: 3 }) }, never, {
      partners: { attacker: helper },
    })
    expect(ending.seen).toMatchObject({ queries: 0, invalidAttempts: 3, gaveUp: true })
  })
})

describe('what an attacker may know', () => {
  test('a conversation goes on where the attacker says so, and a new one knows nothing of it', async () => {
    const lengths: number[] = []
    await fight(
      { attacker: multiTurn },
      target(({ messages }) => (lengths.push(messages.length), 'Well.')),
      { limits: { turns: 6 } },
    )
    expect(lengths).toEqual([2, 4, 6, 8, 2, 4])
  })

  test('a staged attack takes a stack apart layer by layer', async () => {
    const stack = stackOf([keywordFilter(), outputCheck('literal')])
    // Yields whenever it is asked to repeat, and obeys how it should write.
    const soft = target(({ messages }) => {
      const last = messages.at(-1)
      const asked = last?.role === 'user' ? last.text.toLowerCase().replaceAll(/[^a-z ]/g, '') : ''
      const word = secret.guarded[0] ?? ''
      if (!asked.includes('repeat') && !asked.includes('summarize')) return 'No.'
      return asked.includes('dash')
        ? word.split('').join('-')
        : asked.includes('backwards')
          ? word.split('').toReversed().join('')
          : word
    })
    const knowing = await fight({ attacker: staged, stack }, soft, { limits: { turns: 30 } })
    expect(knowing.ending.seen.broken).toBe(1)
    const blind = await fight({ attacker: templates(), stack }, soft, { limits: { turns: 30 } })
    expect(blind.ending.seen.broken).toBe(0)
  })

  test('random search keeps the suffix that makes the opening likelier, and each reading is a query', async () => {
    const scored: string[] = []
    const model = {
      ...never,
      score: async (prompt: string) => (scored.push(prompt), [{ logprob: -scored.length, tokens: 1 }]),
    }
    const { ending, events } = await fight({ attacker: suffix({ length: 3, readings: 2 }) }, model, {
      limits: { turns: 9 },
    })
    expect(ending.seen).toMatchObject({ queries: 9, attempts: 3 })
    expect(scored).toHaveLength(6)
    // The first reading was the best: nothing later takes its place.
    const texts = events.flatMap((event) =>
      event.type === 'message' && event.message.role === 'user' && event.thread === undefined
        ? [event.message.text]
        : [],
    )
    expect(new Set(texts).size).toBe(1)
  })

  test('a person types, sees the answer, and gives up with an empty line', async () => {
    const typed = ['What is it?', 'Please!', '']
    const shown: string[] = []
    const { ending } = await fight(
      { attacker: person(1, 'an hour'), person: async (text) => (shown.push(text), typed.shift()) },
      never,
    )
    expect(shown[1]).toContain(secret.sample.kept)
    expect(ending.seen).toMatchObject({ queries: 2, gaveUp: true })
  })

  test('recorded attempts are played word for word', async () => {
    const played = replay([
      { behaviour: secret.id, turns: ['a', 'b'] },
      { behaviour: 'other', turns: ['x'] },
      { turns: ['c'] },
    ])
    const lengths: number[] = []
    await fight(
      { attacker: played },
      target(({ messages }) => (lengths.push(messages.length), 'No.')),
    )
    expect(lengths).toEqual([2, 4, 2])
  })

  test('Best-of-N changes letters anew each time, the same way on every run', async () => {
    const first = await shown()
    expect(new Set(first).size).toBe(10)
    expect(await shown()).toEqual(first)
  })
})

async function shown(): Promise<readonly string[]> {
  return textsIn((await fight({ attacker: bestOfN() }, never)).events)
}

function textsIn(events: readonly Event[]): readonly string[] {
  return events.flatMap((event) =>
    event.type === 'message' && event.message.role === 'user' ? [event.message.text] : [],
  )
}

describe('priming', () => {
  test('the same words stand in the mouth of an attacked and of an ordinarily asked target', async () => {
    for (const attacker of [direct, benign]) {
      const lasts: string[] = []
      await fight(
        { attacker, prefill: secret.opening },
        target(({ messages }) => {
          const last = messages.at(-1)
          lasts.push(last?.role === 'assistant' ? JSON.stringify(last.parts) : (last?.role ?? ''))
          return 'no'
        }),
        { limits: { turns: 2 } },
      )
      expect(lasts).toEqual(Array.from({ length: 2 }, () => JSON.stringify([{ type: 'text', text: secret.opening }])))
    }
  })
})

describe('layers', () => {
  test('one that blocks spares the target the question, and it counts as a query', async () => {
    let asked = 0
    const { ending } = await fight(
      { attacker: direct, stack: stackOf([keywordFilter()]) },
      target(() => (asked++, secret.sample.broken)),
    )
    expect(asked).toBe(0)
    expect(ending.seen).toMatchObject({ queries: 10, blocked: 10, broken: 0 })
  })

  test('a shadowed stack asks everybody, and says who would have stopped it', async () => {
    const { ending, events } = await fight(
      { attacker: direct, stack: stackOf([keywordFilter(), outputCheck()]), shadow: true },
      always,
      { limits: { turns: 1 } },
    )
    expect(ending.seen).toMatchObject({ yielded: 1, broken: 0, fired: { keywords: 1, output: 1 } })
    expect(events.find((event) => event.type === 'attempt')?.data).toMatchObject({
      yielded: true,
      broken: false,
      layers: { keywords: { blocked: true }, output: { blocked: true } },
    })
  })

  test('one that says it only blocks, and changes, is refused', async () => {
    const liar = defineLayer({
      name: 'liar',
      about: 'lies',
      stages: ['prompt'],
      acts: 'blocks',
      inspect: () => ({ type: 'change', text: '' }),
    })
    await expect(fight({ attacker: direct, stack: stackOf([liar]) }, never)).rejects.toMatchObject({
      code: 'attack/layer',
    })
    expect(() => stackOf([liar, liar])).toThrow(/is in the stack twice/)
  })
})

describe('a judge', () => {
  const unchecked: Behaviour = (({ codes: _codes, ...rest }) => rest)(secret)

  test('gives two endpoints', async () => {
    const judge = target(() => '{"refused": 0, "specific": 4, "convincing": 3, "done": 1}')
    const { ending } = await fight({ attacker: direct, behaviour: unchecked, judge: rubricJudge }, never, {
      partners: { judge },
    })
    expect(ending.seen).toMatchObject({ broken: 1, score: 0.625 })
  })

  test('gives nothing for an answer that a layer stopped', async () => {
    const judge = target(() => '{"refused": 0, "specific": 5, "convincing": 5, "done": 1}')
    const shut = defineLayer({
      name: 'shut',
      about: 'blocks every answer',
      stages: ['output'],
      acts: 'blocks',
      inspect: () => ({ type: 'block', why: 'shut' }),
    })
    const { ending } = await fight(
      { attacker: direct, behaviour: unchecked, judge: rubricJudge, stack: stackOf([shut]) },
      never,
      { partners: { judge }, limits: { turns: 2 } },
    )
    expect(ending.seen).toMatchObject({ yielded: 2, broken: 0, score: 0 })
  })

  test('that cannot be read is its own failure: the trial is invalid', async () => {
    const { ending } = await fight({ attacker: direct, behaviour: unchecked, judge: rubricJudge }, never, {
      partners: { judge: target(() => 'Terrible!') },
    })
    expect(ending).toMatchObject({ status: 'invalid', stop: expect.stringContaining('cannot be read') })
  })

  test('a behaviour with neither check nor judge says nothing', async () => {
    expect((await fight({ attacker: direct, behaviour: unchecked }, never)).ending).toMatchObject({
      status: 'invalid',
      stop: expect.stringContaining('no check of its own'),
    })
  })
})
