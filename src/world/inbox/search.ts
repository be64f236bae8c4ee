import { mailText } from './item.ts'
import type { Mail } from './office.ts'

/** What a search of the mailbox gives. */
export interface SearchedMail {
  /** Mails that hold every word, oldest first. */
  readonly found: readonly Mail[]
  /** Where none does: mails that hold some of them. */
  readonly near: readonly Mail[]
}

/** What people write beside the words that they look for. */
const ASIDE: ReadonlySet<string> = new Set('from to subject mail mails email emails by about mr mrs ms dr'.split(' '))

/**
 * Finds mail as a mail program does: by words of sender, subject and text in any order, a name being a part of its owner's
 * address. Case, accents, punctuation and the letters that stand for accents (`ue` for `ü`) count for nothing.
 */
export function searchMail(mails: readonly Mail[], query: string): SearchedMail {
  const asked = formsOf(query.slice(0, 500))
  const wanted = asked.filter(([word]) => !ASIDE.has(word))
  const words = wanted.length > 0 ? wanted : asked
  if (words.length === 0) return { found: [], near: [] }
  const held = mails.map((mail) => {
    const text = mailText(mail)
    const all = [...new Set([...wordsOf(text, plain), ...wordsOf(text, expanded)])]
    return { mail, count: words.filter((forms) => forms.some((form) => isHeld(form, all))).length }
  })
  const found = held.filter(({ count }) => count === words.length).map(({ mail }) => mail)
  return { found, near: found.length > 0 ? [] : held.filter(({ count }) => count > 0).map(({ mail }) => mail) }
}

/** Each word with the other way to spell it. */
function formsOf(query: string): readonly (readonly [plain: string, expanded: string])[] {
  const others = wordsOf(query, expanded)
  return wordsOf(query, plain).map((word, index) => [word, others[index] ?? word])
}

/** A word of three letters or more may stand inside another one; a shorter one, such as an initial, begins it. */
function isHeld(word: string, all: readonly string[]): boolean {
  const stem = word.length > 4 ? word.replace(/s$/, '') : word
  return all.some((each) => (stem.length < 3 ? each.startsWith(stem) : each.includes(stem)))
}

function wordsOf(text: string, fold: (text: string) => string): readonly string[] {
  return fold(text.normalize('NFC').toLowerCase())
    .replaceAll(/['’`]/g, '')
    .replaceAll(/(?<=\p{N})[,.](?=\p{N}{3}(?!\p{N}))/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe' }

/** `müller` is `muller`. */
function plain(text: string): string {
  return text
    .replaceAll(/[ßøłđæœ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
}

const TWO_LETTERS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' }

/** `müller` is `mueller`. */
function expanded(text: string): string {
  return plain(text.replaceAll(/[äöüøå]/g, (letter) => TWO_LETTERS[letter] ?? letter))
}
