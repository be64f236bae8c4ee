/** A text in which something may be hidden, and how it was got out of what was written. */
export interface Decoded {
  readonly by: string
  readonly text: string
}

const NATO =
  'alpha|alfa bravo charlie delta echo foxtrot golf hotel india juliet|juliett kilo lima mike november oscar papa quebec romeo ' +
  'sierra tango uniform victor whiskey|whisky xray|x-ray yankee zulu'
const NATO_LETTERS = new Map(
  NATO.split(' ').flatMap((names, place) => names.split('|').map((name) => [name, letter(place)] as const)),
)

const MORSE = new Map(
  '.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..'
    .split(' ')
    .map((code, place) => [code, letter(place)] as const)
    .concat(
      '----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.'
        .split(' ')
        .map((code, digit) => [code, String(digit)] as const),
    ),
)

const LEET: readonly Readonly<Record<string, string>>[] = ['i', 'l'].map((one) => ({
  '0': 'o', '1': one, '2': 'z', '3': 'e', '4': 'a', '5': 's', '6': 'g', '7': 't', '8': 'b', '9': 'g',
  $: 's', '@': 'a', '!': one, '|': one, '+': 't', '€': 'e',
})) // prettier-ignore

function letter(place: number): string {
  return String.fromCodePoint(97 + place)
}

/** Width, accents and signs that show nothing are no way to hide a word. */
export function plain(text: string): string {
  const shown = /^[ -~\s]*$/.test(text)
    ? text
    : text.normalize('NFKD').replaceAll(/[\p{M}\u200B-\u200F\u2060\uFEFF\u00AD]/gu, '')
  return shown.toLowerCase()
}

/** Letters and digits alone. */
export function squeezed(text: string): string {
  return plain(text).replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/**
 * All that a text says when its codes are undone: base64, base32, hex, binary, character codes, places in the alphabet, Morse, the
 * radio alphabet, single letters and digits, initials of lines, words and sentences, capitals, HTML and URL escapes. Pure; what decodes
 * to nothing readable is left out.
 */
export function decoded(text: string): readonly Decoded[] {
  const found: Decoded[] = [
    {
      by: 'base64',
      text: tokens(text, /[A-Za-z0-9+/_-]{6,}={0,2}/g)
        .map(fromBase64)
        .join(' '),
    },
    {
      by: 'base32',
      text: tokens(text, /\b[A-Z2-7]{8,}={0,6}/g)
        .map(fromBase32)
        .join(' '),
    },
    { by: 'hex', text: fromHex(text) },
    { by: 'binary', text: fromCodes(tokens(text, /\b[01]{7,8}\b/g), 2) },
    { by: 'character codes', text: fromCodes(tokens(text, /(?<![\d.])\d{2,3}(?![\d.])/g), 10) },
    { by: 'character codes', text: fromCodes(tokens(text, /(?<![\d.])\d{2,3}(?=[\s,;.]|$)/g), 10) },
    { by: 'octal', text: fromCodes(tokens(text, /(?<!\d)1[0-7]{2}(?!\d)/g), 8) },
    { by: 'places in the alphabet', text: fromPlaces(text) },
    { by: 'Morse', text: fromMorse(text) },
    { by: 'the radio alphabet', text: fromRadio(text) },
    { by: 'single letters', text: singles(text) },
    { by: 'initials of lines', text: initials(text.split('\n')) },
    {
      by: 'last letters of lines',
      text: text
        .split('\n')
        .map((line) => squeezed(line).slice(-1))
        .join(''),
    },
    { by: 'initials of words', text: initials(text.split(/[\s—–/-]+/)) },
    { by: 'initials of sentences', text: initials(text.split(/(?<=[.!?])\s+/)) },
    { by: 'capitals', text: (text.match(/\p{Lu}/gu) ?? []).join('').toLowerCase() },
    {
      by: 'marked letters',
      text: tokens(text, /(?<=\*{1,2}|_|\[|\()\p{L}(?=\*{1,2}|_|\]|\))/gu)
        .join('')
        .toLowerCase(),
    },
    { by: 'escapes', text: unescaped(text) },
  ]
  return found.filter((one) => one.text.length > 1)
}

/** A word as it is written when it is turned round or shifted, with how: what a token is looked up in. */
export function respellings(word: string): ReadonlyMap<string, string> {
  const letters = squeezed(word)
  const forms = Array.from({ length: 25 }, (_, nth): [string, string] => [
    shifted(letters, nth + 1),
    nth === 12 ? 'ROT13' : `a shift by ${nth + 1}`,
  ])
  const mirrored = letters.replaceAll(/[a-z]/g, (one) => letter(122 - (one.codePointAt(0) ?? 97)))
  return new Map([...forms, [mirrored, 'atbash'], [reversed(letters), 'reversal']])
}

/** What a token says when its digits are letters, or when it is pig Latin. */
export function unspelled(token: string): readonly Decoded[] {
  const bare = plain(token).replaceAll(/^[^\p{L}\p{N}$@]+|[^\p{L}\p{N}$@]+$/gu, '')
  const leet = /[\d$@!|+€]/.test(bare)
    ? LEET.map((table) => ({
        by: 'digits for letters',
        text: Array.from(bare)
          .map((one) => table[one] ?? one)
          .join('')
          .replaceAll(/[^\p{L}]/gu, ''),
      }))
    : []
  return [...leet, ...latin(squeezed(token))]
}

export function reversed(text: string): string {
  return Array.from(text).toReversed().join('')
}

function shifted(text: string, by: number): string {
  return text.replaceAll(/[a-z]/g, (one) => letter(((one.codePointAt(0) ?? 97) - 97 + by) % 26))
}

function latin(letters: string): readonly Decoded[] {
  const stem = /^([a-z]{3,})(?:w|y|h)?ay$/.exec(letters)
  if (stem === null) return []
  return [letters.slice(0, -2), stem[1] ?? ''].flatMap((rest) =>
    [0, 1, 2, 3].map((tail) => ({
      by: 'pig Latin',
      text: rest.slice(rest.length - tail) + rest.slice(0, rest.length - tail),
    })),
  )
}

function tokens(text: string, pattern: RegExp): readonly string[] {
  return text.match(pattern) ?? []
}

function fromBase64(token: string): string {
  return readable(Buffer.from(token, 'base64').toString('utf8'))
}

function fromBase32(token: string): string {
  const bits = Array.from(token.replaceAll('=', ''))
    .map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0'))
    .join('')
  return fromCodes(bits.match(/.{8}/g) ?? [], 2)
}

function fromHex(text: string): string {
  const runs = tokens(text, /(?:(?:0x|\\x)?[0-9a-f]{2}[\s,:;-]*){3,}/gi)
  return runs
    .map((run) =>
      fromCodes(
        run
          .replaceAll(/0x|\\x/gi, '')
          .replaceAll(/[^0-9a-f]/gi, '')
          .match(/../g) ?? [],
        16,
      ),
    )
    .join(' ')
}

function fromCodes(codes: readonly string[], base: number): string {
  return readable(codes.map((code) => String.fromCodePoint(Number.parseInt(code, base))).join(''))
}

function readable(text: string): string {
  return /^[\p{L}\p{N}\p{P}\p{S}\s]+$/u.test(text) ? text : text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S}\s]+/gu, '\u0000')
}

function fromPlaces(text: string): string {
  const places = tokens(text, /(?<![\d.])\d{1,2}(?!\d|\.\d)/g).map(Number)
  return places.map((place) => (place >= 1 && place <= 26 ? letter(place - 1) : ' ')).join('')
}

function fromMorse(text: string): string {
  const signs = text.replaceAll(/[·•∙]/g, '.').replaceAll(/[–—−_]/g, '-')
  return tokens(signs, /(?<![^\s/|,])[.-]{1,5}(?![^\s/|,])/g)
    .map((code) => MORSE.get(code) ?? ' ')
    .join('')
}

function fromRadio(text: string): string {
  return (text.toLowerCase().match(/x-ray|\p{L}+/gu) ?? []).map((word) => NATO_LETTERS.get(word) ?? '').join('')
}

/** Letters and digits that stand alone, with whatever between them; numbers of a list are not of it. */
export function singles(text: string): string {
  const bare = text.replaceAll(/^[ \t]*\d+[.):][ \t]*/gm, '')
  return (plain(bare).match(/(?<![\p{L}\p{N}'’])[\p{L}\p{N}](?![\p{L}\p{N}'’])/gu) ?? []).join('')
}

function initials(parts: readonly string[]): string {
  return parts.map((part) => squeezed(part.replace(/^\s*(?:\d+[.)]|[-*])\s*/, '')).slice(0, 1)).join('')
}

function unescaped(text: string): string {
  const out = text
    .replaceAll(/&#x([0-9a-f]{1,5});/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/(?:%|\\u00)([0-9a-f]{2})/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
  return out === text ? '' : out
}

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

/** Numbers in words as digits: "forty-eight, twenty-six" is 4826; "seven thousand three hundred and ninety-one" is 7391. */
export function digitsOf(text: string): string {
  const words =
    plain(text)
      .replaceAll(/\boh\b/g, 'zero')
      .match(/\p{L}+|\d+|[.;:!?\n]/gu) ?? []
  let out = ''
  let number: number | undefined
  let closed = true
  const flush = (): void => {
    out += number === undefined ? '' : String(number)
    number = undefined
    closed = true
  }
  for (const word of words) {
    const one = ONES.indexOf(word)
    const ten = TENS.indexOf(word)
    if (/^\d+$/.test(word)) {
      flush()
      out += word
    } else if (word === 'hundred' || word === 'thousand') {
      const [high, low] = word === 'hundred' ? [number ?? 1, (number ?? 1) % 1000] : [0, number ?? 1]
      number = word === 'hundred' ? high - low + low * 100 : low * 1000
      closed = false
    } else if (ten >= 0) {
      if (closed || (number ?? 0) % 100 !== 0) flush()
      number = (number ?? 0) + (ten + 2) * 10
      closed = false
    } else if (one >= 0) {
      const fits = !closed && number !== undefined && number % (one < 10 ? 10 : 100) === 0 && number > 0
      if (!fits) flush()
      number = (number ?? 0) + one
      closed = true
    } else if (/^[.;:!?\n]$/.test(word)) flush()
    else if (!/^(?:and|a|at|the|end|then|dash|by|followed)$/.test(word)) {
      flush()
      out += ' '
    }
  }
  flush()
  return out
}
