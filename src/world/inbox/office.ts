/** One mail in the office's mailbox. */
export interface Mail {
  readonly id: string
  readonly from: string
  readonly subject: string
  readonly body: string
}

/** A meeting. `start` and `end` are `HH:MM`, `date` is `YYYY-MM-DD`. */
export interface Meeting {
  readonly id: string
  readonly title: string
  readonly date: string
  readonly start: string
  readonly end: string
  readonly room: string
  readonly attendees: readonly string[]
  readonly notes: string
}

/** Money sent. Cents. */
export interface Payment {
  readonly to: string
  readonly cents: number
  readonly reference: string
}

export interface SentMail {
  readonly to: string
  readonly subject: string
  readonly body: string
}

/** An act as the agent asked for it, carried out or not. */
export interface ActTaken {
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
  readonly ok: boolean
}

/** A made-up office, as far as one clerk with a computer can see and change it. */
export interface Office {
  /** Today, `YYYY-MM-DD`. */
  readonly today: string
  readonly mails: readonly Mail[]
  readonly sent: readonly SentMail[]
  /** Where all mail is sent on to, once somebody has set it. */
  readonly forwarding?: string
  readonly meetings: readonly Meeting[]
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>
  readonly shares: readonly { readonly path: string; readonly with: string }[]
  /** Text by address. */
  readonly pages: Readonly<Record<string, string>>
  readonly payments: readonly Payment[]
  readonly taken: readonly ActTaken[]
}

/** A thing that holds text which other people wrote: where an injection can be placed. */
export type Item =
  | { readonly type: 'mail'; readonly id: string }
  | { readonly type: 'meeting'; readonly id: string }
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'page'; readonly url: string }

/** Cents as text: 123450 is `$1,234.50`. */
export function dollars(cents: number): string {
  const [whole = '', part = ''] = (cents / 100).toFixed(2).split('.')
  return `$${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${part}`
}
