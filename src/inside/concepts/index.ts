import { AssayError, nearest } from '../../assay-error.ts'
import { anger } from './anger.ts'
import { sentences, type Concept, type ConceptTexts, type Halves } from './concept.ts'
import { food } from './food.ts'
import { formal } from './formal.ts'
import { french } from './french.ts'
import { music } from './music.ts'
import { NEUTRAL } from './neutral.ts'
import { numbers } from './numbers.ts'
import { sea } from './sea.ts'
import { space } from './space.ts'

export { countWords, wordsOf } from './concept.ts'
export type { Concept, ConceptTexts, Halves } from './concept.ts'

/** The concepts that ship with Assay: 64 sentences each to learn from, 64 of other words to be tested on. */
export const concepts: readonly Concept[] = [sea, music, anger, french, numbers, formal, food, space]

/** @throws AssayError `probe/unknown-concept` */
export function conceptNamed(name: string): Concept {
  const found = concepts.find((each) => each.name === name)
  if (found !== undefined) return found
  const names = concepts.map((each) => each.name)
  const close = nearest(name, names)
  throw new AssayError(
    'probe/unknown-concept',
    `There is no concept "${name}".${close === undefined ? '' : ` Did you mean ${close}?`} Concepts: ${names.join(', ')}; or bring two files of texts.`,
  )
}

/** A concept's sentences with everyday ones, in two halves without a common word. */
export function textsOf({ phrases }: Concept): Halves<ConceptTexts> {
  const half = (name: 'train' | 'test'): ConceptTexts => ({
    positive: sentences(phrases[name]),
    negative: sentences(NEUTRAL[name]),
  })
  return { train: half('train'), test: half('test') }
}

/** Eight held-out sentences of each other concept, each opening and each ending once: texts without this one that are not everyday either. */
export function textsBeside({ name }: Concept): readonly string[] {
  const others = concepts.filter((concept) => concept.name !== name)
  return others.flatMap((concept) => sentences(concept.phrases.test).filter((_, i) => i % 9 === 0))
}
