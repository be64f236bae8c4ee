import type { Draw } from './draw.ts'

/** Ways to say one thing. In each, `{a|b}` is one of its parts, drawn, nested ones too, and `<slot>` is filled in. */
export type Forms = readonly [string, ...string[]]

/**
 * One text of a grammar, drawn. A sentence begins with a capital; no text has a line break, so it can be a fact.
 *
 * @param slots what stands for `<slot>`; filled in last, so braces in it are left alone
 */
export function prose(draw: Draw, forms: Forms, slots: Readonly<Record<string, string>> = {}): string {
  const text = expanded(draw.pick(forms), draw).replaceAll(/<(\w+)>/g, (_, slot: string) => slots[slot] ?? '')
  return text
    .replaceAll(/ {2,}/g, ' ')
    .trim()
    .replaceAll(/(^|[.!?] )([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase())
}

function expanded(form: string, draw: Draw): string {
  let text = ''
  for (let at = 0; at < form.length;) {
    const open = form.indexOf('{', at)
    if (open < 0) return text + form.slice(at)
    text += form.slice(at, open)
    const { parts, end } = alternatives(form, open)
    text += expanded(parts[draw.whole(0, parts.length - 1)] ?? '', draw)
    at = end
  }
  return text
}

/** The parts between a brace and the one that closes it, and where the text goes on. */
function alternatives(form: string, open: number): { readonly parts: readonly string[]; readonly end: number } {
  const parts: string[] = []
  let depth = 0
  let from = open + 1
  for (let at = open; at < form.length; at++) {
    const letter = form[at]
    if (letter === '{') depth++
    if (letter === '|' && depth === 1) {
      parts.push(form.slice(from, at))
      from = at + 1
    }
    if (letter === '}' && --depth === 0) return { parts: [...parts, form.slice(from, at)], end: at + 1 }
  }
  throw new Error(`A brace is not closed in ${form}`)
}

const ONES = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve',
  'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
] // prettier-ignore
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** A whole number from 0 to 99 in words. */
export function inWords(number: number): string {
  const ones = ONES[number]
  if (ones !== undefined) return ones
  const [tens, rest] = [TENS[Math.floor(number / 10)] ?? '', number % 10]
  return rest === 0 ? tens : `${tens}-${ONES[rest] ?? ''}`
}
