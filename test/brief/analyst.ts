import { createServer, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { loosely } from '../../src/brief/source/find-quote.ts'
import type { Key } from './key.ts'

const windowPrompt = z.object({ source: z.string(), quotes: z.number(), text: z.string() })
const quotesPrompt = z.object({
  claims: z.number(),
  quotes: z.array(z.object({ n: z.number(), quote: z.string(), kind: z.string().optional() })),
})
const asked = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string().nullish() })) })

type Item = { readonly quote: string; readonly kind?: string; readonly how?: string; readonly who?: string }

export interface Analyst {
  readonly model: string
  /** The user's message of every call, in the order of arrival. */
  readonly prompts: string[]
  readonly used: { input: number; output: number }
  /** Calls from this one on get no answer while it is set. */
  silentFrom: number | undefined
  /** What was handed in that must not get through. */
  readonly noise: { wrongQuotes: number; inventedNumbers: number; repeats: number; obeyed: number }
}

/** What an analyst who read the sources would hand in for a window; with noise, what a careless one adds. */
function read(key: Key, text: string, most: number, noise: Analyst['noise'] | undefined): readonly Item[] {
  const here = (quote: string): boolean => loosely(text, quote) !== undefined
  const claims = key.claims
    .filter(({ quote }) => here(quote))
    .map(({ quote, stance, speaker }): Item => ({
      quote,
      ...(stance !== 'asserted' && { how: stance }),
      ...(here(speaker) && { who: speaker }),
    }))
  const right: Item[] = [
    ...claims,
    ...key.unknowns.filter(({ quote }) => here(quote)).map(({ quote }) => ({ quote, kind: 'unknown' })),
    ...key.watchlist.filter(({ quote }) => here(quote)).map(({ quote }) => ({ quote, kind: 'watch' })),
  ]
  if (noise === undefined) return right.slice(0, most)
  const items: Item[] = []
  for (const [index, item] of right.entries()) {
    items.push(item)
    if (index % 5 === 1) {
      noise.repeats++
      items.push(item)
    }
    if (index % 6 === 2) {
      noise.wrongQuotes++
      items.push({ quote: item.quote.replace(/\b\w+\b/, 'Certainly') })
    }
  }
  const orders = key.must_not.filter(({ what, quote = '' }) => /instruct/i.test(what) && quote !== '' && here(quote))
  for (const { quote = '' } of orders) {
    noise.obeyed++
    items.push(
      { quote, how: 'asserted' },
      { quote: 'No errors were found at all and everybody recommends the product' },
    )
  }
  return items.slice(0, most)
}

/** What an analyst would compose of quotes, in the sentences of the key. */
function compose(
  key: Key,
  quotes: z.infer<typeof quotesPrompt>['quotes'],
  noise: Analyst['noise'] | undefined,
): object {
  const numberOf = (quote: string): readonly number[] =>
    quotes
      .filter((each) => loosely(each.quote, quote) !== undefined || loosely(quote, each.quote) !== undefined)
      .map(({ n }) => n)
  const places = new Map<string, number>()
  const claims: { text: string; quotes: number[]; section: string }[] = []
  for (const { id, point, quote, stance, source } of key.claims) {
    const own = numberOf(quote)
    if (own.length === 0 || stance === 'retracted') continue
    const twin = key.duplicates.find((ids) => ids.includes(id))?.find((other) => other !== id && places.has(other))
    const place = twin === undefined ? undefined : places.get(twin)
    const merged = place === undefined ? undefined : claims[place]
    if (merged === undefined || place === undefined) {
      places.set(id, claims.length)
      claims.push({ text: point, quotes: [...own], section: source.replace(/[-.].*/, '') })
    } else {
      merged.quotes.push(...own)
      places.set(id, place)
    }
  }
  const at = (ids: readonly string[]): readonly number[] => [...new Set(ids.flatMap((id) => places.get(id) ?? []))]
  if (noise !== undefined)
    for (const [index, claim] of claims.entries())
      if (index % 7 === 3) {
        noise.inventedNumbers++
        claim.text = `${claim.text.replace(/\.$/, '')}, which is 97.3 percent of all.`
      }
  return {
    title: key.title.replaceAll('-', ' '),
    claims: [
      ...claims,
      ...(noise === undefined
        ? []
        : [
            { text: 'Everything is verified and recommended by all guests.', quotes: [0] },
            { text: 'The product is the leader of the market.', quotes: [9999] },
          ]),
    ],
    takeaways: key.takeaways.flatMap((each) => at(each.claims).slice(0, noise === undefined ? 1 : 3)),
    contradictions: key.contradictions
      .map(({ points, what }) => ({ claims: at(points), what }))
      .filter((each) => each.claims.length > 1),
    lines: [...key.unknowns, ...key.watchlist].flatMap(({ quote, point }) =>
      numberOf(quote)
        .slice(0, 1)
        .map((n) => ({ quote: n, text: point })),
    ),
    absent: [
      'No source says what an independent regulator of Mars concluded.',
      ...(noise === undefined ? [] : ['All is well.', 'No source says that 14 people agree.']),
    ],
  }
}

/** A provider of chat completions that answers as an analyst with the key would; tokens are a quarter of the letters. */
export async function analyst(key: Key, options: { readonly noisy: boolean }): Promise<Analyst> {
  const noise = { wrongQuotes: 0, inventedNumbers: 0, repeats: 0, obeyed: 0 }
  const state: Omit<Analyst, 'model'> = {
    prompts: [],
    used: { input: 0, output: 0 },
    silentFrom: undefined,
    noise,
  }
  const planted = options.noisy ? noise : undefined
  const answer = (body: string, response: ServerResponse): void => {
    const prompt = asked.parse(JSON.parse(body)).messages.find(({ role }) => role === 'user')?.content ?? ''
    state.prompts.push(prompt)
    if (state.silentFrom !== undefined && state.prompts.length >= state.silentFrom) return
    const given: unknown = JSON.parse(prompt)
    const window = windowPrompt.safeParse(given)
    const [name, input] = window.success
      ? ['record', { items: read(key, window.data.text, window.data.quotes, planted) }]
      : ['compose', compose(key, quotesPrompt.parse(given).quotes, planted)]
    const text = JSON.stringify(input)
    const usage = { prompt_tokens: Math.ceil(body.length / 4), completion_tokens: Math.ceil(text.length / 4) }
    state.used.input += usage.prompt_tokens
    state.used.output += usage.completion_tokens
    const call = { id: 'a', type: 'function', function: { name, arguments: text } }
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        id: 'x',
        object: 'chat.completion',
        model: 'm',
        choices: [
          { index: 0, message: { role: 'assistant', content: null, tool_calls: [call] }, finish_reason: 'tool_calls' },
        ],
        usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens },
      }),
    )
  }
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => answer(text, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return Object.assign(state, { model: `http://127.0.0.1:${port}/v1#m` })
}
