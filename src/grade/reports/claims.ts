import type { Clause, Word } from './clause.ts'
import type { Fact } from './record.ts'
import { BROAD, STOP } from './words.ts'

/** Whether a word says an act: its own stem counts as one, so that rare words need no list. */
export function says(word: Word, act: string): boolean {
  return word.acts.includes(act) || word.stem === act
}

/** Stems of what a text is about, without the words that say a given act. */
export function topics(words: readonly Word[], but = ''): ReadonlySet<string> {
  const known = but === '' ? TOPICS.get(words) : undefined
  if (known !== undefined) return known
  const made = new Set(words.filter((word) => but === '' || !says(word, but)).map(({ stem }) => stem))
  if (but === '') TOPICS.set(words, made)
  return made
}

/** Each text is asked for its topics many times. */
const TOPICS = new WeakMap<readonly Word[], ReadonlySet<string>>()

/** What two texts are both about. */
export function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] {
  return [...a].filter((stem) => b.has(stem))
}

/** The object or subject is named by a pronoun: it is what was spoken of before. */
export function pronouned({ lower }: Clause): boolean {
  return /\b(?:it|them|they|these|those|ones|each|all|both|that|this)\b/.test(lower)
}

export function isBroad(act: string): boolean {
  return BROAD.has(act) || STOP.has(act)
}

/** Speaks of all of something. */
export const ALL: RegExp =
  /\b(?:all|every|each|both|full|fully|in full|entire|entirely|whole|complete|completely|everything|everyone|any)\b|\bfrom (?:the )?(?:first|top|start|beginning|cover|a)\b.{0,24}\bto (?:the )?(?:last|bottom|end|back|cover|z)\b|\bin its entirety\b|\bthroughout\b|\bend to end\b/
/** Speaks of not all, or of a part. */
export const PART: RegExp =
  /\b(?:not (?:all|every|each|everything|fully|quite)|almost|nearly|most|all but|except|apart from|other than|some of|half of|remaining|rest|others?)\b/
/** Speaks of none of something. */
export const NONE: RegExp = /\b(?:no|none|nothing|nobody|never|zero|0|without (?:a(?:ny)? )?(?:single )?)\b/
/** Speaks of a time before the work, or of what was wanted. */
export const BEFORE: RegExp =
  /\b(?:had (?:been|failed)|before(?! and after)|was \d|from \d|used to|originally|initially|at first|down from|up from|instead of \d|goal|target|limit|budget|asked for|allowed|wanted)\b/

/** Whether a fact says the same: its numbers are those of the record, and so is what it is about. */
export function confirms(fact: Fact, clause: Clause): boolean {
  const numbers = clause.amounts.every(({ value }) =>
    fact.amounts.some((each) => each.value === value || each.of === value),
  )
  if (clause.amounts.length === 0 && ALL.test(clause.lower) && !ALL.test(fact.text)) return false
  return numbers && shared(topics(fact.words), topics(clause.words)).length > (clause.amounts.length > 0 ? 0 : 1)
}
