import { codes, names, numbered, ONES, type Script } from './text.ts'

const CASES: readonly (readonly [string, RegExp])[] = [
  ['wet', /damp|water|rain|\bwet|drip|sodden|squelch|puddle|\bdry\b|\bdrop\b|stain/],
  ['opened', /open|seal|lid|customs|looked into/],
  ['late', /dark|night|lamps|evening|noon|morning|lunch|breakfast|\bsun\b|bed/],
  ['heavy', /kilos/],
  ['owing', /freight|paid|carter still|owing|dunned/],
  ['oversea', /\bsea\b|ship|steamer|harbour|captain|abroad|overland|road|salt|railway|strait|gulf/],
]

const RULES: readonly (readonly [string, RegExp])[] = [
  ['wet', /is damp|drawn water|stood in the rain|is wet, be/],
  ['opened', /been opened|seal whole|looked into on the way|unsealed/],
  ['late', /after dark|by night|lamps are lit/],
  ['heavy', /forty kilos/],
  ['owing', /freight/],
  ['oversea', /by sea|from abroad|salt water/],
]

const TENS: Readonly<Record<string, number>> = { twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, ten: 10 }

function kilos(text: string): number {
  const found = [
    ...text.matchAll(/(\d+)|\b(ten|eleven|twelve|\w+teen|(?:twenty|thirty|forty|fifty|sixty)(?:-\w+)?)\b/g),
  ]
  const [last = ''] = found.at(-1) ?? []
  const [tens = '', ones = ''] = last.split('-')
  const number = /\d/.test(last)
    ? Number(last)
    : ONES.includes(last)
      ? ONES.indexOf(last)
      : (TENS[tens] ?? 0) + Math.max(0, ONES.indexOf(ones))
  return /halves|pair/.test(text) ? 2 * number : number
}

/** Whether what is said of a case says that it holds. */
function holds(name: string, said: string): boolean {
  if (name === 'heavy') return kilos(said) > 40
  if (name === 'wet') return !/\bdry\b|\bnot\b|kept/.test(said)
  if (name === 'late') return !/noon|morning|breakfast|lunch|\bsun\b|afternoon/.test(said)
  if (name === 'owing') return !/settled|had his money|nothing|has paid|paid last|paid the first/.test(said)
  if (name === 'oversea') return !/road|overland|\brail|made two|never|no ship/.test(said)
  return !/whole|nobody|not let|better of it|unharmed|in order|left the works/.test(said)
}

export const circulars: Script = (files, credulous = false) => {
  const lots = numbered(files, 'lots')
  const goods = new Set(lots.flatMap(([, text]) => names(text)))
  const papers = numbered(files, 'circulars').map(([number, text]) => {
    const [head = '', ...rest] = text.split('\n')
    return { number, name: names(head).at(-1) ?? '', body: rest.join(' ').trim() }
  })
  const known = new Set(papers.map(({ name }) => name))
  const goodsCount = new Map([...goods].map((each) => [each, papers.filter(({ body }) => body.includes(each)).length]))
  const rules = papers.map(({ number, name, body }) => {
    const kind =
      names(body).find((each) => goods.has(each) && !known.has(each) && (goodsCount.get(each) ?? 0) > 0) ?? ''
    const shelves = codes(body)
    // Of two shelves the one without a no before it.
    const meant = shelves.find(
      (shelf) =>
        !/(not|no longer) on $|talk of $|and (not )?(as )?$|and not $|, as $/.test(
          body.slice(0, body.indexOf(shelf)).toLowerCase(),
        ) &&
        !/^ (was (asked|proposed)|is (too|full)|is not to be used|does not)/.test(
          body.slice(body.indexOf(shelf) + shelf.length),
        ),
    )
    const when = RULES.find(([, words]) => words.test(body))?.[0]
    const idle =
      /still (good|in force)|looked at in spring|withdrawn one day|will not get|must be patient|considered striking|urged to strike/
    const sentences = body.split(/(?<=[.?:]) /).filter((each) => !idle.test(each) && !/it is$|yes$/.test(each))
    const ends =
      shelves.length === 0 ? names(sentences.join(' ')).find((each) => known.has(each) && each !== name) : undefined
    const rank = (/branch/.test(body) ? 0 : 2e6) + (when === undefined ? 0 : 1e6) + number
    return { number, name, kind, shelf: meant ?? shelves.at(-1), when, ends, rank }
  })
  return Object.fromEntries(
    lots.map(([number, text]) => {
      const [head = '', ...lines] = text.split('\n')
      const after = Number(/after circular (\d+)/.exec(head)?.[1])
      const before = rules.filter((rule) => rule.number <= after)
      const gone = new Set(before.map(({ ends }) => ends))
      const decided = lines
        .filter((line) => line !== '')
        .map((line) => {
          const kinds = new Set(rules.map(({ kind }) => kind))
          const kind = names(line).find((each) => kinds.has(each)) ?? ''
          const called = /not \w+ in (\w+),/.exec(line)?.[1]
          const crate = called ?? names(line).find((each) => each !== kind) ?? ''
          const is = new Set(
            line
              .replaceAll(/(brought the others|by steamer|dripped); ?/g, '$1 ')
              .split(';')
              .slice(1)
              .flatMap((said) => {
                const about = CASES.find(([, words]) => words.test(said))?.[0]
                return about !== undefined && (credulous || holds(about, said)) ? [about] : []
              }),
          )
          const [best] = before
            .filter((rule) => rule.kind === kind && rule.shelf !== undefined && !gone.has(rule.name))
            .filter(({ when }) => when === undefined || is.has(when))
            .toSorted((a, b) => b.rank - a.rank)
          return `${crate}: ${best?.shelf ?? ''}`
        })
      return [`decisions/lot-${number}.txt`, [`note: ${codes(head)[0]}`, ...decided, ''].join('\n')]
    }),
  )
}
