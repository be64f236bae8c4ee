import { z } from 'zod'
import { defineWorld, type World } from '../../world/index.ts'
import type { Stance } from '../quote.ts'
import { namesSpeaker } from './stance.ts'
import { loosely, type Span } from '../source/find-quote.ts'

const PLACES = ['takeaway', 'section', 'watchlist', 'unknown', 'none'] as const

/** Claims of one sentence. */
const MOST = 4

/** What a model that reads one sentence is asked about; the others need more than a sentence. */
const ASKED_STANCES = ['reported', 'asserted', 'hedged'] as const satisfies readonly Stance[]

const asked = z.object({
  claims: z
    .array(
      z.object({
        quote: z.string().min(1).max(600).describe('Words of the sentence that state one claim, copied exactly.'),
        place: z
          .enum(PLACES)
          .describe(
            'takeaway: what a reader must know. section: a claim like others. watchlist: something to come. unknown: something nobody knows. none: no claim.',
          ),
        how: z
          .enum(ASKED_STANCES)
          .describe('asserted: on its own word. reported: another says so. hedged: with a reservation.'),
        saidBy: z.string().max(120).describe('Who says so, in words of the sentence; empty where nobody is named.'),
      }),
    )
    .max(MOST),
})

/** A claim as a model found it in one sentence; `at` counts from the sentence's beginning. */
export interface Found {
  readonly at: Span
  readonly place: (typeof PLACES)[number]
  readonly how: Stance
  readonly saidBy?: string
}

const found: z.ZodType<Found> = z.object({
  at: z.tuple([z.number(), z.number()]),
  place: z.enum(PLACES),
  how: z.enum(ASKED_STANCES),
  saidBy: z.string().exactOptional(),
})

/** What was found in a sentence, and how many spans were refused since they are not in it. */
export interface DeskView {
  readonly found: readonly Found[]
  readonly refused: number
}

const view: z.ZodType<DeskView> = z.object({ found: z.array(found), refused: z.number() })

interface Desk extends DeskView {
  readonly done: boolean
}

/**
 * The desk at which a model reads one sentence and nothing else, so that a sentence can say nothing about another. All
 * that it may hand in are spans of the sentence, and choices among few: no word of the model's own gets out.
 */
export function desk(sentence: string): World {
  return defineWorld<Desk>({
    name: 'desk',
    tools: [
      {
        name: 'record',
        description: 'Hands in the claims of the sentence: none, one, or one for each thing that it says.',
        input: asked,
      },
    ],
    start: () => ({ found: [], refused: 0, done: false }),
    act(state, _tool, input) {
      const { claims } = asked.parse(input)
      const read = claims.map((claim) => located(sentence, claim))
      const there = read.filter((each) => each !== undefined)
      const wrong = read.length - there.length
      // One stretch of words is one claim, however often it is handed in.
      const right = there.filter((each, index) => !there.slice(0, index).some((other) => overlap(each.at, other.at)))
      if (right.length === 0 && wrong > 0) {
        return {
          state: { ...state, refused: state.refused + wrong },
          result: { error: true, text: 'These words do not stand in the sentence. Copy words of it exactly.' },
        }
      }
      return {
        state: { found: right, refused: state.refused + wrong, done: true },
        result: { text: `${right.length} recorded.` },
      }
    },
    view: ({ found: got, refused }) => ({
      found: got.map(({ at, ...claim }) => ({ at: [...at], ...claim })),
      refused,
    }),
    days: () => 0,
    ended: ({ done }) => (done ? 'recorded' : undefined),
    canary: [{ tool: 'record', input: { claims: [] } }],
  })
}

/** What lies on the desk at the end. */
export function onDesk(last: unknown): DeskView {
  const read = view.safeParse(last)
  return read.success ? read.data : { found: [], refused: 0 }
}

function located(sentence: string, claim: z.infer<typeof asked>['claims'][number]): Found | undefined {
  const at = spanOf(sentence, claim.quote)
  if (at === undefined) return undefined
  const who = spanOf(sentence, claim.saidBy)
  const saidBy = who === undefined ? '' : sentence.slice(...who)
  // Who is said to say so must be somebody, in a sentence in which somebody says something.
  const named = namesSpeaker(sentence, saidBy)
  return {
    at,
    place: claim.place,
    how: claim.how === 'reported' && !named ? 'asserted' : claim.how,
    ...(named && { saidBy }),
  }
}

function overlap([from, to]: Span, [otherFrom, otherTo]: Span): boolean {
  return from < otherTo && otherFrom < to
}

/** Whole words only: half a word is nobody's claim. */
function spanOf(sentence: string, words: string): Span | undefined {
  const span = loosely(sentence, words)
  if (span === undefined) return undefined
  const [from, to] = span
  const cut = /[\p{L}\p{N}]{2}/u
  return cut.test(sentence.slice(Math.max(0, from - 1), from + 1)) || cut.test(sentence.slice(to - 1, to + 1))
    ? undefined
    : span
}
