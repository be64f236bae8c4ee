import { expect, test } from 'vitest'
import { pages, textOf } from './pages.ts'

/** Private words where the field has a common one (docs/concepts.md). */
const PRIVATE =
  /\b(?:planted|control readings?|reads? true|known to read|whoever|purse|amiss|sings|told apart|unless told|mind that|rows of others|hasty|for want of|into (?:its|the \w+'s) mouth)\b/gi

/** Pages for readers; those for contributors speak of the code as it is named. */
const forReaders = pages.filter((page) => !/architecture|decisions\/|CONTRIBUTING|workspace-tasks/.test(page))

test.each(forReaders)("%s is in the field's words", (page) => {
  expect(textOf(page).match(PRIVATE) ?? []).toEqual([])
})
