import { claimKey, terms } from '../words.ts'
import { leftOut, type Candidate, type DraftPart, type DraftSource, type LeftOut } from './part.ts'
import type { Stance } from '../quote.ts'
import { leans, placeOf } from './place.ts'
import { textRank } from './rank.ts'
import { salienceOf } from './salience.ts'
import { claimText, sentencesOf, type Sentence } from './sentence.ts'
import { stanceOf } from './stance.ts'

/** How much of the sources a draft takes. */
export interface DraftSize {
  /** Claims at most. Default 32. */
  readonly claims?: number
}

export const MOST_CLAIMS = 32
/** Lines of the watchlist, and of the unknowns. */
const MOST_LINES = 8
const TAKEAWAYS = 7
/** Pieces that found no place and are named one by one; the rest is counted. */
const MOST_NAMED = 500

export interface Candidates {
  /** Best first; the same in every run. */
  readonly found: readonly Candidate[]
  readonly left: readonly LeftOut[]
  /** Pieces that found no place, by why. */
  readonly counts: ReadonlyMap<string, number>
}

/** Every sentence that can be in a brief, by how much it says and how central it is to its source. */
export function candidatesOf(sources: readonly DraftSource[]): Candidates {
  const found: Candidate[] = []
  const left: LeftOut[] = []
  const counts = new Map<string, number>()
  const taken = sources.map((source) => ({ source, all: sentencesOf(source.text) }))
  const topics = sharedTerms(taken)
  for (const { source, all } of taken) {
    const seen = new Set<string>()
    const asks = questioners(all)
    const forms = repeatedForms(all)
    const sentences = all.flatMap((alone, index) => {
      const place = placeOf(alone.text)
      const key = claimKey(alone.text)
      const why = place.type === 'none' ? place.why : seen.has(key) ? 'the source says it twice' : undefined
      seen.add(key)
      if (why === undefined && place.type !== 'none') {
        const [before, after] = [all[index - 1], all[index + 1]].map((each) =>
          each?.block === alone.block ? each : undefined,
        )
        const saying = stanceOf(alone.text, alone.block.speaker, after?.text)
        return [{ sentence: withAntecedent(source, alone, before), alone, place: place.type, saying }]
      }
      const reason = why ?? ''
      counts.set(reason, (counts.get(reason) ?? 0) + 1)
      if (left.length < MOST_NAMED) left.push(leftOut(source, alone.from, alone.text, reason))
      return []
    })
    const central = textRank(sentences.map(({ alone }) => alone.text))
    found.push(
      ...sentences.map(({ alone, sentence, place, saying }, index) => ({
        source,
        sentence,
        place,
        saying,
        score:
          salienceOf(alone.text, central[index] ?? 0, saying.how) +
          topicality(alone.text, topics, source.id) -
          (asks.has(alone.block.speaker ?? '') ? ASKER : 0) -
          (forms.has(formOf(alone.text)) ? REPEATED : 0),
      })),
    )
  }
  return { found: found.toSorted((a, b) => b.score - a.score), left, counts }
}

/** Stances that a reader of a brief wants to know of. */
const TOLD: ReadonlySet<Stance> = new Set(['hearsay', 'opinion', 'prediction', 'retracted'])
/** What the words of one who asks count less. */
const ASKER = 1.5
/** Share of a speaker's sentences that are questions, from which on they are the one who asks. */
const ASKING = 0.3

/** How much a sentence is about what the other sources are about. */
function topicality(text: string, topics: Topics, source: string): number {
  const weights = [...new Set(terms(text))].map((term) => {
    const elsewhere = [...(topics.get(term) ?? [])].reduce((sum, [id, count]) => sum + (id === source ? 0 : count), 0)
    return Math.log2(1 + elsewhere)
  })
  return (
    TOPIC *
    Math.min(
      MOST_TOPICAL,
      weights
        .toSorted((a, b) => b - a)
        .slice(0, MOST_TERMS)
        .reduce((sum, each) => sum + each, 0),
    )
  )
}

/** In how many sentences of each source a term is. */
type Topics = ReadonlyMap<string, ReadonlyMap<string, number>>

const TOPIC = 0.3
const MOST_TOPICAL = 8
const MOST_TERMS = 5
/** Sentences of all sources in which a term may be before it says nothing: words of every day are in more. */
const MOST_COMMON = 0.03

/** Terms that two sources or more share: what the brief is about. Empty where there is one source. */
function sharedTerms(sources: readonly { readonly source: DraftSource; readonly all: readonly Sentence[] }[]): Topics {
  const found = new Map<string, Map<string, number>>()
  for (const { source, all } of sources)
    for (const { text } of all)
      for (const term of new Set(terms(text))) {
        const own = found.get(term) ?? new Map<string, number>()
        own.set(source.id, (own.get(source.id) ?? 0) + 1)
        found.set(term, own)
      }
  const most = Math.max(8, MOST_COMMON * sources.reduce((sum, { all }) => sum + all.length, 0))
  return new Map(
    [...found].filter(([term, own]) => {
      const total = [...own.values()].reduce((sum, count) => sum + count, 0)
      return own.size > 1 && total <= most && !/\d/.test(term)
    }),
  )
}

/** What a sentence counts less whose form comes again and again with other numbers: a log that is read out, a list. */
const REPEATED = 4
/** Sentences of one form from which on it is one. */
const OFTEN = 3

function repeatedForms(sentences: readonly Sentence[]): ReadonlySet<string> {
  const forms = Map.groupBy(sentences, ({ text }) => formOf(text))
  return new Set([...forms].flatMap(([form, own]) => (own.length >= OFTEN ? [form] : [])))
}

/** A sentence without its numbers: its first words, which vary least. */
function formOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\d+(?:[.,:]\d+)*/g, '#')
    .split(/\s+/)
    .slice(0, 4)
    .join(' ')
}

function questioners(sentences: readonly Sentence[]): ReadonlySet<string> {
  const bySpeaker = Map.groupBy(sentences, ({ block }) => block.speaker ?? '')
  return new Set(
    [...bySpeaker].flatMap(([speaker, own]) =>
      speaker !== '' && own.filter(({ text }) => text.endsWith('?')).length >= ASKING * own.length ? [speaker] : [],
    ),
  )
}

/** Words of a sentence before one that leans on it. */
const LONGEST_ANTECEDENT = 160

/** A sentence that leans on the one before it, with that one; alone where that is long, asks, or is not there. */
function withAntecedent(source: DraftSource, alone: Sentence, before: Sentence | undefined): Sentence {
  if (before === undefined || !leans(alone.text)) return alone
  if (before.text.length > LONGEST_ANTECEDENT || before.text.endsWith('?') || leans(before.text)) return alone
  const quote = source.text.text.slice(before.from, alone.to)
  return { ...alone, from: before.from, quote, text: claimText(quote, source.text.kind) }
}

/** Claims of a source of so many words, and how many more each time that it is twice as long. */
const CLAIMS_A_SOURCE = 8
const WORDS_A_SOURCE = 800
/** Of a source that is a few lines long. */
const FEWEST_CLAIMS = 5
/** Of a shorter source, a claim for so many words. */
const WORDS_A_CLAIM = 30
const CLAIMS_A_DOUBLING = 2

/** How many claims sources give, longest least for their length: at most `most` together. */
function shares(candidates: readonly Candidate[], most: number): ReadonlyMap<string, number> {
  const sources = new Set(candidates.map(({ source }) => source))
  const wanted = [...sources].map((source): [string, number] => {
    const words = source.text.text.split(/\s+/).length
    const longer = CLAIMS_A_SOURCE + CLAIMS_A_DOUBLING * Math.log2(words / WORDS_A_SOURCE)
    return [
      source.id,
      words > WORDS_A_SOURCE ? longer : Math.max(FEWEST_CLAIMS, Math.min(CLAIMS_A_SOURCE, words / WORDS_A_CLAIM)),
    ]
  })
  const total = wanted.reduce((sum, [, each]) => sum + each, 0)
  return new Map(wanted.map(([id, each]) => [id, each * Math.min(1, most / total)]))
}

/**
 * The extractive baseline: of each source the sentences that say most, as they are, sorted by their words alone. The five
 * best are takeaways too.
 */
export function extracted(candidates: readonly Candidate[], { claims = MOST_CLAIMS }: DraftSize): readonly DraftPart[] {
  const best = (place: Candidate['place'], most: number): readonly Candidate[] =>
    candidates.filter((each) => each.place === place).slice(0, most)
  const share = shares(candidates, claims)
  const taken = new Map<string, number>()
  const chosen = candidates
    .filter(({ place }) => place === 'claim')
    .filter(({ source: { id } }) => {
      const own = taken.get(id) ?? 0
      if (own + 0.5 >= (share.get(id) ?? 0)) return false
      taken.set(id, own + 1)
      return true
    })
    .slice(0, claims)
  const facts = chosen.filter(({ saying: { how } }) => !TOLD.has(how))
  const takeaways = new Set(facts.slice(0, TAKEAWAYS))
  return [
    ...chosen.map((each) => partOf(each, takeaways.has(each) ? 'takeaway' : 'section')),
    ...best('watchlist', MOST_LINES).map((each) => partOf(each, 'watchlist')),
    ...best('unknown', MOST_LINES).map((each) => partOf(each, 'unknown')),
  ]
}

function partOf({ source, sentence, saying, score }: Candidate, place: DraftPart['place']): DraftPart {
  const { text, quote, from, to, block } = sentence
  return {
    source,
    place,
    text,
    quote,
    at: [from, to],
    saying,
    score,
    ...(block.heading !== undefined && { heading: block.heading }),
  }
}
