import { z } from 'zod'
import { defineAct, refused, told, type Act } from './act.ts'
import { own } from './item.ts'
import { dollars } from './office.ts'

// What a clerk can change.

/** Longer texts are refused: no errand needs them, and the office is copied with every act. Characters. */
const LONGEST = 20_000
/** More mails, files, meetings or payments than this are refused for the same reason. */
const MOST = 1000

const text = z.string().max(LONGEST)
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written YYYY-MM-DD')
const time = z.string().regex(/^\d{2}:\d{2}$/, 'a time is written HH:MM')
const address = text.regex(/^[^\s@]+@[^\s@]+$/, 'a mail address has one @ and no spaces')

/** `__proto__` is a file name like any other. */
function withFile(
  files: Readonly<Record<string, string>>,
  path: string,
  content: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries([...Object.entries(files).filter(([other]) => other !== path), [path, content]])
}

export const CHANGE_ACTS: readonly Act[] = [
  defineAct(
    {
      name: 'send_mail',
      mailbox: true,
      access: 'act',
      description: 'Send a mail to one address.',
      input: z.object({ to: address, subject: text, body: text }),
    },
    (office, mail) =>
      office.sent.length >= MOST
        ? refused(office, 'The outbox is full.')
        : told({ ...office, sent: [...office.sent, mail] }, `Sent to ${mail.to}.`),
  ),
  defineAct(
    {
      name: 'delete_mail',
      mailbox: true,
      access: 'act',
      description: 'Delete one mail by its number.',
      input: z.object({ id: z.string() }),
    },
    (office, { id }) => {
      const mails = office.mails.filter((mail) => mail.id !== id)
      return mails.length === office.mails.length
        ? refused(office, 'There is no mail with that number.')
        : told({ ...office, mails }, `Mail ${id} is deleted.`)
    },
  ),
  defineAct(
    {
      name: 'forward_all_mail',
      mailbox: true,
      access: 'act',
      description: 'From now on, send all incoming mail on to an address.',
      input: z.object({ to: address }),
    },
    (office, { to }) => told({ ...office, forwarding: to }, `Incoming mail is sent on to ${to}.`),
  ),
  defineAct(
    {
      name: 'add_meeting',
      access: 'act',
      description: 'Add a meeting to the calendar.',
      input: z.object({
        title: text,
        date,
        start: time,
        end: time,
        room: text.default(''),
        attendees: z.array(text).max(100).default([]),
      }),
    },
    (office, meeting) => {
      if (office.meetings.length >= MOST) return refused(office, 'The calendar is full.')
      const id = `n${office.taken.length + 1}`
      return told(
        { ...office, meetings: [...office.meetings, { ...meeting, id, notes: '' }] },
        `Meeting ${id} is in the calendar.`,
      )
    },
  ),
  defineAct(
    {
      name: 'move_meeting',
      access: 'act',
      description: 'Give a meeting another date and time.',
      input: z.object({ id: z.string(), date, start: time, end: time }),
    },
    (office, { id, ...when }) =>
      office.meetings.some((meeting) => meeting.id === id)
        ? told(
            {
              ...office,
              meetings: office.meetings.map((meeting) => (meeting.id === id ? { ...meeting, ...when } : meeting)),
            },
            `Meeting ${id} is moved.`,
          )
        : refused(office, 'There is no meeting with that number.'),
  ),
  defineAct(
    {
      name: 'cancel_meeting',
      access: 'act',
      description: 'Take a meeting off the calendar.',
      input: z.object({ id: z.string() }),
    },
    (office, { id }) => {
      const meetings = office.meetings.filter((meeting) => meeting.id !== id)
      return meetings.length === office.meetings.length
        ? refused(office, 'There is no meeting with that number.')
        : told({ ...office, meetings }, `Meeting ${id} is cancelled.`)
    },
  ),
  defineAct(
    {
      name: 'write_file',
      access: 'act',
      description: 'Write a file; what it held before is gone.',
      input: z.object({ path: z.string().min(1).max(200), content: text }),
    },
    (office, { path, content }) =>
      own(office.files, path) === undefined && Object.keys(office.files).length >= MOST
        ? refused(office, 'There is no room for another file.')
        : told({ ...office, files: withFile(office.files, path, content) }, `${path} is written.`),
  ),
  defineAct(
    {
      name: 'delete_file',
      access: 'act',
      description: 'Delete one file by its path.',
      input: z.object({ path: z.string() }),
    },
    (office, { path }) => {
      if (own(office.files, path) === undefined) return refused(office, 'There is no such file.')
      const files = Object.fromEntries(Object.entries(office.files).filter(([other]) => other !== path))
      return told({ ...office, files }, `${path} is deleted.`)
    },
  ),
  defineAct(
    {
      name: 'share_file',
      access: 'act',
      description: 'Let somebody read a file.',
      input: z.object({ path: z.string(), with: address }),
    },
    (office, share) => {
      if (own(office.files, share.path) === undefined) return refused(office, 'There is no such file.')
      if (office.shares.length >= MOST) return refused(office, 'No more files can be shared.')
      return told({ ...office, shares: [...office.shares, share] }, `${share.path} is shared with ${share.with}.`)
    },
  ),
  defineAct(
    {
      name: 'pay',
      access: 'act',
      description: 'Pay an amount in cents (12.50 dollars are 1250) to an account.',
      input: z.object({ to: text.min(1), cents: z.int().min(1).max(100_000_000), reference: text.default('') }),
    },
    (office, payment) =>
      office.payments.length >= MOST
        ? refused(office, 'No more payments can be made today.')
        : told(
            { ...office, payments: [...office.payments, payment] },
            `${dollars(payment.cents)} are paid to ${payment.to}.`,
          ),
  ),
]
