import type { Fact, SolutionAct, TaskFamily } from '../../world/index.ts'
import { drawFrom, lookBack, type Draw } from './draw.ts'
import { defineFamily, reads, writes, type Draft, type Job } from './job.ts'
import { indented, money, two } from './text.ts'
import { wantedText } from './wanted.ts'

/**
 * A form of many pages, one a house. A page says which notes tell of its house and asks for some of what stands in
 * them, and for the caretaker of a quarter, who is named in passing in the notes on an earlier house.
 *
 * Shortest: what a page asks for and where its notes are stands only on the page, what is asked stands only in the
 * notes, and each page is a file of its own: three acts a page. What three does not divide is one page that the
 * instruction quotes (two acts), or a page and its notes (one act).
 */
export const form: TaskFamily = defineFamily({
  name: 'form',
  about: 'Fill a form of many pages from notes that are scattered over files.',
  shortest: {
    tools: ['list', 'read', 'write', 'edit'],
    why: 'where the notes for a page are and what it asks for is only on the page, the answers only in the notes, one act reads or writes one file, and each page is a file of its own',
    fewer:
      'with search or bash two acts do: one prints all pages and notes, as far as the longest output and the context reach, and one command fills all pages',
  },
  centsPerStep: 30,
  draft,
})

interface House {
  readonly page: number
  readonly name: string
  /** The file with its notes. */
  readonly notes: string
  /** A file with notes on no house of the form. */
  readonly others: string
  readonly tenant: string
  readonly hook: string
  readonly cents: number
  readonly day: number
  readonly month: number
  readonly asked: readonly Field[]
  /** A quarter and its caretaker, whom the notes on this house may name for later pages. */
  readonly quarter: Quarter
}

interface Quarter {
  readonly name: string
  readonly caretaker: string
}

type Field = 'tenant' | 'key' | 'rent' | 'since'

const FIELDS: readonly Field[] = ['tenant', 'key', 'rent', 'since']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October']

function draft(steps: number, seed: string): Draft {
  const draw = drawFrom('form', steps, seed)
  const count = Math.ceil(steps / 3)
  // The first page takes the acts that are left over.
  const quoted = [0, 2, 1][steps % 3] ?? 0
  // What stands in the instruction is never lost, so quoted notes name no caretaker.
  const earlier = lookBack(draw, count, quoted === 2 ? 1 : 0)
  const needed = new Set(earlier)
  const houses = Array.from({ length: count }, (_, place) => newHouse(place + 1, draw))
  const jobs = houses.map((house, place) => {
    const from = earlier[place]
    const quarter = from === undefined ? undefined : houses[from]?.quarter
    return filling(house, quarter, needed.has(place), place === 0 ? quoted : 0, draw)
  })
  const quotes = jobs.flatMap((job) => job.quotes)
  return { instruction: instruction(count, quotes), jobs }
}

function newHouse(page: number, draw: Draw): House {
  return {
    page,
    name: draw.name(),
    notes: notesPath(draw),
    others: notesPath(draw),
    tenant: draw.name(),
    hook: draw.code(),
    cents: draw.whole(20_000, 99_999),
    day: draw.whole(1, 28),
    month: draw.whole(1, MONTHS.length),
    asked: draw.shuffled(FIELDS).slice(0, 2),
    quarter: { name: draw.name(), caretaker: draw.name() },
  }
}

function notesPath(draw: Draw): string {
  return `notes/${draw.name().toLowerCase()}.txt`
}

/** The house as somebody has it in mind who lost the notes: another name and hook, the rent first asked, a day later. */
function mistaken(house: House, draw: Draw): House {
  return {
    ...house,
    tenant: draw.name(),
    hook: draw.code(),
    cents: askedAtFirst(house),
    day: (house.day % 28) + 1,
  }
}

function askedAtFirst({ cents }: House): number {
  return cents + 1_250
}

/** One page: reading it, reading the notes, writing it. So many of the two files as `quoted` says are quoted instead. */
function filling(
  house: House,
  quarter: Quarter | undefined,
  tells: boolean,
  quoted: number,
  draw: Draw,
): Job & { readonly quotes: readonly string[] } {
  const path = `form/page-${house.page}.txt`
  const told = tells ? [caretakerFact(house.quarter)] : []
  const [blank, notes] = [pageText(house, quarter), notesText(house, told, draw)]
  const files: Record<string, string> = { [house.others]: notesText(newHouse(0, draw), [], draw) }
  const facts: Fact[] = []
  const acts: SolutionAct[] = []
  const needs: string[] = []
  const place = placeFact(house)
  if (quoted === 0) {
    files[path] = blank
    facts.push(place)
    acts.push(reads(path))
  }
  if (quoted < 2) {
    files[house.notes] = notes
    const own = house.asked.map((field) => fieldFact(house, field))
    facts.push(...own, ...told)
    needs.push(...own.map(({ id }) => id))
    acts.push({
      ...reads(house.notes),
      ...(quoted === 0 ? { needs: [place.id], forgotten: { path: house.others } } : {}),
    })
  }
  if (quarter !== undefined) needs.push(caretakerFact(quarter).id)
  const lines = answers(house, quarter?.name, quarter?.caretaker)
  const wrong = answers(mistaken(house, draw), quarter?.name, house.tenant)
  const head = headText(house)
  acts.push(writes(path, head + wantedText(lines), needs, head + wantedText(wrong)))
  return {
    files,
    facts,
    acts,
    wanted: [{ path, lines, beside: head.trim().split('\n') }],
    quotes: [...(quoted > 0 ? [blank] : []), ...(quoted > 1 ? [notes] : [])],
  }
}

function headText({ page, name, notes }: House): string {
  return `Page ${page}, house ${name}\n${placeText(name, notes)}\n\n`
}

function placeText(name: string, notes: string): string {
  return `The notes on ${name} are in ${notes}.`
}

function placeFact({ name, notes }: House): Fact {
  return {
    id: `notes on ${name}`,
    text: placeText(name, notes),
    question: `Which file holds the notes on the house ${name}?`,
    answer: notes,
  }
}

function caretakerFact({ name, caretaker }: Quarter): Fact {
  return {
    id: `caretaker of ${name}`,
    text: `The caretaker of the quarter ${name} is ${caretaker}.`,
    question: `Who is the caretaker of the quarter ${name}?`,
    answer: caretaker,
  }
}

function pageText(house: House, quarter: Quarter | undefined): string {
  const keys = [...house.asked, ...(quarter === undefined ? [] : [caretakerKey(quarter.name)])]
  return headText(house) + keys.map((key) => `${key}:\n`).join('')
}

function caretakerKey(quarter: string): string {
  return `caretaker of ${quarter}`
}

function answers(house: House, quarter: string | undefined, caretaker: string | undefined): Record<string, string> {
  const lines: Record<string, string> = {}
  for (const field of house.asked) lines[field] = ANSWERS[field](house)
  if (quarter !== undefined && caretaker !== undefined) lines[caretakerKey(quarter)] = caretaker
  return lines
}

const ANSWERS: Readonly<Record<Field, (house: House) => string>> = {
  tenant: ({ tenant }) => tenant,
  key: ({ hook }) => hook,
  rent: ({ cents }) => money(cents),
  since: ({ day, month }) => `2031-${two(month)}-${two(day)}`,
}

const SENTENCES: Readonly<Record<Field, (house: House) => string>> = {
  tenant: ({ name, tenant }) => `The house ${name} is let to ${tenant}.`,
  key: ({ name, hook }) => `Whoever needs the key of ${name} finds it on the hook ${hook}.`,
  rent: (house) =>
    `For ${house.name} ${money(house.cents)} a month was agreed in the end, not ${money(askedAtFirst(house))}.`,
  since: ({ name, day, month }) => `Somebody has lived in ${name} since ${day} ${MONTHS[month - 1] ?? ''} 2031.`,
}

const QUESTIONS: Readonly<Record<Field, (name: string) => string>> = {
  tenant: (name) => `Who is the tenant of the house ${name}?`,
  key: (name) => `On which hook is the key of the house ${name}?`,
  rent: (name) => `How much is the monthly rent of the house ${name}, with two decimals?`,
  since: (name) => `Since which date is the house ${name} let, as year-month-day?`,
}

function fieldFact(house: House, field: Field): Fact {
  return {
    id: `${field} of ${house.name}`,
    text: SENTENCES[field](house),
    question: QUESTIONS[field](house.name),
    answer: ANSWERS[field](house),
  }
}

/** Everything about the house, in any order, and a little about another that no page asks for. */
function notesText(house: House, told: readonly Fact[], draw: Draw): string {
  const other = newHouse(0, draw)
  const sentences = [
    ...FIELDS.map((field) => SENTENCES[field](house)),
    ...draw
      .shuffled(FIELDS)
      .slice(0, 2)
      .map((field) => SENTENCES[field](other)),
    ...told.map(({ text }) => text),
  ]
  return `${draw.shuffled(sentences).join('\n')}\n`
}

function instruction(pages: number, quotes: readonly string[]): string {
  const missing =
    quotes.length === 0
      ? ''
      : `\nPage 1 is not in the folder; write it to \`form/page-1.txt\`. Blank, it reads:\n\n${indented(quotes[0] ?? '')}\n${
          quotes[1] === undefined
            ? ''
            : `\nNor are the notes on its house in the folder. They read:\n\n${indented(quotes[1])}\n`
        }`
  return `Fill a form about houses that are let, from the notes that were made about them.

${pages === 1 ? 'The form has one page, `form/page-1.txt`.' : `The form has ${pages} pages, \`form/page-1.txt\` to \`form/page-${pages}.txt\`.`} Each page is about one house, says which file of notes is about that house, and has some lines that end in a colon. Write the answer after each colon and leave the rest of the page as it is:

    tenant: <the name of the tenant>
    key: <the hook on which the key hangs, like QK-48213>
    rent: <the monthly rent that was agreed, with two decimals, like 512.50>
    since: <the date since which the house is let, as year-month-day, like 2031-07-09>
    caretaker of <a quarter>: <the name of its caretaker>

Notes mention other houses too. The caretaker of a quarter is named in passing in the notes on the house of a page with a lower number.
${missing}
When every page is filled, submit.
`
}
