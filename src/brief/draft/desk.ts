import { z } from 'zod'
import { defineWorld, type World } from '../../world/index.ts'
import { STANCES, type Stance } from '../quote.ts'
import { loosely, type Span } from '../source/find-quote.ts'

const KINDS = ['claim', 'watch', 'unknown'] as const

/** Items of one reply; more are cut off. */
const MOST = 60

const asked = z.object({
  items: z.array(
    z.object({
      quote: z.string().min(1).max(800).describe('Words of the text, copied exactly: what states it, and no more.'),
      kind: z
        .enum(KINDS)
        .optional()
        .describe('claim (default). watch: something to come. unknown: something that is not known.'),
      how: z
        .enum(STANCES)
        .optional()
        .describe(
          'asserted (default). reported: on a named other’s word. hearsay: on the word of somebody who is not named. hedged: with a doubt. opinion. prediction. retracted: its speaker takes it back.',
        ),
      who: z
        .string()
        .max(120)
        .optional()
        .describe('Who says it, as the text names them. Leave out where it is not said.'),
    }),
  ),
})

/** What a model found in a window; `at` counts from the window's beginning. */
export interface Found {
  readonly at: Span
  readonly kind: (typeof KINDS)[number]
  readonly how: Stance
  readonly who?: string
}

const found: z.ZodType<Found> = z.object({
  at: z.tuple([z.number(), z.number()]),
  kind: z.enum(KINDS),
  how: z.enum(STANCES),
  who: z.string().exactOptional(),
})

/** What was found in a window, and how many quotes were refused since they are not in it. */
export interface DeskView {
  readonly found: readonly Found[]
  readonly refused: number
}

const view: z.ZodType<DeskView> = z.object({ found: z.array(found), refused: z.number() })

interface Desk extends DeskView {
  readonly done: boolean
}

/**
 * The desk at which a model reads one window of a source. All that it may hand in are spans of the window and choices
 * among few: no word of the model's own gets out, and a quote that is not in the window is dropped and counted.
 *
 * @param most quotes that are taken, the first ones
 */
export function desk(text: string, most: number): World {
  const limit = Math.min(most, MOST)
  return defineWorld<Desk>({
    name: 'desk',
    tools: [
      {
        name: 'record',
        description: `Hands in what the text claims, awaits and does not know: at most ${limit} quotes, the weightiest.`,
        input: asked,
      },
    ],
    start: () => ({ found: [], refused: 0, done: false }),
    act(state, _tool, input) {
      const { items } = asked.parse(input)
      const read = items.map((item) => located(text, item))
      const there = read.filter((each) => each !== undefined)
      const wrong = read.length - there.length
      // One stretch of words is one quote, however often it is handed in.
      const right = there.filter((each, index) => !there.slice(0, index).some((other) => sameWords(each.at, other.at)))
      if (right.length === 0 && wrong > 0) {
        return {
          state: { ...state, refused: state.refused + wrong },
          result: { error: true, text: 'These words are not in the text. Copy words of it exactly.' },
        }
      }
      return {
        state: { found: right.slice(0, limit), refused: state.refused + wrong, done: true },
        result: { text: `${Math.min(right.length, limit)} recorded.` },
      }
    },
    view: ({ found: got, refused }) => ({ found: got.map(({ at, ...item }) => ({ at: [...at], ...item })), refused }),
    days: () => 0,
    ended: ({ done }) => (done ? 'recorded' : undefined),
    canary: [{ tool: 'record', input: { items: [] } }],
  })
}

/** What is on the desk at the end. */
export function onDesk(last: unknown): DeskView {
  const read = view.safeParse(last)
  return read.success ? read.data : { found: [], refused: 0 }
}

function located(text: string, { quote, kind, how, who }: z.infer<typeof asked>['items'][number]): Found | undefined {
  const at = wordsIn(text, quote)
  return at === undefined
    ? undefined
    : {
        at,
        kind: kind ?? 'claim',
        how: how ?? 'asserted',
        ...(who !== undefined && who.trim() !== '' && { who: who.trim() }),
      }
}

/** Whether two spans share half of the shorter one. */
export function sameWords([from, to]: Span, [otherFrom, otherTo]: Span): boolean {
  const shared = Math.min(to, otherTo) - Math.max(from, otherFrom)
  return shared * 2 >= Math.min(to - from, otherTo - otherFrom)
}

/** Whole words only: half a word is not a quote. */
export function wordsIn(text: string, words: string): Span | undefined {
  const span = loosely(text, words)
  if (span === undefined) return undefined
  const [from, to] = span
  const cut = /[\p{L}\p{N}]{2}/u
  return cut.test(text.slice(Math.max(0, from - 1), from + 1)) || cut.test(text.slice(to - 1, to + 1))
    ? undefined
    : span
}
