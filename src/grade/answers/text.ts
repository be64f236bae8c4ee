import { isDenied } from './negation.ts'
import { plainText, unmarked } from './plain.ts'

/** Text as `exact` and `contains` compare it: case, quotes, emphasis, runs of blanks and final punctuation do not count. */
export function loose(text: string): string {
  return unmarked(plainText(text))
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/"/g, '')
    .replaceAll(/(?<![\p{L}\p{N}])'|'(?![\p{L}\p{N}])/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[\s.,;:!?\u2026\u3002]+$/u, '')
}

/**
 * Whether an answer is the expected text; a leading article, and a label that the question names ("Status: pending"), do not count.
 */
export function isExactly(answer: string, expected: string, question = ''): boolean {
  const wanted = withoutArticle(loose(expected))
  const said = withoutArticle(loose(answer))
  return said === wanted || withoutArticle(withoutLabel(said, loose(question))) === wanted
}

function withoutArticle(text: string): string {
  return text.replace(/^(?:the|an?)\s+(?=\S)/, '')
}

function withoutLabel(text: string, question: string): string {
  const [, label = '', rest] = /^([\p{L} ]{1,40}):\s*(.+)$/u.exec(text) ?? []
  const known = label
    .split(' ')
    .every((word) => /^(?:the|final|answer|result|my)$/.test(word) || question.split(/[^\p{L}]+/u).includes(word))
  return rest !== undefined && known ? rest : text
}

/**
 * Whether an answer holds the expected text as words of its own, somewhere where it is not denied ("not Paris").
 *
 * Texts of scripts without blanks need no edges of words.
 */
export function holds(answer: string, expected: string): boolean {
  const [text, wanted] = [loose(answer), loose(expected)]
  if (wanted === '') return false
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length
    if (hasEdges(text, at, end) && !isOtherWord(answer, expected, text, at, end) && !isDenied(text, at, end))
      return true
  }
  return false
}

/** "post-processing" is not POST: what is written in capitals is a name, and a compound in small letters another word. */
function isOtherWord(answer: string, expected: string, text: string, at: number, end: number): boolean {
  const name = expected.trim()
  if (!/^[\p{Lu}\p{N}]{2,}$/u.test(name) || answer.includes(name)) return false
  return /^-\p{L}/u.test(text.slice(end)) || /\p{L}-$/u.test(text.slice(0, at))
}

const WORD = /[\p{L}\p{N}]/u
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Hangul}]/u

function hasEdges(text: string, start: number, end: number): boolean {
  const plural = /^(?:s|es)(?![\p{L}\p{N}])/u.test(text.slice(end)) ? false : joined(text[end], text[end - 1])
  return !joined(text[start - 1], text[start]) && !plural
}

/** Whether a character and its neighbour outside belong to one word. */
function joined(outer: string | undefined, inner: string | undefined): boolean {
  return outer !== undefined && inner !== undefined && WORD.test(outer) && WORD.test(inner) && !UNSPACED.test(inner)
}
