// What an agent writes that looks at a few files and then has a script do the rest: patterns over the text, no reading.
// Each takes the files of a task and gives the files it would write. They were made from the tasks that
// docs/worlds/workspace-tasks.md shows, and then once more with every form of words at hand.
import type { Files } from '../../../src/world/index.ts'

/** @param credulous it takes each remark, and each mention of a special case, for what it sounds like */
export type Script = (files: Files, credulous?: boolean) => Files

const CODE = /[A-Z]{2}-\d{5}/g
const NAME = /\b[A-Z][a-z]{5}\b/g

function codes(text: string): readonly string[] {
  return text.match(CODE) ?? []
}

function names(text: string): readonly string[] {
  return text.match(NAME) ?? []
}

/** Files of a folder in the order of their numbers. */
function numbered(files: Files, folder: string): readonly (readonly [number, string])[] {
  return Object.entries(files)
    .filter(([path]) => path.startsWith(`${folder}/`))
    .map(([path, text]): [number, string] => [Number(/(\d+)/.exec(path)?.[1] ?? 0), text])
    .toSorted(([a], [b]) => a - b)
}

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

const ONES = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'] // prettier-ignore
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
          const kinds = rules.map(({ kind }) => kind)
          const kind = names(line).find((each) => kinds.includes(each)) ?? ''
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

const HEARD =
  /they say|good friend|all over town|(brother|sister) saw|always lain|every night at|my window|swear to|himself (told|said)|harbour book|in the paper/i
const OWN_PARTY = /wages|books of|married to|owner pays me|uncle, who owns|share a mother|fed me|son-in-law's|cousin's/i
const AWAY = /played cards with us|slept under my roof|(coach|ferry) to .* left|(held it|stood by)\.|(lockup|hospital)/
const BACK = /has been here and|came back and|tide tables|slept on it|made up, I am|said for a bet/
const PAID = /is (the brother|a daughter)|each Friday|wedding|married his sister/

/** The last name that is not the speaker's, a town's, or one that is said not to be it. */
function berthOf(own: string): string {
  const said = own
    .replaceAll(/(told the constable|talks of|says|not) [A-Z][a-z]{5}/gi, '')
    .split('. ')
    .slice(1)
    .join('. ')
  return names(said).find((each) => !/^(People|Nobody|Strang)/.test(each)) ?? ''
}

export const accounts: Script = (files, credulous = false) => {
  const people = Object.entries(files).flatMap(([path, text]) => (path.startsWith('witnesses/') ? [text] : []))
  const byName = new Map(people.map((text) => [/What (\w+) says/.exec(text)?.[1] ?? '', text.split('\n').slice(2)]))
  const next = (line: string): string | undefined => {
    const [a, b] = names(line).filter((each) => byName.has(each))
    if (
      b === undefined ||
      /repeats what|wants to be heard|likes to talk|Nobody else|Not a soul|Do not look|That is all/.test(line)
    )
      return undefined
    if (/^(Ask|Go to|Had I)/.test(line) || /second saw|latter was/.test(line)) return a
    return b
  }
  const remarks = [...Object.entries(files)].flatMap(([path, text]) =>
    path.startsWith('boats/')
      ? text.split('\n').slice(2, -2)
      : path.startsWith('witnesses/')
        ? text.split('\n').slice(3, -2)
        : [],
  )
  const standing = (name: string, own: string): string => {
    const trade = /(\w+?)s? like me|, (?:the |an? )?(\w+)(?: by trade)?,? (?:of|from|in) /i.exec(own)
    const town = /(?:name, |(?:of|from|in) )([A-Z][a-z]{5})/.exec(own.split('. ')[0] ?? '')?.[1] ?? '?'
    const called = `the ${(trade?.[1] ?? trade?.[2] ?? '?').toLowerCase()} from ${town}`
    const about = remarks.find((line) => line.toLowerCase().includes(called.toLowerCase()) || line.includes(name))
    if (about !== undefined) {
      if (BACK.test(about)) return 'taken back'
      if (PAID.test(about)) return 'party'
      if (AWAY.test(about)) return 'away'
      if (credulous) return /word|signed|owned up/.test(about) ? 'taken back' : /owner/.test(about) ? 'party' : 'away'
    }
    if (HEARD.test(own)) return 'unseen'
    return OWN_PARTY.test(own) ? 'party' : 'counts'
  }
  return Object.fromEntries(
    numbered(files, 'boats').map(([number, text]) => {
      const log = codes(text)[0] ?? ''
      const trail: string[] = []
      for (let at = next(text.trimEnd().split('\n').at(-1) ?? ''); at !== undefined && !trail.includes(at);) {
        trail.push(at)
        at = next(byName.get(at)?.findLast((line) => line !== '') ?? '')
      }
      const said = trail.map((name) => {
        const own = byName.get(name)?.[0] ?? ''
        return { name, berth: berthOf(own), worth: standing(name, own) }
      })
      const chosen = said.find(({ worth }) => worth === 'counts') ?? said.find(({ worth }) => worth === 'party')
      const lines = said.map(({ name, worth }) => `${name}: ${worth}`)
      return [
        `reports/boat-${number}.txt`,
        [`log: ${log}`, `berth: ${chosen?.berth ?? 'unknown'}`, ...lines, ''].join('\n'),
      ]
    }),
  )
}

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
                  .map((line) => line.split(': ') as [string, string]),
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
      const by = /older|before|had (stood|been there).*when they roofed/.test(remark) && !/^Ours/.test(remark) ? -1 : 1
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
    const more = [
      ['gate', page?.get('gate')],
      ['beside', beside],
      ['neighbour', page?.get('holder')],
      ['beside plot', page?.get('plot')?.split(',')[0]],
    ]
    return [house, new Map([...lines, ...(more as [string, string][])])] as const
  })
  return Object.fromEntries(
    [...mended, ...added].map(([name, lines]) => [`register/${name.toLowerCase()}.txt`, text(lines)]),
  )
}

function text(lines: ReadonlyMap<string, string>): string {
  return [...lines].map(([key, value]) => `${key}: ${value}\n`).join('')
}

export const SCRIPTS: Readonly<Record<string, Script>> = { circulars, accounts, handover }
