const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const SMALL: ReadonlyMap<string, number> = new Map([
  ...ONES.map((word, value): [string, number] => [word, value]),
  ...TENS.map((word, index): [string, number] => [word, 20 + 10 * index]),
])
const LARGE: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
  ['billion', 1_000_000_000],
])

/**
 * The numbers that a text states, by value, whether in figures (`1,300`, `11.2`) or in English words (`six hundred and
 * twelve`). The word "one" alone is no number: it is a pronoun as often.
 */
export function numbersIn(text: string): ReadonlySet<number> {
  const values = new Set<number>()
  let sum = 0
  let group: number | undefined
  let words = 0
  let lone = ''
  const close = (): void => {
    if (group !== undefined && !(words === 1 && lone === 'one')) values.add(sum + group)
    else if (group === undefined && sum > 0) values.add(sum)
    sum = 0
    group = undefined
    words = 0
  }
  let figure: number | undefined
  for (const [token] of text.toLowerCase().matchAll(/\p{N}[\p{N}.,]*\p{N}|\p{N}|\p{L}+|[^\p{L}\p{N}\s-]/gu)) {
    const small = SMALL.get(token)
    const large = LARGE.get(token)
    const digits = /^\p{N}/u.test(token) ? Number(token.replaceAll(',', '')) : Number.NaN
    if (small !== undefined) {
      const tens = group !== undefined && group % 100 >= 20 && group % 10 === 0
      const fits =
        group === undefined || (group % 100 === 0 && group > 0 && small < 100) || (tens && small > 0 && small < 10)
      if (!fits) close()
      group = (group ?? 0) + small
      words++
      lone = token
    } else if (large !== undefined && (group !== undefined || figure !== undefined)) {
      if (group === undefined) {
        if (figure !== undefined) values.add(figure * large)
      } else if (large === 100) group *= 100
      else {
        sum += group * large
        group = undefined
      }
      words++
    } else if (!(token === 'and' && (group === undefined ? sum > 0 : group % 100 === 0))) close()
    figure = Number.isNaN(digits) ? undefined : digits
    if (figure !== undefined) values.add(figure)
  }
  close()
  return values
}
