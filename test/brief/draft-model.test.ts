import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { draftBrief, draftSources, type Brief, type Drafted, type DraftPlan } from '../../src/brief/index.ts'
import type { Answer, Model, Request } from '../../src/model/index.ts'
import type { RunBudget } from '../../src/run/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const TEXT = `Ann: Hello and welcome. The tool found 14 of 20 faults.
Bo: It took nine minutes, no, sorry, it took eleven minutes a tray.
Ann: Somebody in the hall told me that it slept twice.
Bo: Nobody knows whether it helps at night. In June a second hall gets one.
Ann: That is all.
`
const timing = { sent: 0, lastToken: 1 }

type Hands = (pass: 'record' | 'compose', prompt: string, times: number) => unknown

/** A model that hands in what it is given for each pass; undefined is a provider that is down. */
function scripted(hands: Hands): { readonly model: Model; readonly requests: Request[] } {
  const requests: Request[] = []
  return {
    requests,
    model: {
      name: 'test/reader',
      provider: 'test',
      identity: {},
      templates: ['chat'],
      pricing: { type: 'priced', price: { input: 1, output: 1, asOf: '2026-01-01', source: 'test' } },
      ask: (request): Promise<Answer> => {
        requests.push(request)
        const user = request.messages.find((each) => each.role === 'user')
        const name = request.tools[0]?.name === 'compose' ? 'compose' : 'record'
        const times = request.messages.filter(({ role }) => role === 'assistant').length
        const said = hands(name, user?.role === 'user' ? user.text : '', times)
        if (said === undefined)
          return Promise.resolve({ type: 'failure', kind: 'unreachable', message: 'down', retries: [], timing })
        return Promise.resolve({
          type: 'reply',
          parts: [{ type: 'tool-call', id: 'a', name, arguments: JSON.stringify(said) }],
          finish: 'tool-calls',
          usage: { input: 100, output: 20 },
          timing,
          retries: [],
          ids: {},
        })
      },
    },
  }
}

interface Change {
  readonly text?: string
  readonly budget?: RunBudget
  readonly stopping?: AbortSignal
  readonly onPlan?: (plan: DraftPlan) => void
  readonly sampling?: { readonly temperature?: number; readonly effort?: string; readonly maxOutputTokens?: number }
}

async function read(folder: string, model: Model, change: Change = {}): Promise<Drafted> {
  const file = path.join(folder, 'a.txt')
  fs.writeFileSync(file, change.text ?? TEXT)
  return draftBrief(await draftSources([{ path: file, name: 'a.txt' }]), {
    updated: '2026-05-01',
    model: {
      effects: {
        model,
        version: '0',
        now: Date.now,
        redact: (line) => line,
        stopping: change.stopping ?? new AbortController().signal,
        abort: new AbortController().signal,
        ...(change.onPlan !== undefined && { onPlan: change.onPlan }),
      },
      folder: (hash) => path.join(folder, 'drafts', hash),
      budget: change.budget ?? { tokens: 100_000 },
      ...(change.sampling !== undefined && { sampling: change.sampling }),
      concurrency: 1,
    },
  })
}

const ITEMS = [
  { quote: 'The tool found 14 of 20 faults' },
  { quote: 'It took nine minutes', how: 'retracted' },
  { quote: 'it took eleven minutes a tray', who: 'Bo' },
  { quote: 'Somebody in the hall told me that it slept twice', how: 'hearsay' },
  { quote: 'Nobody knows whether it helps at night', kind: 'unknown' },
  { quote: 'In June a second hall gets one', kind: 'watch' },
]
const COMPOSED = {
  claims: [
    { text: 'The tool found 14 of 20 faults.', quotes: [0], section: 'Faults' },
    { text: 'The tool took eleven minutes a tray, says Bo.', quotes: [2], section: 'Time' },
    { text: 'The tool slept twice.', quotes: [3], section: 'Faults' },
  ],
  takeaways: [0, 2],
  contradictions: [{ claims: [0, 1], what: 'The tool and the minutes differ by 99.' }],
  lines: [
    { quote: 4, text: 'It is not known whether the tool helps at night.' },
    { quote: 5, text: 'In June a second hall gets the tool.' },
  ],
  absent: ['No source says what the tool costs.', 'No source says that the tool found faults.', 'Buy it.'],
}

const good = (): ReturnType<typeof scripted> => scripted((pass) => (pass === 'record' ? { items: ITEMS } : COMPOSED))

function briefOf(drafted: Drafted): Brief {
  if (drafted.type !== 'drafted') throw new Error(drafted.stopped.why)
  return drafted.draft.brief
}

test('two passes: quotes from anywhere, then claims that can be read alone, each tied to its quotes', async () => {
  const asked = good()
  const brief = briefOf(await read(temporaryFolder(), asked.model))
  expect(brief.claims.map(({ text, quotes }) => [text, quotes?.map(({ how, saidBy }) => `${saidBy} ${how}`)])).toEqual([
    ['The tool found 14 of 20 faults.', ['Ann asserted']],
    ['The tool took eleven minutes a tray, says Bo.', ['Bo asserted']],
    ['The tool slept twice (hearsay).', ['Ann hearsay']],
    ['Taken back by Bo: “It took nine minutes”.', ['Bo retracted']],
  ])
  // Hearsay is never what a reader must know.
  expect(brief.takeaways).toEqual([brief.claims[0]?.id])
  expect(brief.sections.map(({ title }) => title)).toEqual(['Faults', 'Time', 'Taken back'])
  expect(brief.watchlist).toEqual(['In June a second hall gets the tool.'])
  expect(brief.unknowns).toEqual([
    'It is not known whether the tool helps at night.',
    'No source says what the tool costs.',
  ])
  expect(brief.contradictions).toEqual([
    { claims: brief.claims.slice(0, 2).map(({ id }) => id), what: 'These claims do not agree.' },
  ])
  // The second pass is shown quotes, and nothing else of the source.
  const second = asked.requests.at(-1)?.messages.find(({ role }) => role === 'user')
  expect(JSON.stringify(second)).not.toContain('welcome')
})

test('words that are not in the source do not enter: asked once more, then left out and counted', async () => {
  const asked = scripted((pass, _prompt, times) =>
    pass === 'compose'
      ? { claims: [{ text: 'The tool found 14 faults.', quotes: [0] }], takeaways: [] }
      : { items: [{ quote: 'The tool found 19 of 20 faults' }, ...(times === 0 ? [] : [ITEMS[0]])] },
  )
  const drafted = await read(temporaryFolder(), asked.model)
  expect(briefOf(drafted).claims.map(({ quotes }) => quotes?.[0]?.text)).toEqual(['The tool found 14 of 20 faults'])
  expect(drafted.type === 'drafted' && drafted.draft.counts.get("the model's words are not in the source")).toBe(2)
  expect(asked.requests).toHaveLength(3)
})

test('without a second pass that can be used, quotes are claims in their own words', async () => {
  const asked = scripted((pass) => (pass === 'record' ? { items: ITEMS } : { claims: 'all', verdict: 'supported' }))
  expect(briefOf(await read(temporaryFolder(), asked.model)).claims.map(({ text }) => text)).toEqual([
    'The tool found 14 of 20 faults.',
    'Taken back by Bo: “It took nine minutes”.',
    'It took eleven minutes a tray.',
    'Somebody in the hall told me that it slept twice.',
  ])
})

test('sampling is the provider’s unless it is given, and the budget is known before the first question', async () => {
  const [first, second] = [good(), good()]
  const plans: DraftPlan[] = []
  await read(temporaryFolder(), first.model, { onPlan: (plan) => plans.push(plan) })
  expect(first.requests.map(({ sampling }) => sampling)).toEqual([{ maxOutputTokens: 2000 }, { maxOutputTokens: 4000 }])
  expect(plans).toMatchObject([{ windows: 1, characters: TEXT.length, budget: { tokens: 100_000 } }])
  await read(temporaryFolder(), second.model, {
    sampling: { temperature: 1, effort: 'high', maxOutputTokens: 9000 },
  })
  expect(second.requests[0]?.sampling).toEqual({ temperature: 1, effort: 'high', maxOutputTokens: 9000 })
})

test('a budget, a model that is down and an interruption write no brief, and nothing is asked twice', async () => {
  const folder = temporaryFolder()
  const first = good()
  expect(await read(folder, first.model, { budget: { tokens: 7000 } })).toMatchObject({
    type: 'stopped',
    stopped: { type: 'budget' },
  })
  expect(first.requests).toHaveLength(1)
  const down = scripted(() => undefined)
  expect(await read(folder, down.model)).toMatchObject({ stopped: { type: 'unanswered', why: 'unreachable: down' } })
  const stop = new AbortController()
  stop.abort()
  expect(await read(folder, good().model, { stopping: stop.signal })).toMatchObject({
    stopped: { type: 'interrupted' },
  })
  const second = good()
  expect(briefOf(await read(folder, second.model)).claims).toHaveLength(4)
  expect(second.requests.map(({ tools }) => tools[0]?.name)).toEqual(['compose'])
  const third = scripted(() => undefined)
  expect(briefOf(await read(folder, third.model)).claims).toHaveLength(4)
  expect(third.requests).toHaveLength(0)
})

test('a long source is read to its end, in windows that fit the model', async () => {
  const seen: string[] = []
  const asked = scripted((pass, prompt) => {
    if (pass === 'compose')
      return { claims: [{ text: 'The last fault was found in hall 77.', quotes: [0] }], takeaways: [0] }
    const { text } = z.object({ text: z.string() }).parse(JSON.parse(prompt))
    seen.push(text)
    return { items: text.includes('hall 77') ? [{ quote: 'the last fault was found in hall 77' }] : [] }
  })
  const text = `${'The people of the hall had a quiet day again. '.repeat(2000)}In the end the last fault was found in hall 77.\n`
  const brief = briefOf(await read(temporaryFolder(), { ...asked.model, window: 8192 }, { text }))
  expect(brief.claims.map(({ text: said }) => said)).toEqual(['The last fault was found in hall 77.'])
  expect(seen.length).toBeGreaterThan(8)
  expect(Math.max(...seen.map((each) => each.length))).toBeLessThanOrEqual(8192 * 3)
})
