import { expect, test } from 'vitest'
import { pages, textOf } from '../docs/pages.ts'
import { EXCEPTIONS, FORBIDDEN, forbiddenIn } from './forbidden-words.ts'
import { shownTexts } from './shown-texts.ts'

// What commands print, their help, errors, hints, tables, and the viewer: all come from texts of the source.
// What is written above exported things is on the generated pages of the reference.

const word = new RegExp(FORBIDDEN.source, 'i')
const shown = [...shownTexts('tsconfig.json', 'src', word), ...shownTexts('web/tsconfig.json', 'web/src', word)]

test('no text that a program prints or shows has a word of our own idiom', () => {
  expect(shown.flatMap(({ at, text }) => forbiddenIn(at, text).map((found) => `${at} ${found}: ${text}`))).toEqual([])
})

test.each(pages)('%s has no word of our own idiom', (page) => {
  const lines = wordsOf(page).split('\n')
  expect(lines.flatMap((line, at) => forbiddenIn(page, line).map((found) => `${at + 1} ${found}: ${line}`))).toEqual([])
})

test('every exception is needed', () => {
  const texts = [...shown, ...pages.map((page) => ({ at: page, text: wordsOf(page) }))]
  const idle = EXCEPTIONS.filter(
    ({ where, words }) =>
      !texts.some(({ at, text }) => where.test(at) && (text.match(FORBIDDEN) ?? []).some((each) => words.test(each))),
  )
  expect(idle.map(({ where }) => where.source)).toEqual([])
})

/** A page's words; of the generated reference of functions without names and signatures, which are code. */
function wordsOf(page: string): string {
  const text = textOf(page)
  return page.startsWith('docs/reference/') ? text.replaceAll(/^```ts\n[\s\S]*?^```$|^### .*$/gm, '') : text
}
