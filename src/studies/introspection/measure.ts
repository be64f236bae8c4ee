import { concepts, countWords, type Concept } from '../../inside/index.ts'
import { saysYes } from './ask.ts'
import type { Noticed } from './look.ts'

/** What an introspection trial reads as; what is known only of one kind of trial is absent in the other. */
export interface Introspected {
  readonly injected: number
  readonly saidYes: number
  readonly unclear: number
  readonly chanceYes: number
  readonly brier: number
  readonly answered: number
  readonly named?: number
  readonly favoured?: number
}

/** Grades the answer by exact words, without a look at whether anything was put in; only then are the two compared. */
export function introspected({ answer, yes, no, injected, names }: Noticed, concept: Concept): Introspected {
  const says = saysYes(answer)
  const mentioned = loudest(answer)
  const chanceYes = 1 / (1 + Math.exp(no - yes))
  const best = highest(concepts.map(({ name }, i) => [name, names[i] ?? 0]))
  const named = says === true && mentioned === concept.name
  return {
    injected: injected ? 1 : 0,
    saidYes: says === true ? 1 : 0,
    unclear: says === undefined ? 1 : 0,
    chanceYes,
    brier: (chanceYes - (injected ? 1 : 0)) ** 2,
    answered: (injected ? named : says === false) ? 1 : 0,
    ...(injected && { named: named ? 1 : 0, favoured: best === concept.name ? 1 : 0 }),
  }
}

/** The concept whose words, or whose name, an answer holds most of; undefined where it holds none, or two alike. */
function loudest(answer: string): string | undefined {
  const text = answer.toLowerCase()
  const counts = concepts.map((concept) => ({
    name: concept.name,
    own: countWords(text, concept).own + (text.includes(concept.label.toLowerCase()) ? 1 : 0),
  }))
  const found = highest(counts.map(({ name, own }) => [name, own]))
  return counts.some(({ own }) => own > 0) ? found : undefined
}

/** The name with the highest number, whatever its sign, where nobody shares it: by chance alone each is it once in eight. */
function highest(entries: readonly (readonly [name: string, value: number])[]): string | undefined {
  const [first, second] = entries.toSorted(([, a], [, b]) => b - a)
  return first === undefined || first[1] === second?.[1] ? undefined : first[0]
}
