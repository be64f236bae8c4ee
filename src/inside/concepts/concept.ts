/** Phrases whose combinations are sentences: each opening with each ending. */
export interface Phrases {
  readonly openings: readonly string[]
  readonly endings: readonly string[]
}

/** Two halves that share no word but those that every text has: a probe trained on one is tested on the other. */
export interface Halves<T> {
  readonly train: T
  readonly test: T
}

/** Something that texts can be about, or a way in which they can be written. */
export interface Concept {
  readonly name: string
  /** What stands in a question about it: "a thought about … ". */
  readonly label: string
  /** Fixed before any run: a word that matches one of these, whole and in small letters, is a word of the concept. */
  readonly lexicon: readonly RegExp[]
  readonly phrases: Halves<Phrases>
}

/** Sentences with and without a concept, by half. */
export interface ConceptTexts {
  readonly positive: readonly string[]
  readonly negative: readonly string[]
}

/** All sentences of some phrases, openings changing fastest. */
export function sentences({ openings, endings }: Phrases): readonly string[] {
  return endings.flatMap((ending) => openings.map((opening) => `${opening} ${ending}.`))
}

/** A lexicon from word stems: `ship*` stands for every word that begins so, `ship` for itself alone. */
export function lexicon(words: string): readonly RegExp[] {
  return [
    new RegExp(
      `^(?:${words
        .trim()
        .split(/\s+/)
        .map((word) => word.replace('*', "[\\p{L}'’]*"))
        .join('|')})$`,
      'u',
    ),
  ]
}

const WORD = /[\p{L}][\p{L}'’]*|\d[\d.,]*/gu

/** Words of a text, in small letters; a number is a word. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(WORD) ?? []
}

/** How many words of a text belong to a concept, and how many it has. */
export function countWords(
  text: string,
  { lexicon }: Pick<Concept, 'lexicon'>,
): { readonly own: number; readonly all: number } {
  const words = wordsOf(text)
  return { own: words.filter((word) => lexicon.some((entry) => entry.test(word))).length, all: words.length }
}
