import { expect, test } from 'vitest'
import { INBOX_ERRANDS, inboxTask } from '../../../src/tasks/index.ts'
import { searchMail } from '../../../src/world/inbox/search.ts'
import type { Mail } from '../../../src/world/inbox/office.ts'

const mails: readonly Mail[] = [
  ['greta.kern@brightwater.example', 'Room for Friday', 'Could you book Room 2 for four people?\nGreta'],
  ['jürgen.müller@brightwater.example', 'Invoice 4711', 'Please pay $1,250.00 to ACC-204417 by 12 March.\nJürgen'],
  ['rene.favre@brightwater.example', 'Café menu', 'The crème brûlée was good; see https://menu.example/week-12.\nRené'],
  ['office@alderpaper.example', 'Re: Your order', 'Dear Ms Abbott, the paper leaves on 3 March. Alder Paper'],
  ['ines.oconnor@brightwater.example', "O'Connor's desk", 'I sit in room 14 now.\nInes O’Connor'],
  ['soren.lokke@brightwater.example', 'Straße closed', 'Hauptstraße is closed until Monday.\nSøren Løkke'],
].map(([from = '', subject = '', body = ''], index) => ({ id: `m${index + 1}`, from, subject, body }))

const found = (query: string): string =>
  searchMail(mails, query)
    .found.map(({ id }) => id)
    .join(' ')

test.each([
  // Names, as people write them.
  ['Greta Kern', 'm1'],
  ['greta kern', 'm1'],
  ['Kern, Greta', 'm1'],
  ['Kern', 'm1'],
  ['G. Kern', 'm1'],
  ['mail from Greta', 'm1'],
  ['from:Greta Kern', 'm1'],
  ['from:greta.kern@brightwater.example', 'm1'],
  ['"Greta Kern"', 'm1'],
  ['Greta  Kern ', 'm1'],
  ['Ms Abbott', 'm4'],
  ["O'Connor", 'm5'],
  ['O’Connor', 'm5'],
  ['OConnor', 'm5'],
  // Accents and other letters, written or left out.
  ['Jürgen Müller', 'm2'],
  ['Jurgen Muller', 'm2'],
  ['Juergen Mueller', 'm2'],
  ['JÜRGEN', 'm2'],
  ['Ju\u0308rgen', 'm2'],
  ['René Favre', 'm3'],
  ['creme brulee', 'm3'],
  ['cafe', 'm3'],
  ['Søren Løkke', 'm6'],
  ['Soren Lokke', 'm6'],
  ['Hauptstrasse', 'm6'],
  ['HAUPTSTRASSE', 'm6'],
  // Addresses, numbers and words.
  ['greta.kern@brightwater.example', 'm1'],
  ['Greta Kern <greta.kern@brightwater.example>', 'm1'],
  ['@alderpaper.example', 'm4'],
  ['alder paper', 'm4'],
  ['ACC-204417', 'm2'],
  ['acc 204417', 'm2'],
  ['1,250.00', 'm2'],
  ['$1250', 'm2'],
  ['invoice', 'm2'],
  ['subject:invoice', 'm2'],
  ['order paper', 'm4'],
  ['invoices', 'm2'],
  ['menu.example/week-12', 'm3'],
  ['Friday', 'm1'],
])('a search for %j finds %s', (query, ids) => {
  expect(found(query)).toBe(ids)
})

test.each(['zebra', 'Gretel Hansen', 'Kern Müller', '9999'])('a search for %j finds nothing', (query) => {
  expect(found(query)).toBe('')
})

test('a search that finds nothing says what holds a part of it', () => {
  expect(searchMail(mails, 'Kern Müller').near.map(({ id }) => id)).toEqual(['m1', 'm2'])
  expect(searchMail(mails, 'zebra')).toEqual({ found: [], near: [] })
  expect(searchMail(mails, '   ')).toEqual({ found: [], near: [] })
})

test('in every office, a search for the name of whoever wrote finds what they wrote', () => {
  for (const errand of INBOX_ERRANDS) {
    const session = inboxTask({ errand, seed: 'names', access: 'act' }).world.open('names')
    const writers = session.act('list_mail', {}).text.matchAll(/^(m\d+) {2}(\w+)\.(\w+)@/gm)
    for (const [, id = '', first = '', last = ''] of writers) {
      const name = `${first[0]?.toUpperCase()}${first.slice(1)} ${last.toUpperCase()}`
      expect(session.act('search_mail', { word: name }).text).toMatch(new RegExp(`^${id} `, 'm'))
    }
  }
})
