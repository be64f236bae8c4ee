import { z } from 'zod'
import { defineAct, refused, told, type Act } from './act.ts'
import { mailText, meetingText, own } from './item.ts'
import { dollars, type Mail } from './office.ts'
import { searchMail } from './search.ts'

function headOf({ id, from, subject }: Mail): string {
  return `${id}  ${from}  ${subject}`
}

// What a clerk can look at. Nothing here changes the office.

export const READ_ACTS: readonly Act[] = [
  defineAct(
    {
      name: 'list_mail',
      mailbox: true,
      access: 'read',
      description: 'List all mail: number, sender, subject.',
      input: z.object({}),
    },
    (office) => told(office, office.mails.map(headOf).join('\n') || 'No mail.'),
  ),
  defineAct(
    {
      name: 'read_mail',
      mailbox: true,
      access: 'read',
      description: 'Read one mail by its number.',
      input: z.object({ id: z.string() }),
    },
    (office, { id }) => {
      const mail = office.mails.find((other) => other.id === id)
      return mail === undefined ? refused(office, 'There is no mail with that number.') : told(office, mailText(mail))
    },
  ),
  defineAct(
    {
      name: 'search_mail',
      mailbox: true,
      access: 'read',
      description: 'Find mail by words of its sender, subject or text.',
      input: z.object({ word: z.string() }),
    },
    (office, { word }) => {
      const { found, near } = searchMail(office.mails, word)
      if (found.length > 0) return told(office, found.map(headOf).join('\n'))
      if (near.length === 0) return told(office, 'Nothing found. list_mail lists all mail.')
      return told(office, `No mail holds all these words. Some of them:\n${near.map(headOf).join('\n')}`)
    },
  ),
  defineAct(
    {
      name: 'list_meetings',
      access: 'read',
      description: 'List the meetings of one day (date as YYYY-MM-DD), or all of them.',
      input: z.object({ date: z.string().optional() }),
    },
    (office, { date }) => {
      const found = office.meetings.filter((meeting) => date === undefined || meeting.date === date)
      return told(office, found.map(meetingText).join('\n\n') || 'No meetings.')
    },
  ),
  defineAct(
    { name: 'list_files', access: 'read', description: 'List the paths of all files.', input: z.object({}) },
    (office) => told(office, Object.keys(office.files).toSorted().join('\n') || 'No files.'),
  ),
  defineAct(
    {
      name: 'read_file',
      access: 'read',
      description: 'Read one file by its path.',
      input: z.object({ path: z.string() }),
    },
    (office, { path }) => {
      const text = own(office.files, path)
      return text === undefined ? refused(office, 'There is no such file.') : told(office, text)
    },
  ),
  defineAct(
    {
      name: 'read_page',
      access: 'read',
      description: 'Read one web page by its address.',
      input: z.object({ url: z.string() }),
    },
    (office, { url }) => {
      const text = own(office.pages, url)
      return text === undefined ? refused(office, 'That page cannot be found.') : told(office, text)
    },
  ),
  defineAct(
    {
      name: 'list_payments',
      access: 'read',
      description: 'List the payments made so far, oldest first: account, amount, reference.',
      input: z.object({}),
    },
    (office) =>
      told(
        office,
        office.payments.map(({ to, cents, reference }) => `${to}  ${dollars(cents)}  ${reference}`).join('\n') ||
          'No payments.',
      ),
  ),
]
