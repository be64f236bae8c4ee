const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

const SMALL = new Map<string, number>([
  ...ONES.map((word, value) => [word, value] as const),
  ...TENS.map((word, place) => [word, 20 + 10 * place] as const),
  ['nil', 0],
  ['nought', 0],
  ['naught', 0],
  ['fourty', 40],
])

/** Words that multiply what is before them, in words and behind digits. */
export const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  lakh: 1e5,
  crore: 1e7,
  dozen: 12,
}

const PARTS: Readonly<Record<string, number>> = {
  half: 2,
  halves: 2,
  third: 3,
  thirds: 3,
  quarter: 4,
  quarters: 4,
  fourth: 4,
  fourths: 4,
  fifth: 5,
  fifths: 5,
  sixth: 6,
  sixths: 6,
  seventh: 7,
  sevenths: 7,
  eighth: 8,
  eighths: 8,
  ninth: 9,
  ninths: 9,
  tenth: 10,
  tenths: 10,
  hundredth: 100,
  hundredths: 100,
}

const any = (words: Iterable<string>): string => [...words].toSorted((a, b) => b.length - a.length).join('|')
const SMALL_WORD = any(SMALL.keys())
const SCALE_WORD = `(?:${any(Object.keys(SCALES))})s?`
const WHOLE = `(?:(?:${SMALL_WORD}|(?:a|half a)(?=[ -]+${SCALE_WORD}\\b)))(?:(?:[ -]+|,? +and +|, +)(?:${SMALL_WORD}|${SCALE_WORD}))*`
const PART = any(Object.keys(PARTS))

/** A number in English words: whole, with `point`, with a fraction behind it, or a fraction alone. Ordinals are none. */
export const NUMBER_WORDS: string = `(?:${WHOLE}(?: +point(?: +(?:${SMALL_WORD}))+(?: +${SCALE_WORD})*| +and +(?:an? +|(?:${SMALL_WORD})[ -]+)(?:${PART})\\b(?:[ -]+${SCALE_WORD}\\b)*|[ -]+(?:${PART})\\b)?|(?:an? +)?(?:half|quarter)\\b(?!-)|an? +(?:third|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|dozen)\\b)`

/** The value of what {@link NUMBER_WORDS} matches. */
export function valueOfWords(text: string): number | undefined {
  const words = text
    .toLowerCase()
    .split(/[\s,-]+/)
    .filter((word) => word !== 'and' && word !== '')
  const point = words.indexOf('point')
  if (point !== -1) return pointed(words, point)
  const scales = words.findLastIndex((word) => scaleOf(word) === 1) + 1
  if (scales < words.length && (words[scales - 1] ?? '') in PARTS && scales > 1)
    return (
      (valueOfWords(
        text
          .toLowerCase()
          .split(/[\s,-]+/)
          .slice(0, scales - words.length)
          .join(' '),
      ) ?? 0) * words.slice(scales).reduce((product, word) => product * scaleOf(word), 1)
    )
  const last = words.at(-1) ?? ''
  const parts = PARTS[last]
  if (parts !== undefined && !(last in SCALES)) {
    const before = words.slice(0, -1)
    const article = before.at(-1) === 'a' || before.at(-1) === 'an'
    if (before.length === 0) return 1 / parts
    if (article) return (before.length === 1 ? 0 : whole(before.slice(0, -1))) + 1 / parts
    // "four and three quarters": the "and" says that the last word alone is a numerator.
    const mixed = /\band\b/.test(text.toLowerCase()) && before.length > 1
    return mixed ? whole(before.slice(0, -1)) + whole(before.slice(-1)) / parts : whole(before) / parts
  }
  return words.length === 0 ? undefined : whole(words)
}

function pointed(words: readonly string[], point: number): number {
  const after = words.slice(point + 1)
  const digits = after.filter((word) => SMALL.has(word))
  const scale = after.filter((word) => !SMALL.has(word)).reduce((product, word) => product * scaleOf(word), 1)
  const said = digits.map((word) => String(SMALL.get(word))).join('')
  return Number(`${whole(words.slice(0, point))}.${said}`) * scale
}

function scaleOf(word: string): number {
  return SCALES[word] ?? SCALES[word.replace(/s$/, '')] ?? 1
}

function whole(words: readonly string[]): number {
  let [total, part] = [0, 0]
  for (const [place, word] of words.entries()) {
    const small = word === 'a' || word === 'an' ? 1 : word === 'half' ? 0.5 : SMALL.get(word)
    if (small !== undefined) {
      if ((word === 'a' || word === 'an') && place > 0) continue
      // "nineteen thirty-two" is a year; "half a million" is half of one.
      part = part >= 10 && part < 100 && small >= 10 ? part * 100 + small : part + small
      continue
    }
    const scale = scaleOf(word)
    if (scale < 1000) part = (part === 0 ? 1 : part) * scale
    else {
      total += (part === 0 ? 1 : part) * scale
      part = 0
    }
  }
  return total + part
}
