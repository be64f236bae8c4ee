import type { Fact, TaskFamily } from '../../../world/index.ts'
import { drawFrom, type Draw } from '../draw.ts'
import { defineFamily, reads, writes, type Draft, type Job } from '../job.ts'
import { inWords, prose } from '../prose.ts'
import { indented } from '../text.ts'
import { wantedText } from '../wanted.ts'
import { foundLines, newHouse, newLines, pageLines, pagePath, type House, type Line } from './houses.ts'
import { newUnits, type Unit } from './units.ts'
import { BUILT, CHATTER, GATE, HOLDER, HOLLOW, OWN } from './wordings.ts'

/**
 * A register that somebody else began and got wrong in places, which nobody says. Letters ask for new pages, and tell in
 * passing what shows that a page is wrong, often a page that was relied on long before; then it must be mended, and so
 * must the pages that were made from it.
 *
 * Shortest: a new page cites its letter and the plot of the house beside it, so both are read; a page that is mended is
 * written, and so is one that copied the error, which must be read first. Each page is a file of its own. A page made
 * from another is written after the last letter that bears on that one.
 */
export const handover: TaskFamily = defineFamily({
  name: 'handover',
  about: "Carry on somebody else's register, and find and mend its errors without being asked to.",
  shortest: {
    tools: ['list', 'read', 'write', 'edit'],
    why: 'the code of each letter and page that is read must be cited and stands nowhere else, one act reads or writes one file, and each page is a file of its own',
    fewer:
      'with search or bash two acts do for a worker who understands all the letters at once: one prints them and the register, one writes all pages',
  },
  centsPerStep: 40,
  draft,
})

function draft(steps: number, seed: string): Draft {
  const draw = drawFrom('handover', steps, seed)
  const units = newUnits(steps, draw)
  const quotes: Quotes = { letter: steps <= 2, page: steps === 1 }
  const mended = new Set(units.flatMap(({ says, about, copied }) => (says === 'wrong' ? [about, copied] : [])))
  const sound = [
    ...units.flatMap(({ fresh: [first, ...more] }) => (quotes.page ? more : [first, ...more])),
    ...Array.from({ length: 1 + Math.floor(steps / 8) }, () =>
      newHouse(draw, draw.whole(0, 1) === 0, undefined),
    ).flat(),
  ].flatMap((house) => (house === undefined || mended.has(house) ? [] : [house]))
  const kept = Object.fromEntries(sound.map((house) => [pagePath(house), pageText(house)]))
  const letters = units.map((unit) => letterOf(unit, draw))
  const remarks = new Map(
    units.flatMap(({ says, about }, place) => (says === 'wrong' ? [[about, letters[place]?.remark] as const] : [])),
  )
  const quoted: string[] = []
  const jobs: Job[] = [{ files: kept, facts: [], acts: [], wanted: [] }]
  for (const [place, unit] of units.entries()) {
    const letter = letters[place]
    if (letter === undefined) continue
    const [first] = unit.fresh
    if (quotes.letter) quoted.push(letter.text)
    else jobs.push(letterJob(unit, letter))
    if (first !== undefined && quotes.page) quoted.push(pageText(first))
    else if (first !== undefined) jobs.push(pageJob(first))
    if (unit.says === 'wrong') jobs.push(...mending(unit, letter.remark, draw))
    for (const due of units)
      if (due.ripe === place) jobs.push(newPage(due, remarks.get(due.house.beside), quotes, draw))
  }
  return { instruction: instruction(units.length, quoted, quotes), jobs, only: ['register'], kept }
}

/** What stands in the instruction. */
interface Quotes {
  readonly letter: boolean
  readonly page: boolean
}

interface Letter {
  readonly text: string
  readonly own: Fact
  readonly remark: Fact
}

function letterOf(unit: Unit, draw: Draw): Letter {
  const { house, about, line, place } = unit
  const { name, plot, holder, built, beside } = house
  const own = prose(draw, OWN, { house: name, plot, holder, built: String(built), beside: beside.name })
  const remark = remarkOf(unit, draw)
  const idle = draw.whole(0, 1) === 0 ? [] : [prose(draw, CHATTER, { about: about.name })]
  const said = draw.shuffled([own, [remark.text, ...idle].join(' ')])
  const text = [`Letter ${place + 1}`, '', ...said, ''].join('\n')
  return {
    text,
    own: {
      id: ownId(house),
      text: own,
      question: `Which plot has the house ${name}, by the letter about it?`,
      answer: plot,
    },
    remark: { id: `remark on ${about.name}`, ...QUESTIONS[line](about), text: remark.text },
  }
}

function ownId({ name }: House): string {
  return `letter on ${name}`
}

const QUESTIONS: Readonly<Record<Line, (house: House) => Pick<Fact, 'question' | 'answer'>>> = {
  gate: ({ name, gate }) => ({ question: `Which gate has the house ${name}, by a letter?`, answer: gate }),
  holder: ({ name, holder }) => ({ question: `Who has the house ${name}, by a letter?`, answer: holder }),
  built: ({ name, built }) => ({
    question: `In which year was the house ${name} built, by a letter?`,
    answer: String(built),
  }),
}

/** What is said of a house in passing; of other codes and names it says that they are not meant. */
function remarkOf({ house, about, line, says }: Unit, draw: Draw): { readonly text: string } {
  const slots = { about: about.name }
  if (says === 'hollow') {
    const other = line === 'gate' ? draw.code() : draw.name()
    return { text: prose(draw, HOLLOW[line], { ...slots, other, years: inWords(draw.whole(2, 60)) }) }
  }
  switch (line) {
    case 'gate':
      return { text: prose(draw, GATE, { ...slots, value: about.gate, other: draw.code() }) }
    case 'holder': {
      const other = about.error?.line === 'holder' ? about.error.holder : draw.name()
      return { text: prose(draw, HOLDER, { ...slots, value: about.holder, other }) }
    }
    case 'built': {
      const years = house.built - about.built
      const forms = BUILT[years > 0 ? 'before' : years < 0 ? 'after' : 'same']
      return { text: prose(draw, forms, { ...slots, years: inWords(Math.abs(years)) }) }
    }
  }
}

function letterPath({ place }: Unit): string {
  return `letters/letter-${place + 1}.txt`
}

function letterJob(unit: Unit, { text, own, remark }: Letter): Job {
  const path = letterPath(unit)
  return {
    files: { [path]: text },
    facts: [own, ...(unit.says === 'wrong' ? [remark] : [])],
    acts: [reads(path)],
    wanted: [],
  }
}

function pageText(house: House): string {
  return wantedText(foundLines(house))
}

/** The lines of a page that are right and must be known to mend it, or to make another from it. */
function pageFacts(house: House): readonly Fact[] {
  const { name, plot, error } = house
  const found = foundLines(house)
  const { gate = '', holder = '' } = found
  return [
    {
      id: `plot of ${name}`,
      text: `plot: ${found['plot'] ?? ''}`,
      question: `Which plot has the house ${name}, by its page?`,
      answer: plot,
    },
    {
      id: `holder of ${name}`,
      text: `holder: ${holder}`,
      question: `Whom does the page of the house ${name} name as its holder?`,
      answer: holder,
    },
    ...(error?.line === 'gate'
      ? []
      : [
          {
            id: `gate of ${name}`,
            text: `gate: ${gate}`,
            question: `Which gate has the house ${name}, by its page?`,
            answer: gate,
          },
        ]),
  ]
}

function pageNeeds(house: House): readonly string[] {
  return pageFacts(house).map(({ id }) => id)
}

function pageJob(house: House): Job {
  const path = pagePath(house)
  return { files: { [path]: pageText(house) }, facts: pageFacts(house), acts: [reads(path)], wanted: [] }
}

/** A page that was shown to be wrong is written as it should be, and so is the one that copied it. */
function mending({ about, copied }: Unit, remark: Fact, draw: Draw): readonly Job[] {
  const written = (house: House): Job => {
    const [path, lines] = [pagePath(house), pageLines(house)]
    const wrong = { ...lines, plot: draw.code(), holder: draw.name() }
    const needs = [...pageNeeds(house), remark.id]
    return {
      files: {},
      facts: [],
      acts: [writes(path, wantedText(lines), needs, wantedText(wrong))],
      wanted: [{ path, lines, whole: true }],
    }
  }
  return [written(about), ...(copied === undefined ? [] : [pageJob(copied), written(copied)])]
}

function newPage(unit: Unit, remark: Fact | undefined, quotes: Quotes, draw: Draw): Job {
  const { house } = unit
  const { beside } = house
  const [path, lines] = [pagePath(house), newLines(house)]
  const needs = [
    ...(quotes.letter ? [] : [ownId(house)]),
    ...(quotes.page ? [] : pageNeeds(beside)),
    ...(remark === undefined ? [] : [remark.id]),
  ]
  const wrong = { ...lines, gate: draw.code(), 'beside plot': draw.code(), neighbour: draw.name() }
  return {
    files: {},
    facts: [],
    acts: [writes(path, wantedText(lines), needs, wantedText(wrong))],
    wanted: [{ path, lines, beside: [] }],
  }
}

function instruction(count: number, quoted: readonly string[], quotes: Quotes): string {
  const where =
    quoted.length === 0
      ? `Letters have come: \`letters/letter-1.txt\`${count === 1 ? '' : ` to \`letters/letter-${count}.txt\``}. Each asks for the page of a house that has none.`
      : `A letter has come and asks for the page of a house that has none. It reads:\n\n${quoted.map(indented).join(quotes.page ? '\n\nThe page of the house beside it is missing in the folder, and not to be made. It reads:\n\n' : '\n\n')}\n`
  return `Carry on the register of houses.

The register is in the folder \`register\`, one page for each house: the house Example has the page \`register/example.txt\` (small letters). The pages that are there were copied by somebody before you, from papers that no longer exist.

${where} Those who write know their own street: what they say of a house is so. What they only heard, ask, wish or take back says nothing.

Write a page for each of these houses, with these lines and no others:

    house: <its name>
    plot: <its plot>, built <the year>
    holder: <who has it>
    gate: <the code of the gate that it shares with the house beside it>
    beside: <the name of the house beside it>
    neighbour: <who has the house beside it>
    beside plot: <the plot of the house beside it, without the year>

Older pages have no line \`beside plot\`, and name a house beside only where there is one in the register.

When you submit, the register has to be right, as far as anybody can know from the papers; a page that is right stays as it is.
`
}
