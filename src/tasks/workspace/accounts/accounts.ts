import type { Fact, TaskFamily } from '../../../world/index.ts'
import { drawFrom, lookBack, type Draw } from '../draw.ts'
import { defineFamily, reads, writes, type Draft, type Job } from '../job.ts'
import { prose } from '../prose.ts'
import { indented } from '../text.ts'
import { wantedText } from '../wanted.ts'
import { newBoats, type Boat, type Remark, type Witness } from './boats.ts'
import { LAST, NEXT, OPENS, PARTY, REMARKS, SAW, SELF, TRADES, UNSEEN, type Standing } from './wordings.ts'

/**
 * Boats, and what witnesses say of where each lay one night. A word is worth what is behind it: who saw it, who has it
 * from others, who is in the owner's pay. Papers on later boats say in passing that an earlier witness was elsewhere, or
 * has taken it all back: then what was concluded from that word falls. Which witness is next is a matter of reading too.
 *
 * Shortest: a report names each witness on the trail and what that word is worth, which only the witness's own paper and
 * later remarks tell; the paper on a boat holds a code and the first name. So each is read once, and each report, a file
 * of its own, is written once, after the last paper that bears on it.
 */
export const accounts: TaskFamily = defineFamily({
  name: 'accounts',
  about: 'Weigh what witnesses say, some of whom later papers discredit, and report what follows.',
  shortest: {
    tools: ['list', 'read', 'write', 'edit'],
    why: 'which witness is next stands only on the paper before, what a word is worth only on the papers about it, one act reads or writes one file, and each report is a file of its own',
    fewer:
      'with search or bash two acts do for a worker who understands all the papers at once: one prints them, one writes all reports',
  },
  centsPerStep: 40,
  draft,
})

function draft(steps: number, seed: string): Draft {
  const draw = drawFrom('accounts', steps, seed)
  const sizes = sizesOf(steps, draw)
  const boats = newBoats(sizes, lookBack(draw, sizes.length), draw)
  const quoted: string[] = []
  const jobs: Job[] = []
  for (const [place, boat] of boats.entries()) {
    const paper = boatText(boat, draw)
    const bearings = { boat: steps <= 2, witnesses: steps === 1 }
    if (bearings.boat) quoted.push(paper)
    else jobs.push(boatJob(boat, paper))
    for (const witness of boat.witnesses) {
      const text = witnessText(witness, draw)
      if (bearings.witnesses) quoted.push(text)
      else jobs.push(witnessJob(witness, text, bearings.boat))
      jobs.push(idleJob(witness, draw))
    }
    // What a paper on this boat says may be the last that bears on an earlier one.
    for (const due of boats) if (due.ripe === place) jobs.push(reportJob(due, bearings, draw))
  }
  return { instruction: instruction(boats.length, quoted), jobs, only: ['reports'] }
}

/** Witnesses of each boat: a boat takes an act for its paper, one for each witness, and one for its report. */
function sizesOf(steps: number, draw: Draw): readonly number[] {
  if (steps <= 2) return [1]
  const sizes: number[] = []
  for (let left = steps; left > 0;) {
    // Never leave one or two acts, of which no boat can be made.
    const fits = [1, 2, 3, 4].filter((size) => left - size - 2 === 0 || left - size - 2 >= 3)
    const size = fits[draw.whole(0, fits.length - 1)] ?? 1
    sizes.push(size)
    left -= size + 2
  }
  return sizes
}

function boatPath({ number }: Boat): string {
  return `boats/boat-${number}.txt`
}

function witnessPath(name: string): string {
  return `witnesses/${name.toLowerCase()}.txt`
}

function headText({ name, log }: Boat): string {
  return `The boat ${name}, log ${log}`
}

function boatText(boat: Boat, draw: Draw): string {
  boat.first.text = prose(draw, NEXT, { next: boat.first.name, idle: boat.first.idle })
  boat.remarks.forEach((remark) => sayRemark(remark, draw))
  const says = [prose(draw, OPENS), ...boat.remarks.map(({ text }) => text), boat.first.text]
  return [headText(boat), '', ...says, ''].join('\n')
}

function boatJob(boat: Boat, text: string): Job {
  const head: Fact = {
    id: `log of ${boat.name}`,
    text: headText(boat),
    question: `Which log has the boat ${boat.name}?`,
    answer: boat.log,
  }
  return {
    files: { [boatPath(boat)]: text },
    facts: [head, pointerFact(boat.first, boat.name), ...boat.remarks.flatMap(remarkFacts)],
    acts: [reads(boatPath(boat))],
    wanted: [],
  }
}

function pointerFact(next: Witness['next'], by: string): Fact {
  return {
    id: `way to ${next.name}`,
    text: next.text,
    question: `Who is to be heard next, after what is said of or by ${by}?`,
    answer: next.name,
  }
}

function sayRemark(remark: Remark, draw: Draw): void {
  const { of, kind, so } = remark
  const who = draw.pick([of.name, `the ${of.trade} from ${of.town}`])
  remark.text = prose(draw, REMARKS[kind][so ? 'so' : 'notSo'], { who, place: draw.name() })
}

function remarkFacts({ of, kind, so, text }: Remark): readonly Fact[] {
  if (!so) return []
  const question = `What is the word of ${of.name} worth, by what somebody else says?`
  return [{ id: remarkId(of), text, question, answer: kind }]
}

function remarkId({ name }: Witness): string {
  return `remark on ${name}`
}

const CLAIMS = { counts: SAW, unseen: UNSEEN, party: PARTY } as const

function accountText({ name, trade, town, claims, berth, other }: Witness, draw: Draw): string {
  const slots = { name, trade, town, berth, other }
  return `${prose(draw, SELF, slots)} ${prose(draw, CLAIMS[claims], slots)}`
}

function witnessText(witness: Witness, draw: Draw): string {
  const { next, last, remarks } = witness
  witness.text = accountText(witness, draw)
  next.text = prose(draw, last ? LAST : NEXT, { next: next.name, idle: next.idle })
  remarks.forEach((remark) => sayRemark(remark, draw))
  const more = remarks.map(({ text }) => text)
  return [`What ${witness.name} says`, '', witness.text, ...more, next.text, ''].join('\n')
}

function accountId({ name }: Witness): string {
  return `account of ${name}`
}

function witnessJob(witness: Witness, text: string, known: boolean): Job {
  const path = witnessPath(witness.name)
  const account: Fact = {
    id: accountId(witness),
    text: witness.text,
    question: `Which berth does ${witness.name} settle on?`,
    answer: witness.berth,
  }
  const needs = known ? [] : [`way to ${witness.name}`]
  return {
    files: { [path]: text },
    facts: [
      account,
      ...(witness.last ? [] : [pointerFact(witness.next, witness.name)]),
      ...witness.remarks.flatMap(remarkFacts),
    ],
    acts: [
      needs.length === 0
        ? reads(path)
        : { ...reads(path), needs, forgotten: { path: witnessPath(witness.before.idle) } },
    ],
    wanted: [],
  }
}

/** The paper of somebody who was not there, and whom the paper before says to leave out. */
function idleJob({ before, after }: Witness, draw: Draw): Job {
  const files: Record<string, string> = {}
  for (const { idle } of after === undefined ? [before] : [before, after]) {
    const claims = draw.pick(['counts', 'unseen', 'party'] as const)
    const slots = { name: idle, trade: draw.pick(TRADES), town: draw.name(), berth: draw.name(), other: draw.name() }
    const says = `${prose(draw, SELF, slots)} ${prose(draw, CLAIMS[claims], slots)}`
    const next = prose(draw, LAST, { idle: draw.name() })
    files[witnessPath(idle)] = [`What ${idle} says`, '', says, next, ''].join('\n')
  }
  return { files, facts: [], acts: [], wanted: [] }
}

function reportJob(boat: Boat, quoted: { readonly boat: boolean; readonly witnesses: boolean }, draw: Draw): Job {
  const path = `reports/boat-${boat.number}.txt`
  const { witnesses } = boat
  const standings = (of: (witness: Witness) => Standing): Record<string, string> =>
    Object.fromEntries(witnesses.map((witness) => [witness.name, of(witness)]))
  const lines = { log: boat.log, berth: boat.berth, ...standings(({ standing }) => standing) }
  const wrong = {
    log: quoted.boat ? boat.log : draw.code(),
    berth: draw.name(),
    ...standings(({ standing, claims }) => (standing === claims ? draw.pick(['counts', 'unseen']) : claims)),
  }
  const needs = quoted.witnesses
    ? []
    : [
        ...(quoted.boat ? [] : [`log of ${boat.name}`]),
        ...witnesses.map(accountId),
        ...witnesses.filter(({ standing, claims }) => standing !== claims).map(remarkId),
      ]
  return {
    files: {},
    facts: [],
    acts: [writes(path, wantedText(lines), needs, wantedText(wrong))],
    wanted: [{ path, lines, beside: [] }],
  }
}

function instruction(count: number, quoted: readonly string[]): string {
  const where =
    quoted.length === 0
      ? `The papers on the boats are \`boats/boat-1.txt\`${count === 1 ? '' : ` to \`boats/boat-${count}.txt\``}.`
      : `There is one boat, boat 1. ${quoted.length === 1 ? 'Its paper is' : 'The papers are'} not in the folder. ${quoted.length === 1 ? 'It reads' : 'They read'}:\n\n${quoted.map(indented).join('\n\n')}\n`
  return `Find out where each boat lay on a certain night, from what witnesses say.

${where} The paper on a boat says whom to hear first; what somebody says is in \`witnesses\`, for example \`witnesses/example.txt\` for Example (small letters). Each witness says whom to hear next, if anybody. Hear those and no others: some who are named were not there.

What a word is worth, by the first line that fits:

    taken back   the witness has taken it back
    away         the witness was somewhere else that night
    unseen       the witness did not see the boat at its berth
    party        the witness is kin to the owner of the boat, by blood or marriage, or in the owner's pay
    counts       none of these

Papers on other boats may tell of a witness, in passing; what they tell of somebody else is true. A report has to be right by all that the papers say in the end, whenever it was written.

The berth is the one named by those whose word counts; where there are none, the one named by those who are a party; else unknown.

For each boat write a file \`reports/boat-<number>.txt\` with these lines and no others:

    log: <the log of the boat, from the first line of its paper>
    berth: <the name of the berth, or unknown>
    <name of a witness>: <what the word is worth>

with one line for each witness. When every boat has its report, submit.
`
}
