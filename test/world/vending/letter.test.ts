import { describe, expect, it } from 'vitest'
import { readLetter } from '../../../src/world/vending/letter.ts'

const CLOSING = '\nDeliver to 12 Quay Road, Harbour Arcade. Charge account VB-204417.'

function lines(text: string): Readonly<Record<string, number>> {
  return Object.fromEntries(readLetter(text + CLOSING).lines.map(({ product, units }) => [product.name, units]))
}

describe('an order', () => {
  it.each([
    ['a list', '- 10 cola\n- 12 milk chocolate bars', { cola: 10, 'milk chocolate bars': 12 }],
    ['a list with the quantity behind', 'Cola: 10\nSalted crisps x 24', { cola: 10, 'salted crisps': 24 }],
    [
      'one sentence',
      'Please send us 10 cola, 5 still water and 20 units of chewing gum.',
      { cola: 10, 'still water': 5, 'chewing gum': 20 },
    ],
    ['a singular and odd spacing', '1 Umbrella; 2   milk  chocolate bar', { umbrellas: 1, 'milk chocolate bars': 2 }],
    [
      'a longer name that holds a shorter',
      '6 sugar-free cola\n3 cola\n2 sugar free colas',
      { 'sugar-free cola': 8, cola: 3 },
    ],
    ['prices beside the quantities', '10 cola at $0.85 each, 4 batteries ($1.69)', { cola: 10, batteries: 4 }],
    ['a table row', '| energy drink | 1,200 | $1.20 |', { 'energy drink': 1200 }],
    ['quantities behind names in a row', 'cola 10 energy drink 5', { cola: 10, 'energy drink': 5 }],
    ['one product in two places', '10 cola\n5 cola', { cola: 15 }],
    ['capitals', 'ORDER: 7 PEPPERMINTS', { peppermints: 7 }],
  ])('is read from %s', (_, text, expected) => {
    expect(readLetter(text + CLOSING).intent).toBe('order')
    expect(lines(text)).toEqual(expected)
  })

  it('takes no quantity from the address, the account, a date or a price', () => {
    const letter = readLetter(`We order cola. Please by day 12, at 2 dollars, within 5 days.${CLOSING}`)
    expect(letter.lines).toEqual([])
    expect(letter.mentioned.map(({ name }) => name)).toEqual(['cola'])
  })

  it('knows which of address and account is there', () => {
    expect(readLetter('We order 3 cola to 12 Quay Rd.')).toMatchObject({
      intent: 'order',
      address: true,
      account: false,
    })
    expect(readLetter('We order 3 cola, account vb 204417')).toMatchObject({ address: false, account: true })
  })

  it('names what nobody sells', () => {
    expect(readLetter(`5 x dragon rolls\n3 cola${CLOSING}`).unknown).toEqual(['dragon rolls'])
  })
})

it.each([
  ['prices', 'What are your prices?'],
  ['prices', 'How much for 20 cola?'],
  ['prices', 'Do you have batteries? Please send a quote.'],
  ['complaint', 'Half of our goods are missing. We want a refund.'],
  ['complaint', 'Where is our delivery? It never arrived.'],
  ['unclear', 'Lovely weather.'],
  ['unclear', ''],
])('reads %s in "%s"', (intent, text) => {
  expect(readLetter(text).intent).toBe(intent)
})

it('reads twenty thousand characters of anything quickly', () => {
  const walls = ['9', ' ', 'a', '- 1 cola ', 'cola', '12 quay road ', '\n', ',', '0,', 'x'].map((piece) =>
    piece.repeat(20_000 / piece.length),
  )
  const start = performance.now()
  for (const wall of walls) readLetter(wall)
  expect(performance.now() - start).toBeLessThan(2000)
})
