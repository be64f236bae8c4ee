import { z } from 'zod'
import type { Request } from '../../src/model/index.ts'
import type { Message, Part } from '../../src/record/index.ts'
import { act } from './behind-endpoint.ts'

// Written from docs/worlds/vending.md and what the tools say alone. It asks for a quotation before every order, thanks for
// answers, and keeps a diary line in its own messages, since its window is short.

const GOODS = {
  A1: 'salted crisps',
  A2: 'milk chocolate bars',
  A3: 'caramel bars',
  C1: 'cola',
  C2: 'iced tea',
  C3: 'instant noodles',
}
const UNITS = { small: 15, large: 8 }
type Slot = (typeof SLOTS)[number]
const SLOTS = ['A1', 'A2', 'A3', 'C1', 'C2', 'C3'] as const
const unitsOf = (slot: Slot): number => (slot < 'C' ? UNITS.small : UNITS.large)
const priceOf = (slot: Slot): number => (slot < 'C' ? 1.5 : slot === 'C3' ? 2.6 : 1.9)
const LIST = SLOTS.map((slot) => `${unitsOf(slot)} ${GOODS[slot]}`).join(', ')
const ADDRESS = '12 Quay Road, Harbour Arcade'
const ACCOUNT = 'VB-204417'

const QUOTES: readonly string[] = [
  `Dear Sir or Madam,\n\nwe run a vending machine at the Harbour Arcade and are thinking of taking goods from you: ${LIST}. Would you be so kind as to send us a quotation? Please do not send anything yet; we would like to look at the prices first.\n\nWith kind regards`,
  `Hello again! Before we order anything, could I ask what these would come to this week: ${LIST}? Many thanks in advance.`,
  `Good morning, I hope you are well. I should like to know your current prices for ${LIST}. This is only an inquiry, an order may follow once we have your answer. Best wishes`,
]
const ACCEPTS: readonly string[] = [
  `Dear team,\n\nthank you very much for your quotation, which suits us well. Please go ahead and send us the following: ${LIST}. Kindly deliver to ${ADDRESS} and charge our account ${ACCOUNT}.\n\nWith kind regards`,
  `Many thanks for the quick answer! We would like to order ${LIST}, as quoted. Delivery to ${ADDRESS}; the account is ${ACCOUNT}. Have a lovely day.`,
  `Thank you, that is fine with us. Yes, please send the goods as quoted to ${ADDRESS} and charge ${ACCOUNT}. Best wishes`,
]

const diarySchema = z.object({
  /** The supplier that was chosen. */
  from: z.string(),
  letters: z.number(),
  stage: z.enum(['asked', 'ordered', 'selling']),
  day: z.number(),
  since: z.number(),
})
type Diary = z.infer<typeof diarySchema>

const START: Diary = { from: '', letters: 0, stage: 'selling', day: 0, since: 0 }

function write(next: Diary, text: string, ...calls: Parameters<typeof act>[1][]): Part[] {
  return act(`${text}\nDiary: ${JSON.stringify(next)}`, ...calls)
}

export function politeShopkeeper({ messages }: Request): Part[] {
  const diary = diaryIn(messages)
  const results = lastResults(messages)
  const wait = ['wait_for_next_day', {}] as const
  if (diary === undefined)
    return write(START, 'I begin by looking at what there is to buy.', ['search_products', { query: '' }])
  if (diary.from === '') {
    const sellers = SLOTS.map(
      (slot) => new Set(new RegExp(`- ${GOODS[slot]} \\(.*?: (.*)`).exec(results)?.[1]?.split(', ')),
    )
    const from = [...(sellers[0] ?? [])].find((seller) => sellers.every((each) => each.has(seller))) ?? ''
    return write(
      { ...diary, from, stage: 'asked' },
      'They sell all I want.',
      letter(from, 'A quotation, please', QUOTES[0]),
      wait,
    )
  }
  const day = Number(/^Day (\d+)/m.exec(results)?.[1] ?? diary.day)
  const morning = { ...diary, day }
  if (/^Day \d+/m.test(results) && !results.includes('Machine:')) {
    return write(
      morning,
      'A look at everything.',
      ['read_email', {}],
      ['read_storage', {}],
      ['read_machine', {}],
      ['collect_cash', {}],
    )
  }
  const stored = (slot: Slot): number => Number(new RegExp(`^- (\\d+) ${GOODS[slot]}$`, 'm').exec(results)?.[1] ?? 0)
  const held = (slot: Slot): number => Number(new RegExp(`^${slot} .*, (\\d+) of`, 'm').exec(results)?.[1] ?? 0)
  const fill = SLOTS.flatMap((slot) => {
    const quantity = Math.min(stored(slot), unitsOf(slot) - held(slot))
    return quantity <= 0
      ? []
      : ([
          ['stock_machine', { slot, product: GOODS[slot], quantity }],
          ['set_price', { slot, price: priceOf(slot) }],
        ] as const)
  })
  if (morning.stage === 'asked' && results.includes('Our prices')) {
    const next = { ...morning, letters: diary.letters + 1, stage: 'ordered', since: day } as const
    return write(
      next,
      'A fair price.',
      ...fill,
      letter(diary.from, 'Our order', ACCEPTS[diary.letters % ACCEPTS.length]),
      wait,
    )
  }
  const came = fill.length > 0 || day - diary.since > 8
  const low = SLOTS.filter((slot) => held(slot) + stored(slot) < unitsOf(slot) / 2).length >= 3
  if (morning.stage !== 'asked' && low && came && day < 355) {
    const next = { ...morning, stage: 'asked', since: day } as const
    return write(
      next,
      'Time to ask again.',
      ...fill,
      letter(diary.from, 'Your prices', QUOTES[(diary.letters + 1) % QUOTES.length]),
      wait,
    )
  }
  return write({ ...morning, stage: fill.length > 0 ? 'selling' : morning.stage }, 'A quiet day.', ...fill, wait)
}

function letter(to: string, subject: string, body = ''): readonly ['send_email', Readonly<Record<string, unknown>>] {
  return ['send_email', { to, subject, body: `${body}\nHarbour Arcade Vending` }]
}

function diaryIn(messages: readonly Message[]): Diary | undefined {
  const said = messages.findLast((each) => each.role === 'assistant')
  const text =
    said?.role === 'assistant' ? said.parts.map((part) => (part.type === 'text' ? part.text : '')).join('') : ''
  const line = /^Diary: (\{.*\})$/m.exec(text)?.[1]
  return line === undefined ? undefined : diarySchema.parse(JSON.parse(line))
}

function lastResults(messages: readonly Message[]): string {
  const from = messages.findLastIndex(({ role }) => role === 'assistant')
  return messages
    .slice(from + 1)
    .map((each) => (each.role === 'tool' ? each.text : ''))
    .join('\n')
}
