const UNITS = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen',
  'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
] // prettier-ignore
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

const VALUE: ReadonlyMap<string, number> = new Map([
  ...UNITS.map((word, value) => [word, value] as const),
  ...TENS.map((word, place) => [word, 20 + 10 * place] as const),
  ['fourty', 40],
])

const WORD = [...VALUE.keys()].toSorted((a, b) => b.length - a.length).join('|')
const RUN = new RegExp(
  `\\b(?:(?:a|one)\\s+hundred|(?:${WORD})(?:[\\s-]+hundred)?)(?:[\\s-]+(?:and[\\s-]+)?(?:${WORD}))*\\b`,
  'g',
)

/** A text in lower case with its number words as figures: twenty-four is 24, a hundred and twenty 120. */
export function withFigures(lower: string): string {
  return lower.replace(RUN, (run) => figures(run))
}

// Words that do not add up, such as "three twelve", stay apart.
function figures(run: string): string {
  const values: number[] = []
  let current: number | undefined
  let last = Infinity
  for (const word of run.split(/[\s-]+/)) {
    if (word === 'and' || word === 'a') continue
    if (word === 'hundred') {
      current = (current ?? 1) * 100
      last = 100
      continue
    }
    const value = VALUE.get(word) ?? 0
    const fits = current !== undefined && ((last === 100 && value < 100) || (last >= 20 && last < 100 && value < 10))
    if (current !== undefined && !fits) values.push(current)
    current = fits ? (current ?? 0) + value : value
    last = value
  }
  if (current !== undefined) values.push(current)
  // "one" alone is more often a pronoun than a quantity; what follows decides where amounts are read.
  return run === 'one' ? 'one' : values.join(run.includes(' and ') ? ' and ' : ' ')
}
