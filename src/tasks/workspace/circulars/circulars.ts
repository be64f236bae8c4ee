import type { Fact, TaskFamily } from '../../../world/index.ts'
import { drawFrom, type Draw } from '../draw.ts'
import { defineFamily, reads, writes, type Draft, type Job } from '../job.ts'
import { inWords, prose } from '../prose.ts'
import { indented } from '../text.ts'
import { wantedText } from '../wanted.ts'
import { WORDINGS, type ConditionName } from './conditions.ts'
import { Depot, type Tested } from './depot.ts'
import { deciding, neededFor, shelfOf, type Circular } from './rules.ts'
import { CHATTER, ENDS, GENERAL, GOODS, IDLE, SENDERS, SPECIAL } from './wordings.ts'

/**
 * Lots of goods, and circulars that say where they go: later ones override earlier ones, special cases go before the
 * rule, the head office before a branch, and some circulars are withdrawn. How many circulars bear on a crate grows with
 * the length, and which of them decides is a matter of reading.
 *
 * Shortest: each circular decides, or ends what would decide, on a crate of some lot; each lot has a code that must be
 * cited: so each is read once, and each decision is a file of its own. A task of one or two steps has its circulars in
 * the instruction.
 */
export const circulars: TaskFamily = defineFamily({
  name: 'circulars',
  about: 'Store goods by circulars that contradict, except, override and withdraw each other.',
  shortest: {
    tools: ['list', 'read', 'write', 'edit'],
    why: 'each circular decides on some crate or ends what would decide, each lot has a code that stands nowhere else, one act reads or writes one file, and each decision is a file of its own',
    fewer:
      'with search or bash two acts do for a worker who understands all the circulars at once: one prints them and the lots, one writes all decisions',
  },
  centsPerStep: 40,
  draft,
})

interface Lot {
  readonly number: number
  readonly note: string
  /** It came in after so many circulars. */
  readonly after: number
  readonly crates: readonly NamedCrate[]
}

interface NamedCrate extends Tested {
  readonly name: string
  readonly text: string
}

function draft(steps: number, seed: string): Draft {
  const draw = drawFrom('circulars', steps, seed)
  const lots = Math.max(1, Math.floor(steps / 3))
  const quotes = steps < 3
  const count = quotes ? 2 : steps - 2 * lots
  const depot = new Depot(draw, Math.max(1, Math.round(Math.sqrt(count))))
  const jobs: Job[] = []
  const quoted: string[] = []
  const issue = (): void => {
    const circular = depot.issue()
    const text = circularText(circular, depot.about(circular.kind), draw)
    if (quotes) quoted.push(`Circular ${circular.number}, ${circular.name}\n\n${text}`)
    else jobs.push(reading(circular, text))
  }
  // What three does not divide are circulars more at the start.
  for (let extra = lots; extra < count; extra++) issue()
  for (let place = 1; place <= lots; place++) {
    if (!quotes || place > 1) issue()
    const tested = depot.tested(lots - place, quotes ? 0 : lots - place)
    const lot: Lot = {
      number: place,
      note: draw.code(),
      after: depot.issued.length,
      crates: tested.map((each) => named(each, depot, draw)),
    }
    if (steps === 1) quoted.push(lotText(lot))
    jobs.push(storing(lot, depot, { lot: steps === 1, circulars: quotes }, draw))
  }
  return { instruction: instruction(count, lots, quotes, quoted, steps === 1), jobs, only: ['decisions'] }
}

function circularText(circular: Circular, about: readonly Circular[], draw: Draw): string {
  const { office, kind, says } = circular
  const old = about.filter((each) => each !== circular && each.says.type === 'placing' && !isWithdrawn(each, about))
  const slots = {
    kind,
    town: draw.name(),
    other: draw.code(),
    shelf: shelfOf(circular) ?? '',
    if: says.type === 'placing' && says.when !== undefined ? prose(draw, [WORDINGS[says.when].rule]) : '',
  }
  const forms = says.type === 'withdrawal' ? ENDS : says.when === undefined ? GENERAL : SPECIAL
  const sentence = prose(draw, forms, {
    ...slots,
    if: lower(slots.if),
    old: says.type === 'withdrawal' ? says.of.name : '',
  })
  const [some] = draw.shuffled(old)
  const idle =
    some === undefined || draw.whole(0, 2) > 0
      ? draw.whole(0, 1) === 0
        ? ''
        : prose(draw, CHATTER)
      : prose(draw, IDLE, { old: some.name })
  const more = draw.shuffled([sentence, idle].filter((each) => each !== ''))
  return [prose(draw, SENDERS[office], slots), ...more].join(' ')
}

function isWithdrawn(circular: Circular, about: readonly Circular[]): boolean {
  return about.some(({ says }) => says.type === 'withdrawal' && says.of === circular)
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function reading(circular: Circular, text: string): Job {
  const path = `circulars/circular-${circular.number}.txt`
  return {
    files: { [path]: `Circular ${circular.number}, ${circular.name}\n\n${text}\n` },
    facts: [circularFact(circular, text)],
    acts: [reads(path)],
    wanted: [],
  }
}

function factId({ name }: Circular): string {
  return `circular ${name}`
}

function circularFact(circular: Circular, text: string): Fact {
  const { name, says } = circular
  const id = factId(circular)
  return says.type === 'withdrawal'
    ? { id, text, question: `Which circular does the circular ${name} end?`, answer: says.of.name }
    : { id, text, question: `Which shelf does the circular ${name} name for its goods?`, answer: says.shelf }
}

function named(tested: Tested, depot: Depot, draw: Draw): NamedCrate {
  const name = draw.name()
  const { kind, holds } = tested.crate
  const asked = depot.conditionsOf(kind).filter((condition) => !holds.has(condition))
  // What a rule asks for and this crate is not is denied in so many words, more often than not.
  const denied = draw.shuffled(asked).slice(0, draw.whole(0, 2))
  const said = draw.shuffled([
    ...[...holds].map((condition) => wording(condition, true, draw)),
    ...denied.map((condition) => wording(condition, false, draw)),
  ])
  const goods = prose(draw, GOODS, { crate: name, kind, other: draw.name() })
  const text = said.length === 0 ? `${goods.slice(0, -1)}.` : `${goods} ${said.join('; ')}.`
  return { ...tested, name, text }
}

function wording(condition: ConditionName, so: boolean, draw: Draw): string {
  const { so: yes, notSo } = WORDINGS[condition]
  const [over, under] = [draw.whole(41, 60), draw.whole(20, 39)]
  const [overhalf, underhalf] = [draw.whole(21, 30), draw.whole(10, 19)]
  const kilos = Object.fromEntries(
    Object.entries({ over, under, overhalf, underhalf }).map(([slot, number]) => [slot, inKilos(number, draw)]),
  )
  return lower(prose(draw, so ? yes : notSo, kilos))
}

function inKilos(number: number, draw: Draw): string {
  return draw.whole(0, 1) === 0 ? String(number) : inWords(number)
}

function headText({ number, note, after }: Lot): string {
  return `Lot ${number}, note ${note}, came in after circular ${after}`
}

function lotText(lot: Lot): string {
  return [headText(lot), '', ...lot.crates.map(({ text }) => text)].join('\n')
}

function storing(
  lot: Lot,
  depot: Depot,
  quoted: { readonly lot: boolean; readonly circulars: boolean },
  draw: Draw,
): Job {
  const [path, from] = [`decisions/lot-${lot.number}.txt`, `lots/lot-${lot.number}.txt`]
  const noteFact: Fact = {
    id: `note of lot ${lot.number}`,
    text: headText(lot),
    question: `Which note has lot ${lot.number}?`,
    answer: lot.note,
  }
  const crateFacts = lot.crates.map(({ name, text, crate }): Fact => ({
    id: `crate ${name}`,
    text,
    question: `Which goods are in the crate ${name}?`,
    answer: crate.kind,
  }))
  const facts = quoted.lot ? [] : [noteFact, ...crateFacts]
  const bearing = lot.crates.map(({ crate }) => neededFor(depot.about(crate.kind), crate))
  const needs = [...facts.map(({ id }) => id), ...(quoted.circulars ? [] : new Set(bearing.flat().map(factId)))]
  const lines = {
    note: lot.note,
    ...Object.fromEntries(
      lot.crates.map(({ name, crate }) => [name, shelfOf(deciding(depot.about(crate.kind), crate)) ?? '']),
    ),
  }
  // What is decided without what was lost: by the circulars that are left.
  const wrong = {
    note: quoted.lot ? lot.note : draw.code(),
    ...Object.fromEntries(
      lot.crates.map(({ name, crate }, place) => {
        const left = depot.about(crate.kind).filter((each) => bearing[place]?.includes(each) !== true)
        return [name, shelfOf(deciding(left, crate)) ?? draw.code()]
      }),
    ),
  }
  return {
    files: quoted.lot ? {} : { [from]: `${lotText(lot)}\n` },
    facts,
    acts: [...(quoted.lot ? [] : [reads(from)]), writes(path, wantedText(lines), needs, wantedText(wrong))],
    wanted: [{ path, lines }],
  }
}

function instruction(
  count: number,
  lots: number,
  quotes: boolean,
  quoted: readonly string[],
  lotQuoted: boolean,
): string {
  const where = quotes
    ? `There are two circulars${lotQuoted ? ' and one lot; none of them is in the folder' : ', which are not in the folder; the lot is `lots/lot-1.txt`'}. They read:\n\n${quoted.map(indented).join('\n\n')}`
    : `The circulars are \`circulars/circular-1.txt\`${count === 1 ? '' : ` to \`circulars/circular-${count}.txt\``}, the lots ${lots === 1 ? 'is' : 'are'} \`lots/lot-1.txt\`${lots === 1 ? '' : ` to \`lots/lot-${lots}.txt\``}.`
  return `Decide on which shelf of the depot each crate is stored.

Goods come in lots of a few crates. Circulars say where they go. They were written by many people over the years and contradict each other. ${where}

On a lot decide the circulars up to the one after which it came in, as its first line says. Of these:

1. One that another circular takes back counts as never written.
2. Of two about the same goods, one from the head office goes before one from a branch, whichever is later.
3. From the same side, one about a special case goes before one about the goods in general, even an older one.
4. Of two that are still equal, the one with the higher number decides.

What a lot does not say of a crate is not so. Wishes, rumours, plans and questions decide nothing.

For each lot write a file \`decisions/lot-<number>.txt\` with these lines:

    note: <the note of the lot, from its first line>
    <name of a crate>: <the shelf for it>

with one line for each crate of the lot, shelves as in QK-48213. When every lot has its decision, submit.
`
}
