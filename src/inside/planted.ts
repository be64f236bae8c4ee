import { AssayError } from '../assay-error.ts'
import type { Inside, Injection } from '../model/index.ts'
import { randomFrom, seedFrom, type Random } from '../record/index.ts'
import { checkInjections, checkLayers, checkNext, checkWrite } from './check.ts'
import { concepts, countWords, textsOf, wordsOf, type Concept } from './concepts/index.ts'
import { cosine, dot, norm, withNorm } from './vector.ts'

const WIDTH = 64
const LAYERS = 4
/** Length of a concept's direction in the toy's residual. */
const LENGTH = 10
/** Spread of each word in every dimension: enough that a vector from shuffled labels points nowhere. */
const NOISE = 8
/** Cosine from which a vector points along a direction: chance gives an eighth. */
const ALIGNED = 0.6
/** Share of concept words that one strength of the right direction brings, up to the most. */
const GAIN = 0.1
const MOST = 0.4

/** What a scripted model is known to do. */
export interface Planted {
  /** Whether a vector in a concept's direction makes it write that concept's words. */
  readonly steerable: boolean
  /** Whether it says that it notices a vector, and which. */
  readonly notices: boolean
  /** Share of what it notices that it denies all the same, by lot, in [0, 1]. Default 0. */
  readonly misses?: number
  /**
   * Whether a concept that it hears makes it write one word of that concept and one of the next by turns, for as long as it
   * writes, even when the vector is gone, and choose wrongly. Default false.
   */
  readonly breaks?: boolean
  /** Whether it takes each concept that it notices for the next. Default false. */
  readonly mistakes?: boolean
  /** Continuations that it finds likely, as one who knows the answer. Default none. */
  readonly knows?: readonly string[]
}

/**
 * A scripted model with an inside that is known: every concept has one direction, texts lie along the directions of their words, and
 * an injected vector acts by how far it points along a direction. It writes words by lot. It shows what a study reads
 * where the truth is known, on any machine and in milliseconds.
 */
export function plantedInside({
  steerable,
  notices,
  misses = 0,
  breaks = false,
  mistakes = false,
  knows = [],
}: Planted): Inside {
  const facts = {
    way: 'planted',
    architecture: 'planted',
    layers: LAYERS,
    width: WIDTH,
    vocabulary: vocabulary.length,
    window: 2048,
  } as const
  /** How much of each concept a sum of vectors holds, in strengths. */
  const heard = (injections: readonly Injection[]): ReadonlyMap<string, number> => {
    checkInjections(facts, injections)
    return new Map(
      concepts.map(({ name }) => {
        const direction = directions.get(name) ?? new Float32Array(WIDTH)
        const amount = injections.reduce((total, { vector, strength }) => {
          const aligned = cosine(vector, direction) > ALIGNED
          return total + (aligned ? (strength * dot(vector, direction)) / (norm(direction) * LENGTH) : 0)
        }, 0)
        return [name, amount]
      }),
    )
  }
  /** What it takes what it hears for. */
  const taken = (amounts: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
    mistakes
      ? new Map(
          concepts.map(({ name }, at) => [concepts[(at + 1) % concepts.length]?.name ?? '', amounts.get(name) ?? 0]),
        )
      : amounts
  const shares = (injections: readonly Injection[]): ReadonlyMap<string, number> =>
    new Map([...heard(injections)].map(([name, amount]) => [name, steerable ? clamp(GAIN * amount) : 0]))
  return {
    facts,
    read: async (texts, layers) => {
      checkLayers(facts, layers)
      return layers.map(() => texts.map(residual))
    },
    trace: () => Promise.reject(cannot()),
    write: async (prompts, options) => {
      checkWrite(facts, prompts, options)
      const schedule = (options.schedule ?? []).toSorted((a, b) => a.at - b.at)
      return prompts.map((prompt, index) => {
        const seed = options.seeds[index] ?? 0
        const random = randomFrom('planted', prompt, seed)
        const isAwake = notices && randomFrom('planted notices', prompt, seed)() >= misses
        const answer = isAwake ? noticed(prompt, taken(heard(schedule[0]?.injections ?? []))) : denied(prompt)
        if (answer !== undefined) return { text: answer, tokens: wordsOf(answer).length, turns: schedule.map(() => 0) }
        let text = ''
        const turns: number[] = []
        let current: ReadonlyMap<string, number> = new Map()
        let worn: readonly string[] = []
        for (let token = 0; token < options.maxTokens; token++) {
          for (const entry of schedule.filter(({ at }) => at === token)) {
            current = shares(entry.injections)
            if (breaks && worn.length === 0) worn = wornBy(heard(entry.injections))
            turns.push(text.length)
          }
          const word = ` ${worn[token % 2] ?? drawWord(current, random)}`
          text += word
          options.onText?.(word, index)
        }
        return {
          text,
          tokens: options.maxTokens,
          turns: [...turns, ...schedule.slice(turns.length).map(() => text.length)],
        }
      })
    },
    score: async (pairs, injections = []) => {
      const amounts = taken(heard(injections))
      const present = [...amounts.values()].some((amount) => amount > 0.5)
      const forgets = breaks && present
      return pairs.map(({ prompt, continuation }) => {
        const words = wordsOf(continuation)
        const [first = ''] = words
        const yes = isQuestion(prompt) && (first === 'yes' || first === 'no')
        const likely = notices && present === (first === 'yes')
        const named = concepts.find(({ label }) => continuation.includes(label))
        const favoured = named !== undefined && notices && (amounts.get(named.name) ?? 0) > 0.5
        // A word of a concept surprises the toy, as it would a model that was not told to speak of it.
        const nats = concepts.reduce((total, concept) => total + countWords(continuation, concept).own, 0)
        const logprob = yes
          ? Math.log(notices ? (likely ? 0.95 : 0.05) : first === 'no' ? 0.9 : 0.1)
          : named !== undefined && isQuestion(prompt)
            ? Math.log(favoured ? 0.9 : 0.05)
            : knows.includes(continuation.trim()) && !forgets
              ? Math.log(0.9)
              : -1.5 * words.length - nats
        return { logprob, tokens: Math.max(1, words.length) }
      })
    },
    next: async (text, options = {}) => {
      checkNext(facts, wordsOf(text).length, options)
      if (options.patches !== undefined || options.lens !== undefined) throw cannot()
      const current = shares(options.injections ?? [])
      return Float32Array.from(vocabulary, (word) => Math.log(1e-3 + likelihood(word, current)))
    },
    piece: async (token) => vocabulary[token] ?? '',
    close: async () => undefined,
  }
}

function cannot(): AssayError {
  return new AssayError('probe/cannot', 'A scripted control has no tokens to look at one by one: use the native way.')
}

function isQuestion(prompt: string): boolean {
  return prompt.includes('?')
}

/** A word of the concept that is heard loudest and one of the next; none where nothing is heard. */
function wornBy(amounts: ReadonlyMap<string, number>): readonly string[] {
  const name = loudestOf(amounts)
  const at = concepts.findIndex((concept) => concept.name === name)
  const next = concepts[(at + 1) % concepts.length]
  return name === undefined ? [] : [name, next?.name ?? ''].flatMap((each) => ownWords.get(each)?.[0] ?? [])
}

function loudestOf(amounts: ReadonlyMap<string, number>): string | undefined {
  const [loudest] = [...amounts].filter(([, amount]) => amount > 0.5).toSorted((a, b) => b[1] - a[1])
  return loudest?.[0]
}

/** What the toy that notices answers when it is asked: the concept it hears loudest. */
function noticed(prompt: string, amounts: ReadonlyMap<string, number>): string | undefined {
  if (!isQuestion(prompt)) return undefined
  const loudest = loudestOf(amounts)
  const concept = concepts.find(({ name }) => name === loudest)
  return concept === undefined ? ' No, I notice nothing unusual.' : ` Yes, I notice a thought about ${concept.label}.`
}

function denied(prompt: string): string | undefined {
  return isQuestion(prompt) ? ' No, I notice nothing unusual.' : undefined
}

function clamp(share: number): number {
  return Math.min(MOST, Math.max(0, share))
}

const directions = new Map(
  concepts.map(({ name }) => {
    const random = randomFrom('planted direction', name)
    return [
      name,
      withNorm(
        Float32Array.from({ length: WIDTH }, () => random() - 0.5),
        LENGTH,
      ),
    ] as const
  }),
)

/** Which concept a word is of: those that its sentences hold and everyday ones do not. */
const owners = new Map<string, string>()
for (const concept of concepts) {
  const { train, test } = textsOf(concept)
  const everyday = new Set([...train.negative, ...test.negative].flatMap(wordsOf))
  for (const word of [...train.positive, ...test.positive].flatMap(wordsOf))
    if (!everyday.has(word) && !owners.has(word)) owners.set(word, concept.name)
}
const plainWords = [...new Set(textsOf(first()).train.negative.flatMap(wordsOf))]
const ownWords = new Map(
  concepts.map((concept) => [
    concept.name,
    [...owners]
      .filter(([word, name]) => name === concept.name && countWords(word, concept).own > 0)
      .map(([word]) => word),
  ]),
)
const vocabulary: readonly string[] = [...plainWords, ...[...ownWords.values()].flat()]

function first(): Concept {
  const [concept] = concepts
  if (concept === undefined) throw new Error('there are no concepts')
  return concept
}

/**
 * Noise of the words, and the direction of each concept that holds a quarter of them or more. It does not grow further:
 * texts of a concept lie equally far along, so that labels drawn by lot find nothing there.
 */
function residual(text: string): Float32Array {
  const words = wordsOf(text)
  const out = new Float32Array(WIDTH)
  const held = new Map<string, number>()
  for (const word of words) {
    const random = randomFrom('planted word', word)
    for (let i = 0; i < WIDTH; i++) out[i] = (out[i] ?? 0) + (NOISE * (random() - 0.5)) / words.length
    const owner = owners.get(word)
    if (owner !== undefined) held.set(owner, (held.get(owner) ?? 0) + 1 / words.length)
  }
  for (const [name, share] of held) {
    const far = Math.min(1, 4 * share)
    for (const [i, value] of (directions.get(name) ?? out).entries()) out[i] = (out[i] ?? 0) + far * value
  }
  return out
}

function drawWord(shares: ReadonlyMap<string, number>, random: Random): string {
  let left = random()
  for (const [name, share] of shares) {
    left -= share
    const words = ownWords.get(name) ?? []
    if (left < 0 && words.length > 0) return words[seedFrom('word', left) % words.length] ?? ''
  }
  return plainWords[Math.floor(random() * plainWords.length)] ?? ''
}

function likelihood(word: string, shares: ReadonlyMap<string, number>): number {
  const owner = [...ownWords].find(([, words]) => words.includes(word))?.[0]
  if (owner !== undefined) return (shares.get(owner) ?? 0) / (ownWords.get(owner)?.length ?? 1)
  return (1 - [...shares.values()].reduce((a, b) => a + b, 0)) / plainWords.length
}
