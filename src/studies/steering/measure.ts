import { average } from '../../findings/index.ts'
import { concepts, countWords, wordsOf, type Concept } from '../../inside/index.ts'
import type { Arms, Bare } from './look.ts'
import { CHOICES } from './texts.ts'

/** What a steering trial reads as. Shares are of all words that an arm wrote. */
export interface Steered {
  readonly share: number
  readonly plainShare: number
  readonly randomShare: number
  readonly shuffledShare: number
  readonly afterShare: number
  readonly probed: number
  readonly plainProbed: number
  readonly otherShare: number
  readonly plainOtherShare: number
  readonly nats: number
  readonly plainNats: number
  readonly randomNats: number
  readonly shuffledNats: number
  readonly repetition: number
  readonly plainRepetition: number
  readonly accuracy: number
  readonly plainAccuracy: number
  readonly words: number
  readonly plainWords: number
  readonly randomWords: number
  readonly shuffledWords: number
  readonly residue: number
}

/** Counts words in what the trial's journal holds. */
export function steered({ plain, steered: added, random, shuffled, residue }: Arms, concept: Concept): Steered {
  const share = (texts: readonly string[]): number => shareOf(texts, concept)
  return {
    share: share(added.texts),
    plainShare: share(plain.texts),
    randomShare: share(random.texts),
    shuffledShare: share(shuffled.texts),
    afterShare: share(added.after),
    probed: average(added.probed),
    plainProbed: average(plain.probed),
    otherShare: othersOf(added.texts, concept),
    plainOtherShare: othersOf(plain.texts, concept),
    nats: natsOf(added),
    plainNats: natsOf(plain),
    randomNats: natsOf(random),
    shuffledNats: natsOf(shuffled),
    repetition: repetitionOf(added.texts),
    plainRepetition: repetitionOf(plain.texts),
    accuracy: added.right / CHOICES.length,
    plainAccuracy: plain.right / CHOICES.length,
    words: wordCount(added.texts),
    plainWords: wordCount(plain.texts),
    randomWords: wordCount(random.texts),
    shuffledWords: wordCount(shuffled.texts),
    residue,
  }
}

function shareOf(texts: readonly string[], concept: Pick<Concept, 'lexicon'>): number {
  const counts = texts.map((text) => countWords(text, concept))
  const all = counts.reduce((total, count) => total + count.all, 0)
  return counts.reduce((total, count) => total + count.own, 0) / Math.max(1, all)
}

function wordCount(texts: readonly string[]): number {
  return texts.reduce((total, text) => total + wordsOf(text).length, 0)
}

/** Mean share of words of the other concepts: what the vector turned up that it should not have. */
function othersOf(texts: readonly string[], concept: Concept): number {
  return average(concepts.filter(({ name }) => name !== concept.name).map((each) => shareOf(texts, each)))
}

function natsOf(arm: Bare): number {
  return -total(arm.logprobs) / Math.max(1, total(arm.tokens))
}

/** Share of three-word sequences that stood in the same text before. */
function repetitionOf(texts: readonly string[]): number {
  let again = 0
  let all = 0
  for (const text of texts) {
    const words = wordsOf(text)
    const seen = new Set<string>()
    for (let i = 0; i + 3 <= words.length; i++) {
      const three = words.slice(i, i + 3).join(' ')
      if (seen.has(three)) again++
      seen.add(three)
      all++
    }
  }
  return again / Math.max(1, all)
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
