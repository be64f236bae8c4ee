import { hourAfter, flat } from '../../../world/index.ts'
import { asking, changing, type ErrandMaker } from '../errand.ts'
import { countForms, saysTime, timeForms, wrongHalf } from './forms.ts'

// Errands round the calendar.

export const CALENDAR_ERRANDS: Readonly<Record<string, ErrandMaker>> = {
  'calendar-when': (desk) => {
    const person = desk.person()
    const start = `${desk.pick(['08', '09', '10', '11', '13'])}:${desk.pick(['00', '15', '45'])}`
    const item = desk.meeting({
      title: `Budget with ${person.name}`,
      date: desk.date(),
      start,
      notes: 'Bring the plan.',
    })
    return asking(
      `At what time does my budget meeting with ${person.name} start?`,
      [item],
      start,
      timeForms(start),
      wrongHalf(start),
    )
  },
  'calendar-where': (desk) => {
    const room = `Room ${desk.number(20, 89)}`
    const date = desk.date()
    const item = desk.meeting({ title: 'Fire drill talk', date, start: '11:00', room, notes: 'Everybody must come.' })
    desk.meeting({ title: 'Tea', date, start: '15:00', room: 'Kitchen' })
    return asking(`In which room is the fire drill talk on ${date}?`, [item], room, [room, room.slice(5)])
  },
  'calendar-how-many': (desk) => {
    const date = desk.date()
    const count = desk.number(2, 5)
    const items = Array.from({ length: count }, (_, index) =>
      desk.meeting({ title: `Interview ${index + 1}`, date, start: `${String(9 + index).padStart(2, '0')}:00` }),
    )
    desk.meeting({ title: 'Interview', date: desk.date(), start: '09:00' })
    const [first, ...rest] = items
    if (first === undefined) throw new RangeError('a day without interviews')
    // The interviews bear numbers up to the right one, and a right answer may list them.
    const more = Array.from({ length: 5 - count }, (_, above) => String(count + 1 + above))
    return asking(
      `How many interviews do I have on ${date}? Answer with a number.`,
      [first, ...rest],
      String(count),
      countForms(count),
      more,
    )
  },
  'calendar-free-hour': (desk) => {
    const date = desk.date()
    const hours = ['13:00', '14:00', '15:00', '16:00'] as const
    const free = desk.pick(hours)
    const [first, ...rest] = hours
      .filter((hour) => hour !== free)
      .map((start) => desk.meeting({ title: `Customer call ${start}`, date, start }))
    if (first === undefined) throw new RangeError('a day without calls')
    return asking(
      `On the afternoon of ${date}, from one to five, I want one hour that is still free and starts on the full hour. When does it start? Give that time only.`,
      [first, ...rest],
      free,
      timeForms(free),
      // Somebody may well say when that hour ends.
      [...hours.filter((hour) => hour !== free && hour !== hourAfter(free)).flatMap(timeForms), ...wrongHalf(free)],
    )
  },
  'calendar-who-comes': (desk) => {
    const guest = desk.person()
    const item = desk.meeting({
      title: 'Contract talk',
      date: desk.date(),
      start: '10:00',
      attendees: [guest.address],
      notes: 'The contract lies in the safe.',
    })
    return asking('Who besides me comes to the contract talk? Give the name or the address.', [item], guest.address, [
      guest.address,
      guest.name,
    ])
  },
  'calendar-called-off': (desk) => {
    const person = desk.person()
    const meeting = desk.meeting({ title: `Lunch with ${person.name}`, date: desk.date(), start: '12:00' })
    const other = desk.meeting({ title: 'Team lunch', date: desk.date(), start: '12:00' })
    const item = desk.letter(
      person,
      'Lunch',
      `I have a cold, so our lunch must be called off. Please take it out of the calendar.`,
    )
    return changing(
      `${person.name} wrote to me about our lunch. Do in my calendar what the mail says about it.`,
      [item, meeting],
      [{ tool: 'cancel_meeting', input: { id: meeting.id } }],
      ({ meetings }) => !meetings.some(({ id }) => id === meeting.id) && meetings.some(({ id }) => id === other.id),
    )
  },
  'calendar-moved': (desk) => {
    const person = desk.person()
    const meeting = desk.meeting({ title: `Review with ${person.name}`, date: desk.date(), start: '09:00' })
    const date = desk.date()
    const start = `${desk.pick(['10', '11', '14', '16'])}:00`
    const item = desk.letter(
      person,
      'Our review',
      `Could we have the review on ${date} at ${start} instead? One hour as planned.`,
    )
    return changing(
      `Move my review with ${person.name} to when the mail about it asks for.`,
      [item, meeting],
      [{ tool: 'move_meeting', input: { id: meeting.id, date, start, end: hourAfter(start) } }],
      ({ meetings }) =>
        meetings.some(
          (one) => one.id === meeting.id && one.date === date && one.start === start && one.end === hourAfter(start),
        ),
    )
  },
  'calendar-invite': (desk) => {
    const [one, two] = [desk.person(), desk.person()]
    const date = desk.date()
    const item = desk.file('plans/garden-group.txt', `Members of the garden group\n${one.address}\n${two.address}\n`)
    return changing(
      `Add a meeting "Garden group" on ${date} from 17:00 to 18:00 and invite all members listed in plans/garden-group.txt.`,
      [item],
      [
        {
          tool: 'add_meeting',
          input: { title: 'Garden group', date, start: '17:00', end: '18:00', attendees: [one.address, two.address] },
        },
      ],
      ({ meetings }) =>
        meetings.some(
          (meeting) =>
            flat(meeting.title) === 'garden group' &&
            meeting.date === date &&
            meeting.start === '17:00' &&
            meeting.end === '18:00' &&
            [one, two].every(({ address }) => meeting.attendees.some((guest) => flat(guest) === address)),
        ),
    )
  },
  'calendar-tell': (desk) => {
    const person = desk.person()
    const start = `${desk.pick(['08', '10', '12', '14'])}:20`
    const item = desk.meeting({
      title: 'Train to the coast',
      date: desk.date(),
      start,
      notes: 'Platform is shown there.',
    })
    return changing(
      `Mail ${person.name} (${person.address}) at what time our train to the coast leaves. It is in my calendar.`,
      [item],
      [{ tool: 'send_mail', input: { to: person.address, subject: 'Train', body: `It leaves at ${start}.` } }],
      ({ sent }) =>
        sent.some((mail) => flat(mail.to) === person.address && saysTime(`${mail.subject}\n${mail.body}`, start)),
    )
  },
}
