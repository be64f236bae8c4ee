import { isDenied } from './negation.ts'
import { DIGITS, numerals, SCALE_BEHIND, scaleBehind } from './numeral.ts'
import { unitAfter, unitBefore, type Unit } from './units.ts'
import { NUMBER_WORDS, valueOfWords } from './words.ts'

/**
 * What a number is in its sentence. Only `claim` can be the answer where there is one; `weak` ones (in brackets, a base, an ordinal) where
 * there is none; the others never.
 */
export type Role =
  | 'claim'
  | 'weak'
  | 'operand'
  | 'listed'
  | 'either'
  | 'range'
  | 'year'
  | 'date'
  | 'denied'
  | 'label'
  | 'bound'
  | 'code'

/** A number in a text. */
export interface Mention {
  readonly start: number
  readonly end: number
  /** The ways to read it, likeliest first. */
  readonly values: readonly number[]
  /** Digits behind the point as written, of the likeliest reading; infinite for what is exact (fractions, words). */
  readonly decimals: number
  /** Written as a fraction, which must not be a whole number that was not worked out. */
  readonly fraction: boolean
  readonly percent: boolean
  readonly unit?: Unit
  /** Of "7/50" and "7 in 50": what is above and below. */
  readonly parts?: readonly [number, number]
  /** The digits of a whole number that is larger than a double can hold exactly. */
  readonly long?: string
  readonly role: Role
}

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const DAY = '\\d{1,2}(?:st|nd|rd|th)?'

const TOKEN = new RegExp(
  [
    `(?<date>\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}/\\d{1,2}/\\d{2,4}\\b|\\b\\d{1,2}\\.\\d{1,2}\\.\\d{4}\\b|\\b\\d{1,2}:\\d{2}(?::\\d{2})?\\b|\\b${DAY}(?: of)? ${MONTH}(?:,? \\d{4}\\b)?|\\b${MONTH} ${DAY}(?:,? \\d{4})?\\b|\\b${MONTH} (?<month>\\d{4})\\b)`,
    `(?<ordinal>\\b\\d+(?:st|nd|rd|th)\\b|\\b(?:${ORDINALS.join('|')})\\b)`,
    // A number in a name: week W18, quarter Q3.
    `(?<code>\\b(?:\\d{4}-)?[a-z]\\d{1,3}\\b(?![-.]\\w))`,
    `(?<hex>\\b0x[0-9a-f]+\\b)`,
    `(?<![A-Za-z_\\d^.,])(?:(?<sign>[-+\u2013\u2014]\\s?)(?:[$€£¥]\\s?)?)?(?<digits>${DIGITS})` +
      `(?:(?<exponent>e[-+]?\\d+)(?![\\w])|\\s*[×x*·]\\s*10\\s*(?:\\^|\\*\\*)\\s*\\(?(?<power>[-+]?\\d+)\\)?|(?:\\^|\\*\\*)(?<raised>\\d+))?` +
      `(?:(?<mixed> \\d+)?\\s?/\\s?(?<below>\\d+(?:\\.\\d+)?)(?![/\\d]))?` +
      `(?<scale>${SCALE_BEHIND})?(?<percent>\\s?%|\\s?per ?cent\\b|\\s?pct\\b)?`,
    `(?<![\\w-])(?<minus>minus |negative )?(?<words>${NUMBER_WORDS})(?![\\w])(?<wordPercent> per ?cent\\b|%)?`,
  ].join('|'),
  'gi',
)

/** All numbers in a plain text, with what each is there. */
export function mentionsIn(text: string): readonly Mention[] {
  const found = [...text.matchAll(TOKEN)].flatMap((match) => {
    const mention = mentionOf(match, text)
    return mention === undefined ? [] : [mention]
  })
  return together(found, text)
}

function mentionOf(match: RegExpExecArray, text: string): Mention | undefined {
  const { 0: whole, index, groups = {} } = match
  const end = index + whole.length
  const base = { start: index, end, fraction: false, percent: false, decimals: 0 }
  if (groups['date'] !== undefined) {
    const year = /\b\d{4}\b/.exec(whole)
    return { ...base, values: year === null ? [] : [Number(year[0])], role: 'date' }
  }
  if (groups['ordinal'] !== undefined) {
    const place = ORDINALS.indexOf(whole.toLowerCase()) + 1
    return { ...base, values: [place === 0 ? Number.parseInt(whole, 10) : place], role: place === 0 ? 'weak' : 'code' }
  }
  if (groups['code'] !== undefined) return { ...base, values: [Number(/\d+$/.exec(whole)?.[0])], role: 'code' }
  if (groups['hex'] !== undefined) return { ...base, values: [Number(whole)], role: roleOf(text, index, end, whole) }
  if (groups['words'] !== undefined) return spelled(match, text)
  return written(match, text)
}

function spelled({ 0: whole, index, groups = {} }: RegExpExecArray, text: string): Mention | undefined {
  const value = valueOfWords(groups['words'] ?? '')
  const end = index + whole.length
  if (value === undefined || !Number.isFinite(value)) return undefined
  const unit = unitAfter(text.slice(end, end + 20))
  const pronoun = /^one$/i.test(groups['words'] ?? '') && !/^\W*$/.test(text.slice(0, index))
  const role = roleOf(text, index, end, whole)
  return {
    start: index,
    end,
    values: [...(groups['minus'] === undefined ? [value] : [-value]), ...(falls(text, index, end) ? [-value] : [])],
    decimals: Infinity,
    fraction: false,
    percent: groups['wordPercent'] !== undefined,
    ...(unit !== undefined && { unit }),
    role: pronoun && role === 'claim' ? 'weak' : role,
  }
}

function written({ 0: whole, index, groups = {} }: RegExpExecArray, text: string): Mention | undefined {
  const of = /^ in (\d+)\b(?! *[a-z])/.exec(text.slice(index + whole.length))?.[1]
  const { sign = '', digits = '', exponent, power, raised, mixed, below, scale, percent } = groups
  let start = index
  let negative = /[-\u2013\u2014]/.test(sign)
  if (negative && !isSign(text, index, sign)) {
    start += sign.length
    negative = false
  }
  negative ||= /\b(?:minus|negative)\s*$/i.test(text.slice(0, start))
  const end = index + whole.length
  const after = text.slice(end, end + 20)
  // Part of a word: 3D, 2nd, 4x4. A unit may follow directly.
  if (/^[A-Za-z]/.test(after) && unitAfter(after) === undefined && !/^(?:x\b|[a-z]+\d?\b)/.test(after)) return undefined
  const ten = Number(exponent?.slice(1) ?? power ?? 0)
  const values = numerals(digits).map(({ value }) => {
    const part = mixed === undefined ? value : Number(mixed)
    const quotient = below === undefined ? value : (mixed === undefined ? 0 : value) + part / Number(below)
    const scaled = quotient * 10 ** ten * (scale === undefined ? 1 : scaleBehind(scale))
    const full = raised === undefined ? scaled : scaled ** Number(raised)
    return negative ? -full : full
  })
  const long =
    digits === whole.replace(/^[-+\u2013\u2014]\s?/, '') &&
    !Number.isSafeInteger(values[0]) &&
    Number.isInteger(values[0])
      ? digits.replaceAll(/\D/g, '')
      : undefined
  if (values.some((value) => !Number.isFinite(value))) return undefined
  const divisor = mixed === undefined ? (below ?? of) : undefined
  const top = numerals(digits)[0]?.value
  const parts = divisor === undefined || top === undefined ? undefined : ([top, Number(divisor)] as const)
  const fallen = falls(text, start, end) ? values.map((value) => -value) : []
  const unit = unitAfter(after) ?? unitBefore(text.slice(Math.max(0, start - 6), start + (sign === '' ? 0 : 1)))
  const role = roleOf(text, start, end, whole)
  const exact = below !== undefined || scale !== undefined || raised !== undefined
  return {
    start,
    end,
    values: [...values, ...fallen],
    decimals: exact ? Infinity : (numerals(digits)[0]?.decimals ?? 0) - ten,
    fraction: below !== undefined && mixed === undefined,
    percent: percent !== undefined,
    ...(parts !== undefined && { parts }),
    ...(long !== undefined && { long }),
    ...(unit !== undefined && { unit }),
    role: role === 'claim' && isYear(digits, whole, text, start) ? 'year' : role,
  }
}

/** Whether the words round a number say that it is a fall or below zero: it may then stand for its negative. */
function falls(text: string, start: number, end: number): boolean {
  const before =
    text
      .slice(Math.max(0, start - 40), start)
      .split(/[.;!?\n]/)
      .at(-1) ?? ''
  return (
    /\b(?:f[ae]ll(?:s|en)?|dropp?(?:ed|s)?|decreas\w*|declin\w*|los[ts]s?|lost|down|reduc\w*|shrank|shrunk|deficit|owes?|overdrawn|overdraft|debt)\b[^\d]*$/i.test(
      before,
    ) ||
    /^[^.;!?\n\d]{0,20}\b(?:below (?:zero|freezing)|lower|less|colder|fewer)\b|^[^.;!?\n\d]{0,12}\b(?:in the red|overdrawn)\b/i.test(
      text.slice(end),
    )
  )
}

/** Whether a dash is a sign, and not an operator, a hyphen or a mark of a list. */
function isSign(text: string, at: number, sign: string): boolean {
  const before = text.slice(Math.max(0, at - 12), at)
  if (
    /[\p{L}\p{N})\]%]\s*$/u.test(before) &&
    !/\b(?:is|was|be|to|of|at|by|and|or|about|answer|equals|than|from)\s+$/i.test(before)
  )
    return false
  // "- 7" begins a line of a list, but for one that is all of the answer.
  return !/\s/.test(sign) || /[=:]\s*$/.test(before) || (at === 0 && !text.includes('\n'))
}

function isYear(digits: string, whole: string, text: string, start: number): boolean {
  if (digits !== whole || !/^(?:1[0-9]{3}|20\d{2})$/.test(digits)) return false
  return /(?:\b(?:in|since|as of|by|until|till|from|year|years|during|before|after|circa|early|late|mid|for|of|fy|spring|summer|autumn|winter|fall)[\s-]+|\(|©\s*)$/i.test(
    text.slice(Math.max(0, start - 20), start),
  )
}

const LABEL =
  /(?:\b(?:step|part|option|section|table|figure|fig|no|nr|page|question|chapter|line|item|case|example|equation|apollo|version|level|grade|route|room)\.?\s*|[#§])$/i
const BOUND =
  /\b(?:more than|north of|less than|fewer than|greater than|larger than|smaller than|at least|at most|up to|under|over|above|below|almost|nearly|exceeds?|no more than|no less than)\s+(?:the\s+)?[$€£]?$/i

function roleOf(text: string, start: number, end: number, whole: string): Role {
  const before = text.slice(Math.max(0, start - 40), start)
  if (isDenied(text, start, end)) return 'denied'
  if (LABEL.test(before) && !/\b(?:the answer is no|no)\.\s*$/i.test(before)) return 'code'
  if (/\u00b1\s*$/.test(before)) return 'label'
  if (/^\s*'s\b|^-(?:year|day|hour|sided|digit|step|minute|month|week|fold|point|bit)/i.test(text.slice(end)))
    return 'weak'
  if (BOUND.test(before) || /^\+(?!\s*\d)/.test(text.slice(end))) return 'bound'
  if (/(?:^|\n)\s*$/.test(before) && /^\d{1,2}$/.test(whole) && /^[.)]\s+\S/.test(text.slice(end)))
    return listRole(text)
  return isInBrackets(text, start) ? 'weak' : 'claim'
}

/** Whether a bracket that something stands before is open here; one that is 200 characters away is not looked for. */
function isInBrackets(text: string, start: number): boolean {
  const from = Math.max(0, start - 200)
  const near = text.slice(from, start)
  const opened = near.lastIndexOf('(')
  return opened > near.lastIndexOf(')') && (from > 0 || near.slice(0, opened).trim() !== '')
}

/** "1. … 2. …" are marks of a list; one alone is a number with a full stop. */
function listRole(text: string): Role {
  return [...text.matchAll(/(?:^|\n)\s*\d{1,2}[.)]\s+\S/g)].length > 1 ? 'label' : 'claim'
}

/** "2 h 15 min", "6 feet 2 inches": one quantity in two units. */
function joined(found: readonly Mention[], text: string): readonly Mention[] {
  const done: Mention[] = []
  for (const mention of found) {
    const last = done.at(-1)
    const sum = last === undefined ? undefined : sumOf(last, mention, text)
    if (last === undefined || sum === undefined) done.push(mention)
    else done[done.length - 1] = { ...last, end: mention.end, values: [sum], decimals: Infinity }
  }
  return done
}

function sumOf(one: Mention, next: Mention, text: string): number | undefined {
  const [large, small] = [one.unit, next.unit]
  const [much, more] = [one.values[0], next.values[0]]
  if (large === undefined || small === undefined || much === undefined || more === undefined) return undefined
  if (large.of !== small.of || large.size <= small.size || more * small.size >= large.size) return undefined
  const together = /^\s*[a-zA-Z]+\s*(?:,|and)?\s*$/.test(text.slice(one.end, next.start))
  return together ? much + (more * small.size) / large.size : undefined
}

const OPERATOR =
  /^[\sA-Za-z°$€£¥%()/.^²³\d]{0,24}?(?:[×*·÷+]|\s[-–−/x:]\s|(?<=\d|\s)x(?=\s|\d)|\b(?:plus|minus|times|divided by|multiplied by)\b)\s*\(?[$€£¥]?\s*$/
const LIST = /^\s*(?:[,;]|,? and|&|,? or)\s*$/
const RANGE = /^\s*(?:%|[A-Za-z°$€£]{0,3})?\s*(?:-|–|—|to|through|and|\.\.\.?)\s*[$€£]?$/i

/** Roles that hang on what is next to a number: operands, lists, alternatives, ranges, bases. */
function together(found: readonly Mention[], text: string): readonly Mention[] {
  const roles = found.map(({ role }) => role)
  const mark = (place: number, role: Role, over: readonly Role[] = ['claim', 'weak', 'year', 'bound']): void => {
    const now = roles[place]
    if (now !== undefined && over.includes(now)) roles[place] = role
  }
  const gaps = found.map(({ end }, place) => text.slice(end, found[place + 1]?.start ?? end))
  for (const [place, gap] of gaps.entries()) {
    if (place === gaps.length - 1) break
    if (OPERATOR.test(gap) && !gap.includes('=')) {
      mark(place, 'operand')
      mark(place + 1, 'operand')
    }
    if (/^\s*(?:,?\s*or(?: maybe| perhaps| possibly| even)?|\/)\s*$/i.test(gap)) {
      mark(place, 'either')
      mark(place + 1, 'either')
    }
    const before = text.slice(Math.max(0, (found[place]?.start ?? 0) - 16), found[place]?.start)
    if (
      RANGE.test(gap) &&
      (/^\s*\S*\s*(?:-|–|—|\.\.)/.test(gap) || /\bto\b|through/i.test(gap) || /\bbetween\s+[$€£]?$/i.test(before))
    ) {
      mark(place, 'range')
      mark(place + 1, 'range')
    }
    if (/^[\s%]*(?:\w+\s+)?(?:out\s+)?of\s+(?:the\s+|all\s+|a total of\s+)?[$€£]?$/i.test(gap)) mark(place + 1, 'weak')
  }
  for (let from = 0; from < gaps.length; from++) {
    let to = from
    while (to < gaps.length - 1 && LIST.test(gaps[to] ?? '')) to++
    if (to - from >= 2) for (let place = from; place <= to; place++) mark(place, 'listed')
    from = to
  }
  return joined(
    found.map((mention, place) => ({ ...mention, role: roles[place] ?? mention.role })),
    text,
  )
}
