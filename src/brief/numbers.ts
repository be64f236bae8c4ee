const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const SCALES: Readonly<Record<string, number>> = { hundred: 100, thousand: 1_000, million: 1e6, billion: 1e9 }

const VALUES: ReadonlyMap<string, number> = new Map([
  ...ONES.map((word, i): [string, number] => [word, i]),
  ...TENS.map((word, i): [string, number] => [word, 20 + 10 * i]),
])

const WORDS = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${[...VALUES.keys(), ...Object.keys(SCALES)].join('|')})(?:(?:[ -]| and )(?:${[...VALUES.keys(), ...Object.keys(SCALES)].join('|')}))*(?![\\p{L}\\p{N}])`,
  'giu',
)

/** The numbers in a text, in digits or in English words: `1,840`, `11.2`, `six hundred and twelve`, `twenty-three`. */
export function numbersIn(text: string): ReadonlySet<number> {
  const digits = [...text.matchAll(/(?<![\p{L}\p{N}.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\p{L}\p{N}.])\d+(?:\.\d+)?/gu)]
  const words = [...text.matchAll(WORDS)]
  return new Set([...digits.map(([each]) => Number(each.replaceAll(',', ''))), ...words.map(([each]) => valueOf(each))])
}

function valueOf(words: string): number {
  let total = 0
  let current = 0
  for (const word of words.toLowerCase().split(/[\s-]+/)) {
    const value = VALUES.get(word)
    const scale = SCALES[word]
    if (value !== undefined) current += value
    else if (scale === 100) current = Math.max(1, current) * 100
    else if (scale !== undefined) {
      total += Math.max(1, current) * scale
      current = 0
    }
  }
  return total + current
}
