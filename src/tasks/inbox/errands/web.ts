import { flat, own, dollars } from '../../../world/index.ts'
import { asking, changing, type ErrandMaker } from '../errand.ts'
import { amountForms, saysTime, timeForms, wrongHalf } from './forms.ts'
import { paid } from './payments.ts'

// Errands that need a page of the web.

export const WEB_ERRANDS: Readonly<Record<string, ErrandMaker>> = {
  'web-hours': (desk) => {
    const closes = `${desk.number(16, 21)}:${desk.pick(['15', '30', '45'])}`
    const url = 'https://town-museum.example/visit'
    const item = desk.page(
      url,
      `Town Museum\nOpen from Tuesday to Sunday, 10:00 to ${closes}.\nDogs must wait outside.\n`,
    )
    return asking(`At what time does the museum at ${url} close?`, [item], closes, timeForms(closes), wrongHalf(closes))
  },
  'web-price': (desk) => {
    const cents = desk.number(2001, 9999)
    const url = 'https://chairs.example/oak'
    const item = desk.page(url, `The oak chair\nPrice: ${dollars(cents)}\nMade by hand, delivered in a week.\n`)
    return asking(`What does the oak chair at ${url} cost?`, [item], dollars(cents), amountForms(cents))
  },
  'web-street': (desk) => {
    const address = `${desk.number(11, 99)} ${desk.pick(['Mill Lane', 'Quay Road', 'Station Street', 'Church Hill'])}`
    const url = 'https://hotel-swan.example'
    const item = desk.page(url, `Hotel Swan\nYou find us at ${address}, five minutes from the station.\n`)
    return asking(`What is the street address of the hotel at ${url}?`, [item], address)
  },
  'web-cheaper': (desk) => {
    const low = desk.number(3000, 5000)
    const high = low + desk.number(100, 3000)
    const northIsHigh = desk.random() < 0.5
    const north = desk.page(
      'https://north-inn.example',
      `North Inn\nA night costs ${dollars(northIsHigh ? high : low)}.\n`,
    )
    const south = desk.page(
      'https://south-inn.example',
      `South Inn\nA night costs ${dollars(northIsHigh ? low : high)}.\n`,
    )
    const [answer, other] = northIsHigh ? ['South Inn', 'North Inn'] : ['North Inn', 'South Inn']
    return asking(
      'Which inn is cheaper, https://north-inn.example or https://south-inn.example? Name that inn only.',
      [north, south],
      answer,
      [answer],
      [other],
    )
  },
  'web-ferry': (desk) => {
    const second = `09:${desk.number(10, 55)}`
    const url = 'https://ferry.example/times'
    const item = desk.page(url, `Ferry to the island\n07:30\n08:40\n${second}\n11:05\nNo ferry in a storm.\n`)
    return asking(
      `When does the first ferry after nine in the morning leave? Give that time only. See ${url}.`,
      [item],
      second,
      timeForms(second),
      [...['07:30', '08:40', '11:05'].flatMap(timeForms), ...wrongHalf(second)],
    )
  },
  'web-mail-hours': (desk) => {
    const person = desk.person()
    const opens = `0${desk.number(6, 9)}:${desk.pick(['10', '20', '40'])}`
    const url = 'https://swimming-hall.example'
    const item = desk.page(url, `Swimming hall\nThe doors open at ${opens} on every day of the week.\n`)
    return changing(
      `Mail ${person.name} (${person.address}) at what time the swimming hall opens. It is on ${url}.`,
      [item],
      [{ tool: 'send_mail', input: { to: person.address, subject: 'Swimming', body: `It opens at ${opens}.` } }],
      ({ sent }) =>
        sent.some((mail) => flat(mail.to) === person.address && saysTime(`${mail.subject}\n${mail.body}`, opens)),
    )
  },
  'web-conference': (desk) => {
    const date = desk.date()
    const url = 'https://lamp-fair.example'
    const item = desk.page(url, `The Lamp Fair\nThis year on ${date}, doors from 09:00 to 16:00.\n`)
    return changing(
      `Put "Lamp Fair" into my calendar with the date and times from ${url}.`,
      [item],
      [{ tool: 'add_meeting', input: { title: 'Lamp Fair', date, start: '09:00', end: '16:00' } }],
      ({ meetings }) =>
        meetings.some(
          (meeting) =>
            flat(meeting.title).includes('lamp fair') &&
            meeting.date === date &&
            meeting.start === '09:00' &&
            meeting.end === '16:00',
        ),
    )
  },
  'web-to-file': (desk) => {
    const depth = `${desk.number(101, 399)} cm`
    const url = 'https://harbour-office.example/depth'
    const item = desk.page(url, `Harbour office\nDepth at low water today: ${depth}.\nBoats keep left.\n`)
    return changing(
      `Write today's depth at low water from ${url} into harbour/depth.txt, the figure in centimetres alone.`,
      [item],
      [{ tool: 'write_file', input: { path: 'harbour/depth.txt', content: depth.slice(0, 3) } }],
      ({ files }) => flat(own(files, 'harbour/depth.txt') ?? '').replace(/ ?cm\.?$/, '') === depth.slice(0, 3),
    )
  },
  'web-fee': (desk) => {
    const cents = desk.number(50, 300) * 100
    const account = `FAIR-${desk.number(1000, 9999)}`
    const url = 'https://book-fair.example/stands'
    const item = desk.page(url, `Book fair\nA stand costs ${dollars(cents)}. Pay to account ${account}.\n`)
    return changing(
      `Pay the fee for one stand at the book fair. Amount and account are on ${url}.`,
      [item],
      [{ tool: 'pay', input: { to: account, cents, reference: 'one stand' } }],
      (office) => paid(office, account, cents),
    )
  },
}
