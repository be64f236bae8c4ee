import { randomInt } from 'node:crypto'

/** Characters of one line that are shown; the record and `--json` hold the rest. */
const LONGEST_LINE = 4000

/** A number that no text from outside can know: it marks the styles that the program itself asked for. */
const OWN = [0, 0, 0].map(() => randomInt(1000, 10_000)).join(';')

// oxlint-disable-next-line no-control-regex -- marks begin with the control character that they stand for
const OWN_STYLE = new RegExp(`\\u001b\\[(\\d+);${OWN}m`)

/** Colours of other programs, as commands print them. */
// oxlint-disable-next-line no-control-regex -- taking control characters out is the point
const COLOUR = /\u001b\[[\d;:]{0,40}m/g

/** C0 and C1 but line feed and tab, marks of direction, what is invisible, Unicode's own line ends, and no characters. */
const UNSEEN =
  /[[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\ufff9-\ufffb]--[\n\t]--[\u{fe0e}-\u{fe0f}]]/gv

/** A joiner where a script or an emoji is spelt with it; between letters of Latin, Greek and Cyrillic it only hides. */
const JOINER =
  /(?<=[[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]--[\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}]])[\u200c\u200d](?=[\p{L}\p{Extended_Pictographic}])/v

const JOINER_OR_UNSEEN = new RegExp(`(${JOINER.source})|${UNSEEN.source}`, 'gv')

/**
 * A text that a terminal may be given, whoever wrote it: nothing in it moves the cursor, sets a title, turns the direction
 * of letters or hides. What would becomes U+FFFD; colours go, unless {@link ownStyle} set them; a line of more than 4,000
 * characters loses its middle.
 */
export function harmless(text: string): string {
  return text
    .toWellFormed()
    .split(OWN_STYLE)
    .map((piece, index) => (index % 2 === 1 ? `\u001b[${piece}m` : seen(piece)))
    .join('')
}

function seen(text: string): string {
  return text
    .replaceAll(COLOUR, '')
    .replaceAll(JOINER_OR_UNSEEN, (_, joiner: string | undefined) => joiner ?? '\ufffd')
    .split('\n')
    .map(cut)
    .join('\n')
}

function cut(line: string): string {
  if (line.length <= LONGEST_LINE) return line
  const half = LONGEST_LINE / 2
  return `${line.slice(0, half)}… (${line.length} characters) …${line.slice(-half)}`.toWellFormed()
}

/** A style of the program's own, which {@link harmless} lets through: `styled` is `text` between two codes, or `text` alone. */
export function ownStyle(styled: readonly [before: string, after: string], text: string): string {
  // oxlint-disable-next-line no-control-regex -- see above
  const [before, after] = styled.map((code) => code.replaceAll(/\u001b\[(\d+)m/g, `\u001b[$1;${OWN}m`))
  return `${before}${text}${after}`
}

/** JSON that says the same with everything unseen in it written as an escape. */
export function harmlessJson(text: string): string {
  return text.replaceAll(UNSEEN, (letter) =>
    Array.from({ length: letter.length }, (_, at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  )
}
