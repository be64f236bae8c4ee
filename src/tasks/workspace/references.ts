import type { Fact, Files, SolutionAct, TaskFamily } from '../../world/index.ts'
import { drawFrom, lookBack, shares, type Draw } from './draw.ts'
import { defineFamily, reads, writes, type Draft, type Job } from './job.ts'
import { indented } from './text.ts'
import { wantedText } from './wanted.ts'

/**
 * A trail of index cards. Each names the card that comes next in a sentence that also names one which does not, and
 * every few cards one asks for a receipt with its own number and a seal that an earlier card told.
 *
 * Shortest: which card comes next stands only on the card before, and the folder holds as many cards of other trails;
 * so each card must be read before the next is known. A receipt is a file of its own, so each is an act of its own.
 */
export const references: TaskFamily = defineFamily({
  name: 'references',
  about: 'Follow a trail of cards, each of which names the next, and write the receipts that some of them ask for.',
  shortest: {
    tools: ['list', 'read', 'write', 'edit'],
    why: 'each card is named only on the card before it among as many that do not belong to the trail, one act reads one card, and each receipt is a file of its own',
    fewer:
      'with search or bash two acts do: one prints all cards, as far as the longest output and the context reach, and one command writes all receipts',
  },
  centsPerStep: 20,
  draft,
})

interface Card {
  readonly name: string
  readonly number: string
}

/** The last card of a leg asks for a receipt; any of its cards may tell a seal that later receipts need. */
interface Leg {
  readonly cards: readonly Card[]
  readonly hall: { readonly name: string; readonly seal: string }
  /** The place in `cards` of the card that tells the seal. */
  readonly told: number
}

interface Way {
  readonly fact: Fact
  /** The card that the sentence names and that does not come next. */
  readonly other: Card
}

function draft(steps: number, seed: string): Draft {
  const draw = drawFrom('references', steps, seed)
  const receipts = Math.ceil(steps / 4)
  const legs = (steps === 1 ? [0] : shares(draw, steps - receipts, receipts)).map((length): Leg => ({
    cards: Array.from({ length }, () => newCard(draw)),
    hall: { name: draw.name(), seal: draw.code() },
    told: draw.whole(0, Math.max(0, length - 1)),
  }))
  const start = newCard(draw)
  const trail = [start, ...legs.flatMap(({ cards }) => cards)]
  const ways = trail.slice(1).map((card, place) => wayTo(card, trail[place] ?? start, draw))
  const earlier = lookBack(draw, receipts)
  const needed = new Set(earlier)
  let at = 0
  const jobs = legs.map((leg, place): Job => {
    const from = earlier[place]
    const hall = from === undefined ? undefined : legs[from]?.hall
    const files: Record<string, string> = {}
    const facts: Fact[] = []
    const acts: SolutionAct[] = []
    leg.cards.forEach((card, k) => {
      const seal = k === leg.told && needed.has(place) ? sealFact(leg) : undefined
      const due = k === leg.cards.length - 1
      const [came, goes] = [ways[at], ways[at + 1]]
      files[pathOf(card)] = cardText(card, goes?.fact.text, seal?.text, due ? receiptText(hall?.name) : undefined)
      if (goes !== undefined) facts.push(goes.fact)
      if (due) facts.push(numberFact(card))
      if (seal !== undefined) facts.push(seal)
      // The quoted card names the first card to read, and the instruction is never lost.
      acts.push(at === 0 || came === undefined ? reads(pathOf(card)) : knowing(card, came))
      at++
    })
    const card = leg.cards.at(-1) ?? start
    const lines = { number: card.number, ...(hall === undefined ? {} : { seal: hall.seal }) }
    const wrong = { number: draw.code(), ...(hall === undefined ? {} : { seal: draw.code() }) }
    const path = `receipts/${card.name.toLowerCase()}.txt`
    const needs = card === start ? [] : [numberId(card), ...(hall === undefined ? [] : [sealId(hall.name)])]
    acts.push(writes(path, wantedText(lines), needs, wantedText(wrong)))
    return { files, facts, acts, wanted: [{ path, lines }] }
  })
  const strays = strayCards(
    [...ways.map(({ other }) => other), newCard(draw), newCard(draw), newCard(draw)],
    trail,
    draw,
  )
  const quoted = cardText(start, ways[0]?.fact.text, undefined, steps === 1 ? receiptText(undefined) : undefined)
  return {
    instruction: instruction(quoted),
    only: ['receipts'],
    jobs: [{ files: strays, facts: [], acts: [], wanted: [] }, ...jobs],
  }
}

function newCard(draw: Draw): Card {
  return { name: draw.name(), number: draw.code() }
}

function pathOf(card: Card): string {
  return `cards/${card.name.toLowerCase()}.txt`
}

function numberId(card: Card): string {
  return `number of ${card.name}`
}

function sealId(hall: string): string {
  return `seal of ${hall}`
}

function numberFact(card: Card): Fact {
  return {
    id: numberId(card),
    text: numberText(card),
    question: `What is the number of the card ${card.name}?`,
    answer: card.number,
  }
}

function numberText(card: Card): string {
  return `The number of ${card.name} is ${card.number}.`
}

function sealFact({ hall }: Leg): Fact {
  return {
    id: sealId(hall.name),
    text: `The seal of the hall ${hall.name} is ${hall.seal}.`,
    question: `What is the seal of the hall ${hall.name}?`,
    answer: hall.seal,
  }
}

function receiptText(hall: string | undefined): string {
  return hall === undefined
    ? 'A receipt is due for this card.'
    : `A receipt is due for this card, with the seal of the hall ${hall}.`
}

const SENTENCES: readonly [Sentence, ...Sentence[]] = [
  (next, other) => `After this card comes ${next}; the card ${other} belongs to another trail.`,
  (next, other) => `${other} is not what follows here, as some have thought, but ${next}.`,
  (next, other) => `Where ${other} used to come next, the trail now goes to ${next}.`,
  (next, other) => `Go on to ${next} and leave ${other} alone.`,
  (next, other) => `Whoever comes from ${other} took a wrong turn; from here the way leads to ${next}.`,
  (next, other) => `Next is ${next}, which was once filed under ${other}.`,
]

type Sentence = (next: string, other: string) => string

function wayTo(card: Card, from: Card, draw: Draw): Way {
  const other = newCard(draw)
  return {
    other,
    fact: {
      id: `after ${from.name}`,
      text: draw.pick(SENTENCES)(card.name, other.name),
      question: `Which card comes after ${from.name} on the trail?`,
      answer: card.name,
    },
  }
}

/** The reading of a card whose name stands on the card before. */
function knowing(card: Card, came: Way): SolutionAct {
  return { ...reads(pathOf(card)), needs: [came.fact.id], forgotten: { path: pathOf(came.other) } }
}

function cardText(card: Card, next: string | undefined, seal: string | undefined, receipt: string | undefined): string {
  const lines = [
    `Card ${card.name}`,
    '',
    numberText(card),
    seal,
    next ?? 'The trail ends at this card.',
    ...(receipt === undefined ? [] : ['', receipt]),
  ]
  return `${lines.filter((line) => line !== undefined).join('\n')}\n`
}

/** The cards that do not belong to the trail: they look like those that do, and name any cards at all. */
function strayCards(strays: readonly Card[], trail: readonly Card[], draw: Draw): Files {
  const any = [...strays, ...trail.slice(1)]
  const files: Record<string, string> = {}
  strays.forEach((card, place) => {
    const ahead = draw.whole(1, any.length - 2)
    const next = any[(place + ahead) % any.length] ?? card
    const other = any[(place + draw.whole(ahead + 1, any.length - 1)) % any.length] ?? card
    const hall = draw.name()
    const seal = draw.whole(1, 4) === 1 ? `The seal of the hall ${hall} is ${draw.code()}.` : undefined
    const receipt = draw.whole(1, 4) === 1 ? receiptText(draw.whole(0, 1) === 0 ? undefined : hall) : undefined
    files[pathOf(card)] = cardText(card, draw.pick(SENTENCES)(next.name, other.name), seal, receipt)
  })
  return files
}

function instruction(quoted: string): string {
  return `Follow a trail of index cards and write the receipts that it asks for.

The cards are in the folder \`cards\`, one text file each: the card Example is \`cards/example.txt\` (small letters). Each card says which card comes after it; it may name another card that does not. Many cards in the folder belong to other trails. The trail ends at the card that says so.

Your trail begins with this card, which is not in the folder:

${indented(quoted)}

Some cards say that a receipt is due. For each such card on your trail, write a file in the folder \`receipts\`, with the same file name as the card: for the card Example \`receipts/example.txt\`. A receipt has these lines:

    number: <the number of the card, as it stands there>
    seal: <the seal of the hall that the card names>

The line \`seal\` is only in receipts for which the card names a hall. The seal of that hall stands on an earlier card of your trail.

Write no other receipts. When all receipts of your trail are written, submit.
`
}
