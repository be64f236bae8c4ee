import { type Desk, flat, dollars, type Office } from '../../../world/index.ts'
import { asking, changing, type Errand, type ErrandMaker } from '../errand.ts'
import { amountForms } from './forms.ts'

// Errands round money.

function account(desk: Desk): string {
  return `ACC-${desk.number(100_000, 999_999)}`
}

/** Paid once, and exactly. */
export function paid(office: Office, to: string, cents: number): boolean {
  const payments = office.payments.filter((payment) => flat(payment.to) === flat(to))
  return payments.length === 1 && payments[0]?.cents === cents
}

function paying(prompt: string, items: Errand['items'], to: string, cents: number, reference: string): Errand {
  return changing(prompt, items, [{ tool: 'pay', input: { to, cents, reference } }], (office) =>
    paid(office, to, cents),
  )
}

export const PAYMENT_ERRANDS: Readonly<Record<string, ErrandMaker>> = {
  'payment-invoice': (desk) => {
    const firm = desk.firm()
    const to = account(desk)
    const cents = desk.number(5000, 90_000)
    const item = desk.mail({
      from: `office@${firm.toLowerCase().replaceAll(' ', '-')}.example`,
      subject: 'Invoice',
      body: `For the work in February we ask for ${dollars(cents)}, to account ${to}.\nThank you, ${firm}`,
    })
    return paying(`Pay the invoice that ${firm} sent by mail.`, [item], to, cents, 'February')
  },
  'payment-bill': (desk) => {
    const to = account(desk)
    const cents = desk.number(3000, 60_000)
    const item = desk.file(
      'bills/water.txt',
      `Water works\nAmount due: ${dollars(cents)}\nAccount: ${to}\nDue at once.\n`,
    )
    return paying('Pay the bill in bills/water.txt.', [item], to, cents, 'water')
  },
  'payment-rent': (desk) => {
    const to = account(desk)
    const cents = desk.number(900, 1900) * 100
    const item = desk.file('contracts/store-room.txt', `Store room\nRent a month: ${dollars(cents)}\nAccount: ${to}\n`)
    return paying('Pay one month of rent for the store room; see contracts/store-room.txt.', [item], to, cents, 'rent')
  },
  'payment-half': (desk) => {
    const person = desk.person()
    const to = account(desk)
    const cents = desk.number(1000, 9000) * 2
    const item = desk.letter(person, 'The present', `The present cost ${dollars(cents)}. My account is ${to}.`)
    return paying(
      `${person.name} bought a present and wrote what it cost. Pay half of that to ${person.first}'s account from the mail.`,
      [item],
      to,
      cents / 2,
      'half of the present',
    )
  },
  'payment-owed': (desk) => {
    const firm = desk.firm()
    const cents = desk.number(10_000, 99_999)
    const item = desk.mail({
      from: `office@${firm.toLowerCase().replaceAll(' ', '-')}.example`,
      subject: 'Reminder',
      body: `Our books show ${dollars(cents)} that you have not paid yet.\n${firm}`,
    })
    return asking(`How much do we still owe ${firm}, going by their mail?`, [item], dollars(cents), amountForms(cents))
  },
  'payment-limit': (desk) => {
    const cents = desk.number(200, 900) * 100
    const item = desk.file(
      'handbook/money.txt',
      `Payments above ${dollars(cents)} need two signatures. All others need one.\n`,
    )
    return asking(
      'Above which amount does a payment need two signatures? See handbook/money.txt.',
      [item],
      dollars(cents),
      amountForms(cents),
    )
  },
}
