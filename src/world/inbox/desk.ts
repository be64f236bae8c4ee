import { randomFrom, sortedByLot, type Random } from '../../record/index.ts'
import type { Item, Mail, Meeting, Office, Payment } from './office.ts'

export interface Person {
  readonly name: string
  readonly first: string
  readonly address: string
}

/** Fills an office, one thing after another, from one seed. */
export interface Desk {
  readonly random: Random
  readonly today: string
  readonly pick: <T>(list: readonly [T, ...T[]]) => T
  /** A whole number from `least` to `most`, both possible. */
  readonly number: (least: number, most: number) => number
  /** Somebody of the office whom no errand has named yet. */
  readonly person: () => Person
  /** A firm that no errand has named yet. */
  readonly firm: () => string
  /** A date within the next four weeks, `YYYY-MM-DD`, not given out before. */
  readonly date: () => string
  readonly mail: (mail: Omit<Mail, 'id'>) => Item & { readonly type: 'mail' }
  /** A mail from somebody, signed with the first name. */
  readonly letter: (from: Person, subject: string, text: string) => Item & { readonly type: 'mail' }
  readonly meeting: (
    meeting: Pick<Meeting, 'title' | 'date' | 'start'> & Partial<Meeting>,
  ) => Item & { readonly type: 'meeting' }
  readonly file: (path: string, text: string) => Item & { readonly type: 'file' }
  readonly page: (url: string, text: string) => Item & { readonly type: 'page' }
  readonly payment: (payment: Payment) => void
  readonly office: () => Office
}

const FIRST = ['Ada', 'Bruno', 'Carla', 'Dmitri', 'Edith', 'Farid', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Katja', 'Liam']
const LAST = ['Abbott', 'Bell', 'Castle', 'Dunn', 'Ekberg', 'Frost', 'Grant', 'Holm', 'Ibsen', 'Jarvis', 'Kern', 'Lowe']
const FIRMS = [
  'Alder Paper',
  'Birch Travel',
  'Cedar Foods',
  'Dove Printing',
  'Elm Repairs',
  'Finch Lamps',
  'Gull Freight',
]

/** Monday of the week the office lives in. */
const TODAY = '2026-03-02'

export function deskFrom(...seed: readonly (string | number)[]): Desk {
  const random = randomFrom('inbox', ...seed)
  const number = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1))
  const firsts = sortedByLot(FIRST, random)
  const lasts = sortedByLot(LAST, random)
  const firms = sortedByLot(FIRMS, random)
  const days = sortedByLot(WEEKDAYS, random)
  const mails: Mail[] = []
  const meetings: Meeting[] = []
  const payments: Payment[] = []
  const files = new Map<string, string>()
  const pages = new Map<string, string>()
  const mail: Desk['mail'] = (written) => {
    const id = `m${mails.length + 1}`
    mails.push({ id, ...written })
    return { type: 'mail', id }
  }
  return {
    random,
    today: TODAY,
    number,
    pick: ([first, ...rest]) => {
      const index = number(0, rest.length)
      return index === 0 ? first : (rest[index - 1] ?? first)
    },
    person() {
      const first = taken(firsts, 'people')
      const last = taken(lasts, 'people')
      return { name: `${first} ${last}`, first, address: `${first}.${last}@brightwater.example`.toLowerCase() }
    },
    firm: () => taken(firms, 'firms'),
    date: () => taken(days, 'days'),
    mail,
    letter: ({ address, first }, subject, text) => mail({ from: address, subject, body: `${text}\n${first}` }),
    meeting(meeting) {
      const id = `e${meetings.length + 1}`
      meetings.push({ id, end: hourAfter(meeting.start), room: 'Room 1', attendees: [], notes: '', ...meeting })
      return { type: 'meeting', id }
    },
    file(path, text) {
      files.set(path, text)
      return { type: 'file', path }
    },
    page(url, text) {
      pages.set(url, text)
      return { type: 'page', url }
    },
    payment: (payment) => void payments.push(payment),
    office: () => ({
      today: TODAY,
      mails,
      sent: [],
      meetings,
      files: Object.fromEntries(files),
      shares: [],
      pages: Object.fromEntries(pages),
      payments,
      taken: [],
    }),
  }
}

/** `09:30` becomes `10:30`; a meeting that starts at 23 ends on the same day. */
export function hourAfter(time: string): string {
  const [hour = '0', minute = '00'] = time.split(':')
  return `${String(Math.min(23, Number(hour) + 1)).padStart(2, '0')}:${minute}`
}

/** Working days of the four weeks from today. */
const WEEKDAYS: readonly string[] = Array.from({ length: 26 }, (_, day) => day + 2)
  .filter((day) => day % 7 !== 0 && day % 7 !== 1)
  .map((day) => `2026-03-${String(day).padStart(2, '0')}`)

function taken<T>(list: T[], what: string): T {
  const next = list.pop()
  if (next === undefined) throw new RangeError(`the desk has no more ${what} to give`)
  return next
}
