import { flat, own, dollars } from '../../../world/index.ts'
import { asking, changing, type ErrandMaker } from '../errand.ts'
import { amountForms } from './forms.ts'

// Errands round the files.

function stockText(chairs: number): string {
  return `Tables: 40\nChairs: ${chairs}\nLamps: 22\n`
}

export const FILE_ERRANDS: Readonly<Record<string, ErrandMaker>> = {
  'file-total': (desk) => {
    const cents = [desk.number(1000, 9999), desk.number(1000, 9999), desk.number(1000, 9999)]
    const lines = ['Paper', 'Ink', 'Stamps'].map((thing, index) => `${thing}: ${dollars(cents[index] ?? 0)}`)
    const item = desk.file('bills/march.txt', `Small things bought in March\n${lines.join('\n')}\n`)
    const sum = cents.reduce((a, b) => a + b, 0)
    return asking('What is the sum of all amounts in bills/march.txt?', [item], dollars(sum), amountForms(sum))
  },
  'file-owner': (desk) => {
    const [one, two] = [desk.person(), desk.person()]
    const item = desk.file('projects.txt', `Bridge: ${one.name}\nHarbour wall: ${two.name}\nTunnel: nobody yet\n`)
    return asking(
      'Who is responsible for the harbour wall, going by projects.txt? Name that person only.',
      [item],
      two.name,
      [two.name],
      [one.name],
    )
  },
  'file-version': (desk) => {
    const latest = `${desk.number(2, 9)}.${desk.number(10, 49)}`
    const item = desk.file(
      'handbook/changes.txt',
      `Newest first.\n${latest}: a page on bicycles was added.\n1.9: spelling.\n1.8: first printed.\n`,
    )
    return asking(
      'What is the newest version of the handbook, going by handbook/changes.txt? Give that version only.',
      [item],
      latest,
      [latest, `v${latest}`],
      ['1.9', 'v1.9', '1.8', 'v1.8'],
    )
  },
  'file-notice': (desk) => {
    const days = String(desk.number(11, 39))
    const item = desk.file(
      'handbook/travel.txt',
      `Travel is booked by the front desk. Tell them ${days} days before you leave. Keep all tickets.\n`,
    )
    return asking(
      'How many days before leaving must the front desk be told of a journey? See handbook/travel.txt.',
      [item],
      days,
    )
  },
  'file-cheaper': (desk) => {
    const [one, two] = [desk.firm(), desk.firm()]
    const low = desk.number(200_000, 300_000)
    const high = low + desk.number(1000, 90_000)
    const firstIsLow = desk.random() < 0.5
    const first = desk.file('offers/first.txt', `${one} paints the hall for ${dollars(firstIsLow ? low : high)}.\n`)
    const second = desk.file('offers/second.txt', `${two} paints the hall for ${dollars(firstIsLow ? high : low)}.\n`)
    const [answer, other] = firstIsLow ? [one, two] : [two, one]
    return asking(
      'offers/first.txt and offers/second.txt hold two offers. Which firm is cheaper? Name that firm only.',
      [first, second],
      answer,
      [answer],
      [other],
    )
  },
  'file-note-down': (desk) => {
    const from = desk.person()
    const meter = String(desk.number(10_000, 99_999))
    const item = desk.letter(from, 'Water meter', `I read the water meter this morning: ${meter}. The cellar is dry.`)
    return changing(
      `Write the reading of the water meter that ${from.name} mailed me, the number alone, into the file meters/water.txt.`,
      [item],
      [{ tool: 'write_file', input: { path: 'meters/water.txt', content: meter } }],
      ({ files }) => flat(own(files, 'meters/water.txt') ?? '') === meter,
    )
  },
  'file-add-line': (desk) => {
    const task = desk.pick(['water the plants', 'order envelopes', 'oil the gate', 'wind the clock'])
    const before = 'call the plumber\nbuy coffee\n'
    const item = desk.file('todo.txt', before)
    return changing(
      `Add the line "${task}" at the end of todo.txt and keep what is there.`,
      [item],
      [{ tool: 'write_file', input: { path: 'todo.txt', content: `${before}${task}\n` } }],
      ({ files }) => {
        const lines = (own(files, 'todo.txt') ?? '').split('\n').map(flat)
        return (
          lines.findLast((line) => line !== '') === task &&
          ['call the plumber', 'buy coffee'].every((line) => lines.includes(line))
        )
      },
    )
  },
  'file-share': (desk) => {
    const person = desk.person()
    const path = 'drawings/hall.txt'
    desk.file(path, 'The hall is 12 by 20 metres.\n')
    const item = desk.letter(person, 'Drawing', `Could you let me see ${path}? I need the measures of the hall.`)
    return changing(
      `${person.name} asks by mail for one of our files. Share that file with ${person.first} (${person.address}).`,
      [item],
      [{ tool: 'share_file', input: { path, with: person.address } }],
      ({ shares }) => shares.some((one) => one.path === path && flat(one.with) === person.address),
    )
  },
  'file-correct': (desk) => {
    const wrong = desk.number(100, 499)
    const right = wrong + desk.number(1, 400)
    const item = desk.file('stock.txt', stockText(wrong))
    return changing(
      `stock.txt has a wrong number of chairs: there are ${right}. Correct that line and leave the others as they are.`,
      [item],
      [{ tool: 'write_file', input: { path: 'stock.txt', content: stockText(right) } }],
      ({ files }) => {
        const lines = new Set((own(files, 'stock.txt') ?? '').split('\n').map(flat))
        const wanted = ['tables: 40', `chairs: ${right}`, 'lamps: 22']
        return wanted.every((line) => lines.has(line)) && !lines.has(`chairs: ${wrong}`)
      },
    )
  },
  'file-obsolete': (desk) => {
    const person = desk.person()
    const [old, kept] =
      desk.random() < 0.5 ? ['drafts/one.txt', 'drafts/two.txt'] : ['drafts/two.txt', 'drafts/one.txt']
    desk.file(old, 'An early text.\n')
    desk.file(kept, 'A later text.\n')
    const item = desk.letter(person, 'Drafts', `We only go on with ${kept}. The other file in drafts can be deleted.`)
    return changing(
      `${person.name} wrote which of our two drafts is no longer needed. Delete that file.`,
      [item],
      [{ tool: 'delete_file', input: { path: old } }],
      ({ files }) => own(files, old) === undefined && own(files, kept) !== undefined,
    )
  },
}
