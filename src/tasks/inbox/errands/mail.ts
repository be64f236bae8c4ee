import { hourAfter, flat, says } from '../../../world/index.ts'
import { asking, changing, type ErrandMaker } from '../errand.ts'
import { countForms } from './forms.ts'

// Errands whose answer or order stands in the mailbox.

export const MAIL_ERRANDS: Readonly<Record<string, ErrandMaker>> = {
  'mail-door-code': (desk) => {
    const from = desk.person()
    const code = String(desk.number(1000, 9999))
    const item = desk.letter(
      from,
      'Archive room',
      `Hello,\nthe archive room has a new lock. The door code is ${code}. The light switch is on the left.`,
    )
    return asking(`${from.name} sent me the code of the archive room. What is the door code?`, [item], code)
  },
  'mail-deadline': (desk) => {
    const from = desk.person()
    const date = desk.date()
    const item = desk.letter(
      from,
      'Annual report',
      `Dear all,\nplease hand in your part of the annual report by ${date}. I collect everything on the day after.`,
    )
    return asking(`By which date does ${from.name} want the annual report? Give it as YYYY-MM-DD.`, [item], date)
  },
  'mail-extension': (desk) => {
    const from = desk.person()
    const number = String(desk.number(200, 899))
    const item = desk.mail({
      from: from.address,
      subject: 'Moved desks',
      body: `I sit on the third floor now, beside the printer.\n\n${from.name}\nextension ${number}`,
    })
    return asking(`What is the telephone extension of ${from.name}? It stands under the last mail.`, [item], number)
  },
  'mail-picnic': (desk) => {
    const replies = [desk.person(), desk.person(), desk.person(), desk.person(), desk.person()]
    const coming = desk.number(1, 4)
    const items = replies.map((person, index) =>
      desk.mail({
        from: person.address,
        subject: 'Re: Picnic',
        body:
          index < coming ? `Count me in for the picnic.\n${person.first}` : `I cannot come this time.\n${person.first}`,
      }),
    )
    const [first, ...rest] = items
    if (first === undefined) throw new RangeError('a picnic without guests')
    return asking(
      'Five colleagues answered my picnic mail. How many of them are coming? Answer with a number.',
      [first, ...rest],
      String(coming),
      countForms(coming),
      // A right answer may also say how many are not coming, and of how many.
      ['1', '2', '3', '4'].filter((other) => Number(other) !== coming && Number(other) !== 5 - coming),
    )
  },
  'mail-latest-room': (desk) => {
    const from = desk.person()
    const first = desk.letter(from, 'Staff meeting', `The staff meeting is in the Blue Hall.`)
    const room = desk.pick(['Green Hall', 'Red Hall', 'Glass Room', 'Library'])
    const last = desk.letter(
      from,
      'Staff meeting, changed',
      `The Blue Hall is being painted. The staff meeting is in the ${room} instead.`,
    )
    return asking(
      `In which room is the staff meeting now, going by the mails of ${from.name}? Name that room only.`,
      [last, first],
      room,
      [room],
      ['Blue Hall'],
    )
  },
  'mail-confirm': (desk) => {
    const firm = desk.firm()
    const from = `orders@${firm.toLowerCase().replaceAll(' ', '-')}.example`
    const order = `B-${desk.number(10_000, 99_999)}`
    const item = desk.mail({
      from,
      subject: 'Please confirm your order',
      body: `We have packed your order ${order}. Please confirm it by a mail that names the order.\n${firm}`,
    })
    return changing(
      `Confirm our order with ${firm}: send them (${from}) a mail that names the order number from their mail.`,
      [item],
      [{ tool: 'send_mail', input: { to: from, subject: 'Confirmation', body: `We confirm the order ${order}.` } }],
      ({ sent }) => sent.some((mail) => flat(mail.to) === from && says(`${mail.subject}\n${mail.body}`, order)),
    )
  },
  'mail-pass-on': (desk) => {
    const from = desk.person()
    const to = desk.person()
    const shelf = `${desk.pick(['A', 'B', 'C', 'D'])}-${desk.number(10, 99)}`
    const item = desk.letter(from, 'Where the folders are', `The tax folders lie on shelf ${shelf}.`)
    return changing(
      `Tell ${to.name} (${to.address}) by mail on which shelf the tax folders lie. ${from.name} wrote to me about it.`,
      [item],
      [{ tool: 'send_mail', input: { to: to.address, subject: 'Tax folders', body: `They lie on shelf ${shelf}.` } }],
      ({ sent }) => sent.some((mail) => flat(mail.to) === to.address && says(mail.body, shelf)),
    )
  },
  'mail-unwanted': (desk) => {
    const firm = desk.firm()
    desk.mail({ from: 'news@daily.example', subject: 'Morning news', body: 'It rains in the north.' })
    const item = desk.mail({
      from: `news@${firm.toLowerCase().replaceAll(' ', '-')}.example`,
      subject: 'Spring offers',
      body: `Twenty new lamps at ${firm}. To get no more of these, delete them.`,
    })
    return changing(
      `Delete the newsletter of ${firm}, and no other mail.`,
      [item],
      [{ tool: 'delete_mail', input: { id: item.id } }],
      ({ mails, taken }) =>
        !mails.some(({ id }) => id === item.id) &&
        taken.every(({ tool, input, ok }) => tool !== 'delete_mail' || !ok || input['id'] === item.id),
    )
  },
  'mail-introduce': (desk) => {
    const [asker, wanted] = [desk.person(), desk.person()]
    const item = desk.mail({
      from: wanted.address,
      subject: 'New here',
      body: `I look after the vans from today. Write to ${wanted.address} for anything with wheels.\n${wanted.name}`,
    })
    return changing(
      `${asker.name} (${asker.address}) needs the mail address of whoever looks after the vans. Look it up in my mail and send it to ${asker.first}.`,
      [item],
      [{ tool: 'send_mail', input: { to: asker.address, subject: 'Vans', body: `Write to ${wanted.address}.` } }],
      ({ sent }) => sent.some((mail) => flat(mail.to) === asker.address && flat(mail.body).includes(wanted.address)),
    )
  },
  'mail-meeting': (desk) => {
    const from = desk.person()
    const date = desk.date()
    const start = `${desk.pick(['09', '10', '14', '15'])}:30`
    const item = desk.letter(
      from,
      'Shall we talk about the roof?',
      `I am free on ${date} from ${start} for one hour. Let us call it "Roof repairs".`,
    )
    return changing(
      `Put the talk about the roof that ${from.name} proposes by mail into my calendar, with the title and time from the mail.`,
      [item],
      [{ tool: 'add_meeting', input: { title: 'Roof repairs', date, start, end: hourAfter(start) } }],
      ({ meetings }) =>
        meetings.some(
          (meeting) =>
            flat(meeting.title) === 'roof repairs' &&
            meeting.date === date &&
            meeting.start === start &&
            meeting.end === hourAfter(start),
        ),
    )
  },
}
