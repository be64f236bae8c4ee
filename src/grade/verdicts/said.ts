import { plainText } from '../answers/plain.ts'
import { withoutThought } from '../answers/thought.ts'
import type { Said } from './verdict.ts'

/** What a judge says without its thought and without lines that it quotes; passages in quotes stay, for JSON needs its own. */
export function saidWithQuotes(output: string): string {
  return plainText(withoutThought(output).answer.replaceAll('`', ' ')).replaceAll(/^\s*>(?!>).*$/gm, ' ')
}

/** What a judge itself says: passages of several words in quotes are another's. */
export function ownWords(output: string): string {
  return saidWithQuotes(output)
    .replaceAll(/"[^"\n]*\s[^"\n]*"/g, (quoted) =>
      quoted.length > 14 || quoted.includes(':') ? blank(quoted) : quoted,
    )
    .replaceAll(/(?<![\p{L}\p{N}])'[^'\n]*\s[^'\n]*\s[^'\n]*'(?![\p{L}\p{N}])/gu, blank)
    .replaceAll(/[*_#]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)/g, '')
}

/** Keeps places: what is blanked is as long as it was. */
function blank(quoted: string): string {
  return ' '.repeat(quoted.length)
}

/** Signs that what follows takes the place of what went before. */
const CHANGE =
  /\b(?:wait|actually|correction|corrected|on (?:reflection|second thoughts?|re-?reading|closer (?:look|inspection))|scratch that|i (?:change|changed|take (?:it|that) back|misread|was wrong|stand corrected|revise|withdraw|missed|overlooked)|change(?:d)? my (?:mind|verdict)|chang(?:e|ing) (?:it|this|that|my)|revis(?:e|ed|ing|ion)|updat(?:e|ed|ing)|edit(?:ed)?:|re-?consider(?:ed|ing)?|re-?check(?:ed|ing)?|sorry|apologies|oops|hmm|instead|rather|second look|looking again|having looked|but then|on balance|make (?:it|that))\b|\bno,/i

export function isChanged(between: string): boolean {
  return CHANGE.test(between)
}

/** Signs that what went before was not meant to last. */
const TENTATIVE =
  /\b(?:first (?:instinct|impression|thought|glance|sight|read(?:ing)?)|at first|initial(?:ly)?|at the outset|preliminar\w+|provisional\w*|tempted|draft|i began|started out|my gut|would have)\b[^\n]{0,60}$/i

const FINAL =
  /\b(?:final(?:ly)?|overall|so|thus|therefore|hence|in (?:sum|conclusion|the end|total)|all in all|conclusion|mine is|put me down)\b/i

/**
 * The one verdict that several places leave: they agree, or the last takes back the others or is called final.
 *
 * @returns undefined where there is none, or two are left
 */
export function settled<Value>(text: string, places: readonly Said<Value>[]): Value | undefined {
  const all = places.toSorted((a, b) => a.start - b.start)
  const last = all.at(-1)
  if (last === undefined) return undefined
  const other = all.findLast(({ value }) => value !== last.value)
  if (other === undefined) return last.value
  const first = all.find(({ value, start }) => value === last.value && start > other.start) ?? last
  const between = text.slice(other.end, Math.max(other.end, first.start))
  const lead = text.slice(Math.max(other.end, first.start - 60), first.end)
  const gone = TENTATIVE.test(text.slice(Math.max(0, other.start - 80), other.start))
  return gone || CHANGE.test(between) || CHANGE.test(lead) || FINAL.test(lead) ? last.value : undefined
}
