import { mentionsIn, type Mention } from './mentions.ts'
import { afterCorrection } from './negation.ts'
import { plainText, unmarked } from './plain.ts'
import { unitAsked, type Unit } from './units.ts'

/** The known answer, as a number. */
export interface Wanted {
  readonly value: number
  /** Digits behind the point, as written. */
  readonly decimals: number
  readonly percent: boolean
  readonly unit?: Unit
  readonly long?: string
}

/** Reads the known answer; nothing where it is not one number. */
export function wantedNumber(expected: string): Wanted | undefined {
  const text = unmarked(plainText(expected)).trim()
  const found = mentionsIn(text).filter(({ values }) => values.length > 0)
  const [only] = found
  if (only === undefined || found.length > 1) return undefined
  const [value] = only.values
  if (value === undefined) return undefined
  const { decimals, percent, unit, long } = only
  return { value, decimals, percent, ...(unit !== undefined && { unit }), ...(long !== undefined && { long }) }
}

/** Relative, for what floating point alone keeps apart. */
const ROUNDING = 1e-9

/**
 * Whether an answer gives the known number, as a careful person reads it: the number that the answer settles on, not any that occurs.
 *
 * - units are converted where the question names one; another quantity or currency is wrong
 * - whole numbers agree only when equal; decimals agree too where one is the other rounded to three significant digits or more
 * - numbers of the question, operands, dates, marks of lists and denied numbers are not the answer
 */
export function givesNumber(answer: string, wanted: Wanted, question = ''): boolean {
  const asked = askedBy(question, wanted)
  return claims(answer, asked).some((claim) => agrees(claim, wanted, asked))
}

interface Asked {
  readonly unit?: Unit
  /** The number is asked for in percent. */
  readonly percent: boolean
  /** A decimal or fraction is asked for, so that a percentage is none. */
  readonly decimal: boolean
  readonly year: boolean
  readonly given: readonly number[]
  readonly zero: boolean
  /** How far something fell is asked: a sign says nothing. */
  readonly fall: boolean
  /** One of several is asked for: 1 in 6 is a share. */
  readonly chance: boolean
  readonly count: boolean
  /** Decimals asked for. */
  readonly decimals?: number
}

function askedBy(question: string, { unit, percent, value }: Wanted): Asked {
  const text = unmarked(plainText(question))
  const named = unit ?? unitAsked(text)
  const decimals = decimalsAsked(text)
  return {
    ...(named !== undefined && { unit: named }),
    percent: percent || /(?<!\d\s?)(?:%|\bper ?cent(?:age)?s?\b)/i.test(text),
    decimal:
      /\b(?:as an?|to an?|in) (?:simplified )?(?:decimal|fraction)|\bdecimal (?:form|number)|how many|\d\s?%\s*of\b/i.test(
        text,
      ),
    year: /\b(?:year|when|date|born)\b/i.test(text),
    given: mentionsIn(text).flatMap(({ values }) => values.slice(0, 1)),
    zero: value === 0,
    fall:
      value > 0 && /\b(?:f[ae]ll|fallen|drop|decreas\w*|declin\w*|los[et]|shrink|shrank|reduc\w*|cut)\b/i.test(text),
    chance: /\b(?:probability|chance|odds|share|fraction|proportion|likelihood)\b/i.test(text),
    count: /\bhow many\b|\bnumber of\b/i.test(text),
    ...(decimals !== undefined && { decimals }),
  }
}

/** "to two decimals", "to the nearest cent". */
function decimalsAsked(text: string): number | undefined {
  const [, said] = /\b(\w+)[ -]decimal(?: place)?s?\b/i.exec(text) ?? []
  const digits = said === undefined ? undefined : mentionsIn(said)[0]?.values[0]
  const nearest = /\bnearest (tenth|hundredth|thousandth|cent)\b/i.exec(text)?.[1]?.toLowerCase()
  return digits ?? (nearest === undefined ? undefined : { tenth: 1, hundredth: 2, thousandth: 3, cent: 2 }[nearest])
}

/** Words that bring a result. */
const CONCLUDES =
  /(?:[=≈→⇒∴]|->|=>|\b(?:so|therefore|thus|hence|answer|result|final(?:ly)?|in total|total(?:s|ling)?|altogether|mak(?:es|ing)|equals|giv(?:es|ing)|yield(?:s|ing)|leav(?:es|ing)|comes to|works out|which is|that is|that's|i\.e\.|sum)\b)/gi

const ANSWER = /\b(?:final answer|answer|result|final)\b[^\n\d.]{0,24}?(?:\bis\b|\bwould be\b|[:=])/gi

/** The numbers that an answer may settle on: one, or its first and last where nothing says which. */
function claims(answer: string, asked: Asked): readonly Mention[] {
  const text = plainText(answer)
  for (const part of [...boxes(text), ...afterCorrection(text)]) {
    const found = claimsOf(part, asked)
    if (found.length > 0) return found
  }
  const roman = romanValue(unmarked(text).trim())
  if (roman !== undefined) return [{ ...NONE, values: [roman] }]
  return asked.zero && saysNone(unmarked(text)) ? [NONE] : []
}

function boxes(text: string): readonly string[] {
  const last = [...text.matchAll(/\\(?:boxed|fbox)\s*\{((?:[^{}]|\{[^{}]*\})*)\}/g)].at(-1)
  return last?.[1] === undefined ? [] : [last[1]]
}

function claimsOf(marked: string, asked: Asked): readonly Mention[] {
  const text = unmarked(marked)
  const open = candidates(text, asked)
  if (open.length === 0) return []
  const after = open.filter(({ start }) => start >= lastEnd(text, ANSWER))
  if (lastEnd(text, ANSWER) > 0 && after[0] !== undefined) return after.slice(0, 1)
  const bold = [...marked.matchAll(/(?:\*\*|__)(?=\S)(.+?)(?:\*\*|__)/g)].flatMap(([, inside = '']) =>
    candidates(unmarked(inside), asked),
  )
  if (bold.length === 1) return bold
  const last = sentences(text).findLast(({ from, to }) => open.some(({ start }) => start >= from && start < to))
  if (last !== undefined) {
    const said = text.slice(last.from, last.to)
    for (const mark of [...said.matchAll(CONCLUDES)].toReversed()) {
      const from = last.from + mark.index + mark[0].length
      const next = open.find(({ start }) => start >= from && start < last.to)
      if (next !== undefined) return [next]
    }
  }
  return [...new Set([open.at(0), open.at(-1)])].filter((one) => one !== undefined)
}

/** Numbers that can be the answer: the best kind that the text has. */
function candidates(text: string, { given, year, unit }: Asked): readonly Mention[] {
  const found = inUnitAsked(
    mentionsIn(text).filter(({ values }) => values.length > 0),
    unit,
  )
  const own = (mention: Mention): boolean => !mention.values.some((value) => given.includes(value))
  const of = (...roles: readonly Mention['role'][]): readonly Mention[] =>
    found.filter(({ role }) => roles.includes(role))
  const claimed = year ? of('claim', 'year', 'date') : of('claim')
  const weak = of('weak')
  // A range that the question states is not the answer's doubt.
  const stated = of('range')
    .filter((mention) => !own(mention))
    .slice(-1)
  const kinds = [claimed.filter(own), claimed, weak.filter(own), weak, of('code'), stated]
  return kinds.find((kind) => kind.length > 0) ?? []
}

/** What is written in the unit asked for beats the same in another, in brackets too: "4,200 ft (1,280 m)". */
function inUnitAsked(found: readonly Mention[], unit: Unit | undefined): readonly Mention[] {
  if (unit === undefined) return found
  const isAsked = (mention: Mention): boolean => mention.unit?.of === unit.of && mention.unit.size === unit.size
  const asked = found.filter((mention) => isAsked(mention) && (mention.role === 'claim' || mention.role === 'weak'))
  const others = new Set(found.filter((mention) => mention.unit?.of === unit.of && !isAsked(mention)))
  if (asked.length === 0 || others.size === 0) return found
  const [only] = asked.length === 1 ? asked : []
  return found
    .filter((mention) => !others.has(mention))
    .map((mention) => (mention === only ? { ...mention, role: 'claim' } : mention))
}

function lastEnd(text: string, pattern: RegExp): number {
  const last = [...text.matchAll(pattern)].at(-1)
  return last === undefined ? 0 : last.index + last[0].length
}

function sentences(text: string): readonly { readonly from: number; readonly to: number }[] {
  const ends = [...text.matchAll(/[.!?](?=\s|$)|\n+/g)].map(({ index }) => index + 1)
  return [0, ...ends].map((from, place) => ({ from, to: ends[place] ?? text.length }))
}

const NONE: Mention = {
  start: 0,
  end: 0,
  values: [0],
  decimals: Infinity,
  fraction: false,
  percent: false,
  role: 'claim',
}

const ROMAN: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 }

/** The value of an answer that is a Roman numeral and nothing else. */
function romanValue(text: string): number | undefined {
  if (!/^(?=[IVXLCDM]{2,}\.?$)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\.?$/.test(text))
    return undefined
  const values = Array.from(text.replace('.', ''), (sign) => ROMAN[sign] ?? 0)
  return values.reduce((sum, value, place) => sum + (value < (values[place + 1] ?? 0) ? -value : value), 0)
}

function saysNone(text: string): boolean {
  return /^\W*(?:none|nothing|nobody|no one|not (?:one|a single|any))\b|^\W*no\s+[a-z]|\bthere (?:are|were|is|was) (?:no|none|not any)\b|\bnone (?:of|at all)\b/i.test(
    text,
  )
}

function agrees(claim: Mention, wanted: Wanted, asked: Asked): boolean {
  const [top, below] = claim.parts ?? []
  const others = [
    ...(asked.fall ? claim.values.map((value) => -value) : []),
    // "7/50 failed" counts seven; "1 in 6" is a share where one is asked for.
    ...(top !== undefined && asked.count && !asked.chance ? [top] : []),
    ...(top !== undefined && below !== undefined && asked.chance ? [top / below] : []),
  ]
  return (
    claim.values.some((value) => agreesAs(value, claim, wanted, asked)) ||
    others.some((value) =>
      agreesAs(value, { ...claim, fraction: false, decimals: asked.chance ? Infinity : claim.decimals }, wanted, asked),
    )
  )
}

function agreesAs(read: number, claim: Mention, wanted: Wanted, asked: Asked): boolean {
  if (claim.unit !== undefined && asked.unit !== undefined && claim.unit.of !== asked.unit.of) return false
  const scale = claim.unit === undefined || asked.unit === undefined ? 1 : claim.unit.size / asked.unit.size
  let value = read * scale
  let decimals = claim.decimals - (scale === 1 ? 0 : Math.log10(scale))
  if (claim.percent && !asked.percent) {
    if (asked.decimal) return false
    value /= 100
    decimals += 2
  } else if (claim.percent && !wanted.percent && near(value / 100, wanted.value)) value /= 100
  if (claim.fraction && Number.isInteger(read)) return false
  if (wanted.long !== undefined) return claim.long === wanted.long && Math.sign(value) === Math.sign(wanted.value)
  if (near(value, wanted.value)) return true
  if (Number.isInteger(wanted.value) || scale !== 1 || decimals < Math.max(1, asked.decimals ?? 1)) return false
  return (
    roundsTo(wanted.value, value, decimals) ||
    (wanted.decimals + 2 <= decimals && roundsTo(value, wanted.value, wanted.decimals))
  )
}

function near(a: number, b: number): boolean {
  return (
    Math.abs(a - b) <= (Number.isInteger(a) && Number.isInteger(b) ? 0 : ROUNDING * Math.max(Math.abs(a), Math.abs(b)))
  )
}

/** Whether one number is another rounded to so many decimals, with three significant digits at least. */
function roundsTo(long: number, short: number, decimals: number): boolean {
  if (!Number.isFinite(decimals) || decimals < 0 || short === 0) return false
  const significant = Math.floor(Math.log10(Math.abs(short))) + 1 + decimals
  return significant >= 3 && Math.abs(long - short) <= 0.5 * 10 ** -decimals * (1 + 1e-9)
}
