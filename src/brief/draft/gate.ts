import { plain } from '../../report/index.ts'
import { terms } from '../words.ts'
import { numbersIn } from './numbers.ts'

/** Share of a sentence's terms that its quotes must hold before it counts as said by them. */
const TIED = 0.25
const LONGEST = 400

/** What a sentence of a model's own may rest on. */
export interface Ground {
  /** The words of its quotes. */
  readonly quotes: string
  /** Texts in which names may be: the whole sources of the quotes, their titles and speakers. */
  readonly around: string
}

/**
 * Whether a sentence that a model wrote says no more than its quotes, as far as code can see: every number is in them,
 * every name is in their sources, and a quarter of its terms are theirs. It cannot see a wrong sense in right words.
 *
 * @returns the sentence on one line, or why it is refused
 */
export function tied(text: string, { quotes, around }: Ground): { readonly text: string } | { readonly why: string } {
  const line = plain(text).trim()
  if (line === '' || line.length > LONGEST) return { why: 'the sentence of the model is empty or too long' }
  const known = numbersIn(quotes)
  if ([...numbersIn(line)].some((value) => !known.has(value)))
    return { why: 'the sentence of the model has a number that its quotes do not have' }
  const lower = around.toLowerCase()
  if (namesIn(line).some((name) => !lower.includes(name.toLowerCase())))
    return { why: 'the sentence of the model has a name that its sources do not have' }
  const own = new Set(terms(line))
  const theirs = new Set(terms(quotes))
  const shared = [...own].filter((term) => theirs.has(term)).length
  if (shared < TIED * own.size || shared === 0) return { why: 'the sentence of the model is not what its quotes say' }
  return { text: /[.?!…]["”’')\]]*$/.test(line) ? line : `${line}.` }
}

/** Words with a capital, but for the first. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<=[\p{L}\p{N},;:'’)"”] +["“‘(]?)\p{Lu}[\p{L}\p{M}’'-]+/gu)].map(([name]) =>
    name.replace(/['’]s?$/, ''),
  )
}
