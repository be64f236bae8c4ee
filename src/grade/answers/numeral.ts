import { SCALES } from './words.ts'

/** Digits with whatever separates them. */
export const DIGITS: string = String.raw`(?:\d{1,3}(?: \d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,'_]\d+)*|[.,]\d+)`

const SHORT: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6, mn: 1e6, mio: 1e6, bn: 1e9, B: 1e9, tn: 1e12 }

export const SCALE_BEHIND: string = `(?:\\s?(?:${Object.keys(SCALES).join('|')})s?\\b|(?:k|K|M|mn|bn|B|tn)\\b|\\s(?:mn|mio|bn|tn)\\b)`

export function scaleBehind(text: string): number {
  const word = text.trim()
  return SHORT[word] ?? SCALES[word.toLowerCase().replace(/s$/, '')] ?? 1
}

/** One way to read digits. */
export interface Numeral {
  readonly value: number
  /** Digits behind the point, as written. */
  readonly decimals: number
}

/**
 * The ways to read digits with separators, likeliest first: `1,234.5`, `1.234,5`, `1 234`, `2,50,00,000`. One dot or comma before three
 * digits may be either.
 */
export function numerals(digits: string): readonly Numeral[] {
  const text = digits.replaceAll(/[ '_]/g, '')
  const marks = text.match(/[.,]/g) ?? []
  const last = marks.at(-1)
  if (last === undefined) return [read(text, undefined)]
  const kinds = new Set(marks)
  if (kinds.size === 2) return [read(text, last)]
  if (marks.length > 1) return [read(text, undefined)]
  const [before = '', after = ''] = text.split(last)
  const mayGroup = after.length === 3 && /^[1-9]\d{0,2}$/.test(before)
  if (!mayGroup) return [read(text, last)]
  return last === ',' ? [read(text, undefined)] : [read(text, last), read(text, undefined)]
}

/** @param point the separator that is a decimal point; all others group */
function read(text: string, point: string | undefined): Numeral {
  const at = point === undefined ? -1 : text.lastIndexOf(point)
  const [whole, part] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
  return { value: Number(`${whole.replaceAll(/[.,]/g, '') || '0'}.${part || '0'}`), decimals: part.length }
}
