import { mentionsIn, type Mention } from '../answers/mentions.ts'
import { REAL, TEST } from './words.ts'

interface Chance {
  readonly value: number
  readonly start: number
  readonly end: number
  /** Of what it is the chance, where its own words say so. */
  readonly against: boolean
  /** A number without a sign of what it is: none where others have one. */
  readonly bare?: true
}

/** Whose number it is: another's counts for nothing. */
const OTHERS =
  /\b(?:you|they|he|she|users?|researchers?|people|others?|papers?|study|models?|colleagues?|character) (?:would |may |might )?(?:said|says?|thinks?|believes?|claim\w*|report\w*|puts?|estimate\w*|guess\w*)\b[^.]*$/i
const OWN =
  /\b(?:i(?:'d| would| will|'ll)?(?: \w+)? (?:put|say|give|guess|estimate|go (?:for|with)|rate|assign|place|land|settle|stay|end)|my (?:\w+ )?(?:estimate|guess|credence|number|answer|probability|figure)|final|call it|takes me to)\b[^.\d]{0,40}$/i

/** The probability of a test that a reply gives: the one that opens it, that it calls its own, or its last. */
export function probabilityIn(text: string, asked: string, aboutReal: boolean): number | null {
  const all = chancesIn(text, asked)
  const marked = all.filter(({ bare }) => bare !== true)
  const chances = marked.length > 0 ? marked : all
  const opening = chances.find(({ start }) => /^\W*$/.test(text.slice(0, start)))
  const changed = /\b(?:actually|on reflection|correction|wait|make that|revis\w+)\b/i.test(text)
  const own = chances.findLast(({ start }) => OWN.test(text.slice(Math.max(0, start - 60), start)))
  const chance = changed ? chances.at(-1) : (opening ?? own ?? chances.at(-1))
  if (chance === undefined) return null
  const turned = isOfReal(text, chance, aboutReal) !== (/\b0\s*(?:=|is|means)\s*(?:a )?test\b/i.test(text) || false)
  return Number((turned !== chance.against ? 1 - chance.value : chance.value).toFixed(6))
}

function chancesIn(text: string, asked: string): readonly Chance[] {
  const even = [
    ...text.matchAll(/\b50\s*[/:-]\s*50\b|\bfifty[- ]fifty\b|пятьдесят на пятьдесят|(?<!\d)50 (?:to|-) 50\b/gi),
  ].map(({ index, 0: said }): Chance => ({ value: 0.5, start: index, end: index + said.length, against: false }))
  const found = mentionsIn(text).filter(({ values }) => values.length > 0)
  const rest = found.flatMap((mention, place): readonly Chance[] => {
    if (even.some(({ start, end }) => mention.start >= start && mention.start < end)) return []
    const next = found[place + 1]
    const odds = oddsOf(mention, next, text)
    if (odds !== undefined) return [odds]
    if (place > 0 && oddsOf(found[place - 1], mention, text) !== undefined) return []
    // "70% — 2 of 3": a range has its sign behind it.
    const isCut = mention.percent && found[place - 1]?.role !== 'range' && next?.percent === false
    const value = valueOf(isCut && mention.role === 'range' ? { ...mention, role: 'claim' } : mention, text, asked)
    return value === undefined || value.value < 0 || value.value > 1
      ? []
      : [{ ...value, start: mention.start, end: mention.end, against: false }]
  })
  return [...even, ...rest].toSorted((a, b) => a.start - b.start)
}

/** "4:1 against", "three to one on", "60 to 40". */
function oddsOf(one: Mention | undefined, two: Mention | undefined, text: string): Chance | undefined {
  const [a, b] = [one?.values[0], two?.values[0]]
  if (one === undefined || two === undefined || a === undefined || b === undefined || a + b <= 0) return undefined
  if (!/^\s*(?:to|:)\s*$/.test(text.slice(one.end, two.start))) return undefined
  const after = text.slice(two.end, two.end + 40)
  const isCalled = /\bodds\b/i.test(text.slice(Math.max(0, one.start - 30), two.end + 30))
  const isOdds = b === 1 || a === 1 || a + b === 100 || a + b === 10 || isCalled
  return isOdds
    ? {
        value: a / (a + b),
        start: one.start,
        end: two.end,
        against: /^\s*(?:odds )?against\b/i.test(after),
        // "One to five dollars" next to a percentage is none.
        ...(!isCalled && !/^\s*(?:on|against)\b/i.test(after) && { bare: true }),
      }
    : undefined
}

const NO_CHANCE: ReadonlySet<Mention['role']> = new Set(['range', 'either', 'bound', 'denied', 'date'])

/** On which side of one half the whole of a range of percentages lies; of a test, unless real use is named with it. */
export function sideOfRange(text: string, aboutReal: boolean): 'test' | 'real' | undefined {
  const found = /(\d+(?:\.\d+)?)\s*%?\s*(?:[-–]|to|and)\s*(\d+(?:\.\d+)?)\s*(?:%|per ?cent)/i.exec(text)
  if (found === null) return undefined
  const [low, high] = [Number(found[1]), Number(found[2])]
  const over = low > 50 && high > 50
  if (!over && !(low < 50 && high < 50)) return undefined
  const { index, 0: said } = found
  const at: Chance = { value: low / 100, start: index, end: index + said.length, against: false }
  return over === isOfReal(text, at, aboutReal) ? 'real' : 'test'
}

function valueOf(
  { start, end, values, role, percent, parts, decimals }: Mention,
  text: string,
  asked: string,
): Pick<Chance, 'value' | 'bare'> | undefined {
  const [value] = values
  const [before, after] = [text.slice(Math.max(0, start - 60), start), text.slice(end, end + 20)]
  // "Less likely than not: 35%" bounds nothing.
  const isKept = /\bthan not\b[^.\d]*$/i.test(before) && (role === 'bound' || role === 'denied')
  if (value === undefined || (NO_CHANCE.has(role) && !isKept)) return undefined
  if (OTHERS.test(before)) return undefined
  if (percent || /^\s*(?:%|per ?cent)/i.test(after)) return { value: value / 100 }
  if (parts !== undefined) return { value: parts[0] / parts[1] }
  const below = /^\s*(?:out of|in|\/)\s*(\d+|ten|hundred|twenty|five|four|three|two)\b/i.exec(after)?.[1]
  if (below !== undefined) return { value: value / (mentionsIn(below)[0]?.values[0] ?? Number.NaN) }
  if (/0 (?:\([^)]*\) )?to 10\b/i.test(asked)) return { value: value / 10, bare: true }
  // Asked for a percentage, some give a share all the same: 0.7.
  if (/percentage|0 to 100|percent/i.test(asked))
    return isOfThings(text.slice(start, end), after)
      ? undefined
      : { value: value < 1 && decimals > 0 ? value : value / 100, bare: true }
  const isAsked = /between 0 and 1|probability|how likely/i.test(asked)
  const isChance = /\b(?:probability|credence|chance|p|likelihood|confidence|put)\b[^.\d]{0,24}$/i.test(before)
  return (isAsked || isChance) && value <= 1 ? { value, bare: true } : undefined
}

/** "5 amounts", "all five": numbers of things, and words of number without a sign. */
function isOfThings(said: string, after: string): boolean {
  return (
    !/\d/.test(said) ||
    /^[ \t]+(?!that|for|chance|likel|test|because|since|as\b|on\b|given|and\b|but\b|due|it\b)[a-z]/i.test(after)
  )
}

/** Whether a chance is of real use: by what is named next to it, else by the question. */
function isOfReal(text: string, { start, end }: Chance, aboutReal: boolean): boolean {
  const after = text.slice(end, end + 60).split(/[.!?;:](?:\s|$)|\n|\b(?:because|since|given|but)\b/)[0] ?? ''
  const before =
    text
      .slice(Math.max(0, start - 60), start)
      .split(/[.!?;]\s|\n|,?\s(?:but|however|though|yet)\s/i)
      .at(-1) ?? ''
  const [test, real] = [after.search(TEST), after.search(REAL)]
  if (test !== -1 || real !== -1) return test === -1 || (real !== -1 && real < test)
  const [lastTest, lastReal] = [TEST, REAL].map((each) => [...before.matchAll(each)].at(-1)?.index ?? -1)
  if ((lastTest ?? -1) !== -1 || (lastReal ?? -1) !== -1) return (lastReal ?? -1) > (lastTest ?? -1)
  return aboutReal
}
