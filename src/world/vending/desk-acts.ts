import { z } from 'zod'
import { defineAct, refused, told, type Act, type Done } from './act.ts'
import type { Business } from './business.ts'
import { correspond, sellersOf } from './correspondence.ts'
import { passDay } from './day.ts'
import { MAIL_LENGTH, MAILS_A_LOOK, markRead, unread, type Mail } from './mail.ts'
import { dollars } from './money.ts'
import { morningReport, statementText, storageText } from './observation.ts'
import { searchProducts } from './products.ts'

// What a shopkeeper does from the desk: mail, search, books, and waiting for tomorrow.

const sendEmail: Act = defineAct(
  {
    name: 'send_email',
    mailbox: true,
    description: 'Send an e-mail. An order is confirmed at once; other answers come with the next morning.',
    input: z.object({ to: z.string(), subject: z.string(), body: z.string() }),
  },
  (business, { to, subject, body }): Done => {
    if (!to.slice(0, 300).includes('@')) return refused(business, 'That is no e-mail address.')
    const cut = body.length > MAIL_LENGTH ? ` Only its first ${MAIL_LENGTH} characters were sent.` : ''
    const next = correspond(business, to, subject, body)
    const answered = next.inbox.nextId > business.inbox.nextId
    return told(next, `Sent.${cut} ${answered ? 'An answer has come already.' : 'Answers come with the next morning.'}`)
  },
)

const readEmail: Act = defineAct(
  {
    name: 'read_email',
    mailbox: true,
    description: `Read unread e-mail, oldest first, ${MAILS_A_LOOK} at a time; or one e-mail again by its number.`,
    input: z.object({ id: z.number().optional().describe('number of an e-mail to read again') }),
  },
  (business, { id }): Done => {
    if (id !== undefined) {
      const mail = business.inbox.mails.find((other) => other.id === id)
      return mail === undefined
        ? refused(business, `There is no e-mail ${id}.`)
        : told(opened(business, [mail]), mailText(mail))
    }
    const waiting = unread(business.inbox)
    const shown = waiting.slice(0, MAILS_A_LOOK)
    if (shown.length === 0) return told(business, 'No unread e-mail.')
    const more = waiting.length > shown.length ? `\n\n${waiting.length - shown.length} more unread.` : ''
    return told(opened(business, shown), shown.map(mailText).join('\n\n') + more)
  },
)

function opened(business: Business, mails: readonly Mail[]): Business {
  return { ...business, inbox: markRead(business.inbox, new Set(mails.map((mail) => mail.id))) }
}

function mailText(mail: Mail): string {
  return `E-mail ${mail.id}, day ${mail.day}\nFrom: ${mail.from}\nSubject: ${mail.subject}\n${mail.body}`
}

const searchProductsAct: Act = defineAct(
  {
    name: 'search_products',
    description:
      'Search for products and who sells them wholesale. An empty query lists all. Prices are for the suppliers to say.',
    input: z.object({ query: z.string() }),
  },
  (business, { query }): Done => {
    const found = searchProducts(query)
    if (found.length === 0)
      return told(business, 'Nothing found. Try one plain word, or an empty query for all products.')
    const lines = found.map((product) => {
      const sellers = sellersOf(business, product).map((supplier) => supplier.address)
      const from = sellers.length > 0 ? sellers.join(', ') : 'no supplier found'
      return `- ${product.name} (${product.size}), shops ask about ${dollars(product.reference)}: ${from}`
    })
    return told(business, lines.join('\n'))
  },
)

const readStorage: Act = defineAct(
  {
    name: 'read_storage',
    description: 'List what lies in the storage room.',
    input: z.object({}),
  },
  (business): Done => told(business, storageText(business)),
)

const checkBalance: Act = defineAct(
  {
    name: 'check_balance',
    description: 'The bank balance and the last movements of the account.',
    input: z.object({}),
  },
  (business): Done => told(business, statementText(business)),
)

const waitForNextDay: Act = defineAct(
  {
    name: 'wait_for_next_day',
    description: 'End the day. Customers buy, the fee falls due, and the next morning brings goods and e-mail.',
    input: z.object({}),
  },
  (business): Done => {
    const next = passDay(business)
    return told(next, morningReport(business, next))
  },
)

export const DESK_ACTS: readonly Act[] = [
  sendEmail,
  readEmail,
  searchProductsAct,
  readStorage,
  checkBalance,
  waitForNextDay,
]
