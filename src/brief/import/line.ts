import { AssayError } from '../../assay-error.ts'
import { plain } from '../../report/index.ts'
import { PARTS } from '../brief.ts'

export type Part = (typeof PARTS)[number]

/** A line of a text, as far as it can be told by itself and by its neighbours. */
export interface Line {
  /** From 1. */
  readonly number: number
  readonly kind: 'bullet' | 'heading' | 'bare'
  /** Without its bullet, its hashes and its bold marks. */
  readonly text: string
  /** Of a heading in Markdown: 1 to 6. */
  readonly level: number
  readonly indented: boolean
  readonly afterBlank: boolean
  /** The next line that holds anything is a bullet. */
  readonly beforeBullet: boolean
}

/** Characters of a line, and of a bullet with all that was wrapped. */
export const LONGEST_LINE = 4000
/** Characters of a heading. */
export const LONGEST_HEADING = 80

const BULLET = /^(?:[-*+–—] +|[•‣▪◦·] *|\d{1,3}[.)] +)(?<text>.*\S)/
const HEADING = /^(?<hashes>#{1,6}) +(?<text>.*\S)/

/**
 * The lines of a text that hold letters or digits. A text whose first line begins with `#` is Markdown, and its
 * backslashes are taken for what they protect.
 */
export function linesOf(text: string): readonly Line[] {
  const raw = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const long = raw.findIndex((line) => line.length > LONGEST_LINE)
  if (long >= 0)
    throw new AssayError(
      'brief/bad-text',
      `Line ${long + 1} has ${raw[long]?.length ?? 0} characters, and a claim is a sentence of ${LONGEST_LINE} at most. Break it, or make a brief from the text with: assay brief draft`,
    )
  const full = raw.map((line) => line.replaceAll('\t', '    ')).map((line) => ({ line, clean: unbold(plain(line)) }))
  const told = full.filter(({ clean }) => /[\p{L}\p{N}]/u.test(clean))
  const margin = told.reduce((least, { line }) => Math.min(least, indentOf(line)), Infinity)
  const markdown = HEADING.test(told[0]?.clean ?? '')
  const kinds = full.map(({ clean }) => (says(bareText(clean, kindOf(clean))) ? kindOf(clean) : undefined))
  let next: Line['kind'] | undefined
  return full
    .map(({ line, clean }, index) => ({ line, clean, index, kind: kinds[index] }))
    .toReversed()
    .flatMap(({ line, clean, index, kind }): readonly Line[] => {
      if (kind === undefined) return []
      const beforeBullet = next === 'bullet'
      next = kind
      const afterBlank = (full[index - 1]?.clean ?? '') === ''
      return [
        {
          number: index + 1,
          kind,
          text: unbold(bareText(markdown ? unescaped(clean) : clean, kind)),
          level: kind === 'heading' ? (HEADING.exec(clean)?.groups?.['hashes']?.length ?? 1) : 0,
          indented: indentOf(line) > margin,
          afterBlank,
          beforeBullet,
        },
      ]
    })
    .toReversed()
}

/** Whether a line belongs to the bullet above it, which was wrapped. */
export function continues(bullet: string, line: string): boolean {
  if (isFinished(bullet)) return false
  return /^[\p{Ll}\p{N},;)(]/u.test(line) || /[.?!]["”'’)\]]*$/.test(line.slice(-LAST))
}

/** Whether a sentence has its end. */
export function isFinished(text: string): boolean {
  return /[.?!…:;]["”'’)\]]*$/.test(text.slice(-LAST))
}

/** Letters at the end of a text that are looked at for its end. */
const LAST = 20

/** Which part a heading names, if it names one. */
export function partNamed(text: string): Part | undefined {
  if (text.length > LONGEST_HEADING) return undefined
  const bare = nameOf(text).toLowerCase()
  return PARTS.find((part) => part.toLowerCase() === bare)
}

/** A line as the name of something: without marks before it, and without the stop or colon behind it. */
export function nameOf(text: string): string {
  for (let name = text; ;) {
    const less = name
      .replace(/^(?:[-*+–—] +|[•‣▪◦·] *|\d{1,3}[.)] +|#{1,6} +)/, '')
      .replace(/[\s.:]+$/, '')
      .trim()
    if (less === name) return name
    name = less
  }
}

/** A sentence without the verdict that a brief with findings writes behind it. */
export function withoutVerdict(text: string): string {
  return text.replace(
    /(?: +(?:\*\*)?\[(?:supported|contradicted|unresolved|uncalibrated|unvalidated|untested)\](?:\*\*)?)+$/,
    '',
  )
}

/** Takes the marks of bold text off, all of them. */
export function unbold(text: string): string {
  for (let left = text; ;) {
    const less = left.replaceAll(/(?<![\p{L}\p{N}*\\])\*\*(?=[^\s*])([^*]*?[^\s*\\])\*\*(?![\p{L}\p{N}*])/gu, '$1')
    if (less === left) return left
    left = less
  }
}

function kindOf(clean: string): Line['kind'] {
  if (BULLET.test(clean)) return 'bullet'
  return HEADING.test(clean) ? 'heading' : 'bare'
}

function bareText(clean: string, kind: Line['kind']): string {
  const pattern = kind === 'bullet' ? BULLET : kind === 'heading' ? HEADING : undefined
  return pattern?.exec(clean)?.groups?.['text'] ?? clean
}

/** The inverse of what `renderMarkdown` does to protect a text. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([\\`*_[\]<>#|~&!\-+=.)])/g, '$1')
}

/** Whether anything is left of a line without its marks and its verdict. */
function says(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(withoutVerdict(` ${text}`))
}

function indentOf(line: string): number {
  return /^[ \u00a0]*/.exec(line.replace(/^\ufeff/, ''))?.[0].length ?? 0
}
