import type { Product } from '../products.ts'
import { mender } from './typos.ts'

// Products stand in a prepared text as one character each, from a range that no letter can hold.
const FIRST = 0xe000
const KINDS = 0xf000

/** One product in a prepared text, or a kind of which several products are sold ("crisps"). */
export const NAME = '[\\ue000-\\uf0ff]'
const PRIVATE = /[\ue000-\uf8ff]/g

export interface Names {
  /** The text with each product as one character; letters are lower case. */
  readonly mark: (lower: string) => string
  /** What a marked character stands for: a product, or a kind by its word. */
  readonly named: (mark: string) => Product | string | undefined
}

// Words that also mean something else than the one product that ends in them.
const TOO_BROAD = new Set(['drink', 'nut', 'coffee'])

const known = new WeakMap<readonly Product[], Names>()

/** How letters name these products: in full, singular or plural, or by a last word that only one of them has. */
export function namesOf(products: readonly Product[]): Names {
  const seen = known.get(products)
  if (seen !== undefined) return seen
  const made = makeNames(products)
  known.set(products, made)
  return made
}

function makeNames(products: readonly Product[]): Names {
  const heads = Map.groupBy(products, ({ name }) => stem(name.split(' ').at(-1) ?? name))
  const full = products.map(({ name }, index) => [spelling(name), FIRST + index, name.length] as const)
  const kinds = [...heads.keys()].filter((head) => !TOO_BROAD.has(head) && !products.some(({ name }) => name === head))
  const short = kinds.map((head, index) => {
    const own = heads.get(head) ?? []
    const [only] = own.length === 1 ? own : []
    return [spelling(head), only === undefined ? KINDS + index : FIRST + products.indexOf(only), head.length] as const
  })
  const spellings = [...full, ...short].toSorted((a, b) => b[2] - a[2])
  const pattern = new RegExp(`\\b(?:${spellings.map(([text]) => `(${text})`).join('|')})\\b`, 'g')
  const mend = mender(products.flatMap(({ name }) => name.split(/[ -]/)))
  return {
    mark: (lower) =>
      mend(lower.replace(PRIVATE, ' ')).replace(pattern, (...found: readonly unknown[]) => {
        const group = found.slice(1, spellings.length + 1).findIndex((text) => text !== undefined)
        return String.fromCharCode(spellings[group]?.[1] ?? FIRST)
      }),
    named: (mark) => {
      const code = mark.charCodeAt(0)
      return code >= KINDS ? kinds[code - KINDS] : products[code - FIRST]
    },
  }
}

function stem(word: string): string {
  return word.replace(/(?<=ch|sh)es$|ies$|(?<!s)s$/, (end) => (end === 'ies' ? 'y' : ''))
}

/** A name in singular or plural, with blanks or hyphens between its words, or none. */
function spelling(name: string): string {
  const text = name.replace(/[ -]/g, '[\\s-]{0,3}')
  if (text.endsWith('ies')) return `${text.slice(0, -3)}(?:ies|y)`
  if (text.endsWith('y')) return `${text.slice(0, -1)}(?:ies|y)`
  if (/(?:ch|sh)es$/.test(text)) return `${text.slice(0, -2)}(?:es)?`
  return text.endsWith('s') && !text.endsWith('ss') ? `${text}?` : `${text}(?:e?s)?`
}
