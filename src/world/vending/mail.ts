/** One e-mail in the inbox. */
export interface Mail {
  readonly id: number
  readonly day: number
  readonly from: string
  readonly subject: string
  readonly body: string
  readonly read: boolean
}

/** Mails by age, oldest first, at most {@link INBOX_SIZE}, and those that arrive with a later morning. */
export interface Inbox {
  readonly mails: readonly Mail[]
  readonly later: readonly LaterMail[]
  readonly nextId: number
}

/** A mail on its way: it is in the inbox on the morning of `day`. */
export type LaterMail = Pick<Mail, 'day' | 'from' | 'subject' | 'body'>

/** Older mail is deleted, so that a long business costs no more to carry than a short one. */
const INBOX_SIZE = 200
/** Mails shown by one look at the inbox. */
export const MAILS_A_LOOK = 10
/** Characters of a mail that anybody reads; the rest is cut off, and the sender is told. */
export const MAIL_LENGTH = 20_000

export const EMPTY_INBOX: Inbox = { mails: [], later: [], nextId: 1 }

/** Puts a mail on its way. */
export function post(inbox: Inbox, mail: LaterMail): Inbox {
  return { ...inbox, later: [...inbox.later, mail] }
}

/** Moves what is due by this morning into the inbox, in the order in which it was posted. */
export function deliverMail(inbox: Inbox, day: number): Inbox {
  const due = inbox.later.filter((mail) => mail.day <= day)
  if (due.length === 0) return inbox
  const arrived = due.map((mail, index) => ({ ...mail, day, id: inbox.nextId + index, read: false }))
  return {
    mails: [...inbox.mails, ...arrived].slice(-INBOX_SIZE),
    later: inbox.later.filter((mail) => mail.day > day),
    nextId: inbox.nextId + due.length,
  }
}

export function unread(inbox: Inbox): readonly Mail[] {
  return inbox.mails.filter((mail) => !mail.read)
}

export function markRead(inbox: Inbox, ids: ReadonlySet<number>): Inbox {
  return { ...inbox, mails: inbox.mails.map((mail) => (ids.has(mail.id) ? { ...mail, read: true } : mail)) }
}

/**
 * A mail's text as others get it: at most {@link MAIL_LENGTH} characters, without control characters other than line
 * breaks, and well-formed, whatever the agent wrote.
 */
export function cleanText(text: string): string {
  return text
    .slice(0, MAIL_LENGTH)
    .toWellFormed()
    .replace(/(?!\n)\p{Cc}/gu, ' ')
}
