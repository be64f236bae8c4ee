import { pick, randomFrom } from '../../src/record/index.ts'
import type { Key } from './key.ts'

const SUBJECTS = [
  'the morning shift',
  'my old team',
  'the people upstairs',
  'the whole workshop',
  'our apprentice',
  'the night crew',
]
const VERBS = [
  'kept talking about',
  'could never agree on',
  'had a long laugh over',
  'came back again to',
  'got used to',
  'wrote notes about',
]
const OBJECTS = [
  'the noise of the hall',
  'coffee in paper cups',
  'the way the lamps hum',
  'old habits',
  'how mornings feel',
  'the paint on the doors',
]
const ENDS = [
  'and that was that',
  'as people do',
  'if you know what I mean',
  'and I still smile about it',
  'which is just how it goes',
  'and so on',
]
const THINGS = ['gears', 'valves', 'hinges', 'brackets', 'filters', 'pumps', 'sensors', 'cables', 'frames', 'bearings']

type Claim = Key['claims'][number]

function point(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** A long talk of two people, made by rule, with what is in it: claims all over its length, one unknown, one thing to come. */
export function talk(words: number): { readonly text: string; readonly key: Key } {
  const random = randomFrom('talk', 'two hours')
  const claims: Claim[] = THINGS.flatMap((thing, index): Claim[] => {
    const of = 40 + 7 * index
    const found = of - 3 - index
    const one = `the tool found ${found} of ${of} cracks in the ${thing}`
    const two = `It took ${index + 3} minutes less for a tray of ${thing} than before`
    const three = `Somebody at a fair told me that they sort ${thing} without any people now`
    return [
      { id: `a${index}`, point: point(one), source: 'talk.txt', quote: one, speaker: 'Ina', stance: 'asserted' },
      {
        id: `b${index}`,
        point: `A tray of ${thing} took ${index + 3} minutes less with the tool than before.`,
        source: 'talk.txt',
        quote: two,
        speaker: 'Ina',
        stance: 'asserted',
      },
      ...(index % 3 === 0
        ? [
            {
              id: `c${index}`,
              point: `A firm is said to sort ${thing} without people.`,
              source: 'talk.txt',
              quote: three,
              speaker: 'Ina',
              stance: 'hearsay' as const,
            },
          ]
        : []),
    ]
  })
  const unknown = 'It is not known whether the tool changes how many parts are sent back'
  const coming = 'In September the second hall gets the tool as well'
  const planted = [...claims.map(({ quote }) => quote), unknown, coming]
  const lines: string[] = []
  let count = 0
  let next = 0
  while (count < words || next < planted.length) {
    const chat = Array.from(
      { length: 6 },
      () =>
        `You see, ${pick(SUBJECTS, random)} ${pick(VERBS, random)} ${pick(OBJECTS, random)}, ${pick(ENDS, random)}.`,
    )
    const due = next < planted.length && count >= (next * words) / planted.length
    const said = due ? planted[next++] : undefined
    const turn =
      said === undefined
        ? chat
        : [...chat.slice(0, 3), `${said.charAt(0).toUpperCase()}${said.slice(1)}.`, ...chat.slice(3)]
    const line = `${lines.length % 2 === 0 ? 'Ina' : 'Otto'}: ${turn.join(' ')}`
    lines.push(line)
    count += line.split(' ').length
  }
  const text = `${lines.join('\n\n')}\n`
  const spoken = claims.map((claim) => {
    const at = text.indexOf(`${claim.quote.charAt(0).toUpperCase()}${claim.quote.slice(1)}`)
    return { ...claim, quote: text.slice(at, at + claim.quote.length) }
  })
  return {
    text,
    key: {
      title: 'A tool that looks for cracks',
      sources: ['talk.txt'],
      takeaways: [{ point: claims[0]?.point ?? '', claims: ['a0', 'a1', 'b0'] }],
      claims: spoken,
      contradictions: [],
      duplicates: [],
      unknowns: [{ point: `${unknown}.`, source: 'talk.txt', quote: unknown }],
      watchlist: [{ point: `${coming}.`, source: 'talk.txt', quote: coming }],
      must_not: [],
    },
  }
}
