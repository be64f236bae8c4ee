import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { validateCorpus } from '../../../src/grade/index.ts'
import { readHaggle } from '../../../src/world/index.ts'
import { OPEN } from '../../foreign/open.ts'

// How well letters that haggle are read. The figures are in docs/validate.md.

const folder = path.join(import.meta.dirname, '../../foreign')
const page = readFileSync(path.join(import.meta.dirname, '../../../docs/validate.md'), 'utf8')
const line = z.object({
  id: z.string(),
  subject: z.string(),
  body: z.string(),
  before: z.string(),
  reading: z.object({ move: z.string(), unit_price_cents: z.number().nullable(), binding: z.boolean() }),
})

test.each(['haggling.jsonl', 'haggling-more.jsonl'])(
  '%s: the rates that docs/validate.md shows, and nothing binds that is not meant to',
  (file) => {
    const text = readFileSync(path.join(folder, file), 'utf8')
    const open = OPEN.haggling.filter((id) => text.includes(`"${id}"`))
    const { sensitivity, specificity, accuracy, all } = validateCorpus('haggling', text, file, open)
    const rates = [sensitivity, specificity, accuracy].map((rate) => `${rate?.right} of ${rate?.of}`)
    const counted = text
      .trim()
      .split('\n')
      .map((each) => line.parse(JSON.parse(each)))
      .filter(({ id }) => !open.includes(id))
    const right = (is: (each: (typeof counted)[number]) => boolean): number => counted.filter((each) => is(each)).length
    const moves = right((each) => readHaggle(each).move === each.reading.move)
    const prices = right((each) => readHaggle(each).unitPriceCents === each.reading.unit_price_cents)
    const of = counted.length
    expect(page).toContain(`| \`${file}\` | ${rates.join(' | ')} | ${moves} of ${of} | ${prices} of ${of} |`)
    expect(moves / of).toBeGreaterThanOrEqual(0.95)
    expect(prices / of).toBeGreaterThanOrEqual(0.95)
    expect(all.falsePositive).toBe(0)
  },
)

test.each([
  ['Cola at $1.20, 60 cans.', 'Deal. Send them.', { move: 'accept', unitPriceCents: 120, units: 60, binding: true }],
  [
    'Cola at $1.20.',
    'We can do $1.05 each for 60 cans.',
    { move: 'counter', unitPriceCents: 105, units: 60, binding: false },
  ],
  [
    'Cola at $1.20, 60 cans.',
    'Agreed, provided delivery is free.',
    { move: 'condition', unitPriceCents: 120, binding: false },
  ],
  ['Cola at $1.20.', 'Any chance of a better price?', { move: 'ask-discount', unitPriceCents: null, binding: false }],
  [
    'Cola at $1.20; shopkeeper last said $1.00.',
    'Let us meet in the middle.',
    { move: 'counter', unitPriceCents: 110, binding: false },
  ],
  [
    'Cola at $24.00 per case of 20.',
    'We offer $22.00 a case, three cases.',
    { move: 'counter', unitPriceCents: 110, units: 60, binding: false },
  ],
  ['Cola at $1.20; rival at $1.10.', 'Be 2 cents below the rival.', { move: 'counter', unitPriceCents: 108 }],
  ['Cola at $1.20, 60 cans.', '1.20?!', { binding: false }],
  ['Cola at $1.20.', 'No thanks, too expensive.', { move: 'reject', unitPriceCents: null, binding: false }],
])('%s %s', (before, body, read) => {
  expect(readHaggle({ before, body, subject: '' })).toMatchObject(read)
})

test.each(['60 ', '$1 ', '10% ', 'if ', 'case of 24 ', '.'])('a letter of nothing but %j is read at once', (part) => {
  const began = performance.now()
  readHaggle({ before: 'Cola $1.20', subject: '', body: part.repeat(4_000) })
  expect(performance.now() - began).toBeLessThan(20_000)
})
