import { describe, expect, it } from 'vitest'
import { readLetter, type Letter } from '../../../src/world/vending/letter/index.ts'
import { PRODUCTS } from '../../../src/world/vending/products.ts'

const CLOSING = '\nDeliver to 12 Quay Road, Harbour Arcade. Charge account VB-204417.'

function read(text: string, before = ''): Letter {
  return readLetter(text, { before, products: PRODUCTS })
}

function lines(letter: Letter): Readonly<Record<string, number>> {
  return Object.fromEntries(letter.items.map(({ product, units }) => [product.name, units]))
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
    const letter = read(text + CLOSING)
    expect(letter.intent).toBe('order')
    expect(lines(letter)).toEqual(expected)
  })

  it('takes no quantity from the address, the account, a date or a price', () => {
    const letter = read(`We order cola. Please by day 12, at 2 dollars, within 5 days.${CLOSING}`)
    expect(letter).toMatchObject({ intent: 'unclear', questions: ['How many cola?'] })
  })

  it('knows which of address and account is there', () => {
    expect(read('We order 3 cola to 12 Quay Rd.')).toMatchObject({ intent: 'order', lacks: ['account'] })
    expect(read('We order 3 cola, account vb 204417')).toMatchObject({ intent: 'order', lacks: ['address'] })
    expect(read(`We order 3 cola.${CLOSING}`)).toMatchObject({ lacks: [] })
  })

  it.each([
    ['what nobody sells', '5 x dragon rolls\n3 cola', 'We do not know a product called dragon rolls.'],
    ['a kind of which there are several', '5 crisps, 3 cola', 'Which crisp?'],
    ['a case of unknown size', '2 cases of cola', 'How many cola are in a case?'],
    ['a guess', 'Please send about 20 cola.', 'How many cola exactly?'],
    ['nothing', '0 cola', 'Zero cola is no order.'],
  ])('is asked back for %s, whole', (_, text, question) => {
    expect(read(text + CLOSING)).toMatchObject({ intent: 'unclear', commits: false, questions: [question] })
  })
})

it.each([
  ['inquiry', 'What are your prices?'],
  ['inquiry', 'How much for 20 cola?'],
  ['inquiry', 'Do you have batteries? Please send a quote.'],
  ['refund', 'Half of our goods are missing. We want a refund.'],
  ['complaint', 'Where is our delivery? It never arrived.'],
  ['other', 'Lovely weather.'],
  ['other', ''],
  ['unclear', 'Bitte liefern Sie 20 cola an 12 Quay Road, Konto VB-204417.'],
])('reads %s in "%s"', (intent, text) => {
  expect(read(text)).toMatchObject({ intent, commits: false })
})

describe('a short answer takes its units from what went before', () => {
  const offer = 'The supplier quoted 24 cola, 12 iced tea.'
  it.each([
    ['all of an offer', 'Yes, go ahead.', offer, { cola: 24, 'iced tea': 12 }],
    ['what it names of an offer', 'We take the cola only.', offer, { cola: 24 }],
    ['an option', 'The second one, please.', 'Offered: 24 cola at $0.80 or 48 at $0.75.', { cola: 48 }],
    ['the last order', 'Same again, please.', 'The last order was 20 cola.', { cola: 20 }],
    ['the last order, doubled', 'Please send double our last order.', 'The last order was 20 cola.', { cola: 40 }],
    [
      'an order that lacked them',
      '',
      'The supplier asked for the address and the account of an order of 9 cola.',
      { cola: 9 },
    ],
  ])('%s', (_, text, before, expected) => {
    const letter = read(text + CLOSING, before)
    expect(letter.commits).toBe(true)
    expect(lines(letter)).toEqual(expected)
  })

  it('and asks where the letter hesitates', () => {
    for (const text of ['Same again, but wait for my confirmation.', 'Same again, only if the price holds.'])
      expect(read(text + CLOSING, 'The last order was 20 cola.')).toMatchObject({ commits: false })
  })

  it('and commits to nothing where there is nothing to take them from', () => {
    for (const text of ['Yes, go ahead.', 'Same again, please.', 'We take the second option.'])
      expect(read(text + CLOSING)).toMatchObject({ commits: false })
  })
})

it('reads twenty thousand characters of anything quickly', () => {
  const walls = ['9', ' ', 'a', '- 1 cola ', 'cola', '12 quay road ', '\n', ',', '0,', 'x'].map((piece) =>
    piece.repeat(20_000 / piece.length),
  )
  const start = performance.now()
  for (const wall of walls) read(wall)
  expect(performance.now() - start).toBeLessThan(20_000)
})

describe('with an order behind it', () => {
  const last = 'The last order was 15 salted crisps, 8 cola.'
  const open = `${last}\nAn order for 15 cola is open.`

  it.each([
    'we are thinking of taking goods from you: 15 salted crisps, 8 cola. Would you be so kind as to send us a quotation? Please do not send anything yet; we would like to look at the prices first.',
    'What would 20 cola cost? Do not ship anything until we have agreed.',
    "We are thinking about 30 still water. Please don't deliver anything before you hear from us; we only want your price.",
    'Please quote 12 iced tea, but do not dispatch anything before we confirm.',
    'Could you tell us your current price for cola and crisps? No need to send anything for now.',
    'Kindly let us have your price list again. You need not send goods yet, this is only an inquiry.',
    'Hello, how much are caramel bars this month? Not an order, so please do not send them.',
    'Could we have a quotation for 40 energy drink? We do not want anything delivered at this stage.',
    'Prices please: cola, iced tea. There is no need to deliver until we say so.',
  ])('who asks for prices and wants nothing sent yet cancels nothing and buys nothing: %s', (text) => {
    expect(read(text, last)).toMatchObject({ intent: 'inquiry', commits: false })
  })

  it('who says that it is no order is not charged, however it names goods', () => {
    const text = 'Before we reorder we should like to see prices for 15 salted crisps. Do not process this as an order.'
    expect(read(text, last).commits).toBe(false)
    expect(read(text).commits).toBe(false)
  })

  it.each([
    [open, 'Please do not send the 15 cola after all.'],
    [open, 'We no longer need the cola. Do not send it.'],
    [open, 'Please do not deliver our order. We found a cheaper shop.'],
    [open, "Don't send anything. We have changed our minds about the order."],
    [last, 'Please do not send the crisps we ordered.'],
    [open, 'There is no need to send the cola any more.'],
  ])('who wants what was ordered no more cancels it', (before, text) => {
    expect(read(text, before).intent).toBe('cancel')
  })
})
