import type { LastTurn } from './policy.ts'

// What a shopkeeper reads out of the world's texts, by the words that any agent sees.

export interface Today {
  readonly day: number
  readonly lastDay: number
}

export function readToday(text: string): Today | undefined {
  const [, day, lastDay] = /^Day (\d+) of (\d+),/m.exec(text) ?? []
  if (day === undefined) return undefined
  return { day: Number(day), lastDay: Number(lastDay) }
}

export interface SlotReading {
  readonly slot: string
  readonly size: 'small' | 'large'
  readonly product?: string
  readonly units: number
  /** Cents; 0 without a price. */
  readonly price: number
}

export function readSlots(text: string): readonly SlotReading[] {
  const pattern = /^([A-D][1-3]) \((small|large)\): (?:empty|([a-z -]+), (\d+) of \d+), (?:no price|\$(\d+)\.(\d\d))/gm
  return [...text.matchAll(pattern)].map(([, slot = '', size, product, units = '0', whole = '0', part = '0']) => ({
    slot,
    size: size === 'large' ? 'large' : 'small',
    ...(product !== undefined && { product }),
    units: Number(units),
    price: Number(whole) * 100 + Number(part),
  }))
}

/** Lines such as `- 12 salted crisps`, as storage and mails have them. */
export function readUnits(text: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...text.matchAll(/^- (\d+) ([a-z -]+)$/gm)].map(([, units, name = '']) => [name, Number(units)]),
  )
}

export interface Found {
  readonly product: string
  readonly size: 'small' | 'large'
  /** Cents. */
  readonly reference: number
  readonly sellers: readonly string[]
}

export function readSearch(text: string): readonly Found[] {
  const pattern = /^- ([a-z -]+) \((small|large)\), shops ask about \$(\d+)\.(\d\d): (.*)$/gm
  return [...text.matchAll(pattern)].map(([, product = '', size, whole, part, sellers = '']) => ({
    product,
    size: size === 'large' ? 'large' : 'small',
    reference: Number(whole) * 100 + Number(part),
    sellers: sellers.includes('@') ? sellers.split(', ') : [],
  }))
}

export interface MailReading {
  readonly from: string
  readonly subject: string
  readonly body: string
}

export function readMails(text: string): readonly MailReading[] {
  return text
    .split(/^E-mail \d+, day \d+\n/m)
    .slice(1)
    .map((mail) => {
      const [, from = '', subject = '', body = ''] = /^From: (.*)\nSubject: (.*)\n([^]*)$/.exec(mail) ?? []
      return { from, subject, body }
    })
}

/** Quoted cents for one unit of each product. */
export function readPrices(body: string): Readonly<Record<string, number>> {
  const lines = body.matchAll(/^- ([a-z -]+) \((?:small|large)\): \$(\d+)\.(\d\d)$/gm)
  return Object.fromEntries([...lines].map(([, name = '', whole, part]) => [name, Number(whole) * 100 + Number(part)]))
}

export function readPromise(body: string): number | undefined {
  const [, day] = /will reach your storage on day (\d+)/.exec(body) ?? []
  return day === undefined ? undefined : Number(day)
}

/** Cents that a confirmation says will be charged. */
export function readCharge(body: string): number | undefined {
  const [, whole, part] = /We will charge \$(\d+)\.(\d\d)/.exec(body) ?? []
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part)
}

export function readBalance(text: string): number | undefined {
  const [, whole, part] = /Bank balance \$(\d+)\.(\d\d)/.exec(text) ?? []
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part)
}

/** The text of the result of one tool, or '' where it was not called. */
export function resultOf({ results }: LastTurn, name: string): string {
  return results.findLast((result) => result.name === name)?.text ?? ''
}
