import { AssayError } from '../../assay-error.ts'
import type { Moment } from './source-text.ts'

/** Words that were said from some moment on. */
export interface Cue {
  readonly ms: number
  readonly text: string
  /** Where the file says who. */
  readonly speaker?: string
}

const TIME = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})`
const TIMING = new RegExp(`^\\s*${TIME}\\s*-->\\s*${TIME}`)
/** The tag of a speaker in WebVTT, with classes. */
const VOICE = /<v(?:\.[^\s>]*)?\s+([^>]*)>/

/**
 * The cues of WebVTT or SubRip: numbers, notes, styles and placing are left out, and so is a cue that says what the one before it said
 * already, as rolling captions do.
 *
 * @throws AssayError `brief/bad-source` where there is none
 */
export function captionCues(text: string): readonly Cue[] {
  const cues: Cue[] = []
  let current: { ms: number; lines: string[] } | undefined
  const close = (): void => {
    if (current === undefined) return
    const raw = current.lines.join(' ')
    const speaker = VOICE.exec(raw)?.[1]?.trim()
    const words = spoken(raw)
    const before = cues.at(-1)?.text
    if (words !== '' && words !== before)
      cues.push({ ms: current.ms, text: words, ...(speaker !== undefined && speaker !== '' && { speaker }) })
    current = undefined
  }
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    const timing = TIMING.exec(line)
    if (timing !== null) {
      close()
      current = { ms: millis(timing), lines: [] }
    } else if (line.trim() === '') close()
    // A number alone before a timing is the next cue's.
    else if (!(/^\s*\d+\s*$/.test(line) && TIMING.test(lines[index + 1] ?? ''))) current?.lines.push(line)
  }
  close()
  if (cues.length === 0)
    throw new AssayError('brief/bad-source', 'its text has no captions: no line such as 00:00:01.000 --> 00:00:04.000.')
  return cues
}

function millis([, hours = '0', minutes = '0', seconds = '0', thousandths = '0']: RegExpExecArray): number {
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(thousandths.padEnd(3, '0'))
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', quot: '"' }

/** What is heard: no tags, no braces of styles, entities as letters. */
function spoken(raw: string): string {
  return raw
    .replaceAll(/<[^>]*>|\{\\[^}]*\}/g, '')
    .replaceAll(/&(amp|lt|gt|nbsp|quot);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replaceAll('\ufffd', '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** A name before what is said, as captions without tags have it: `JELLE WIERSMA: `, `- Ann: `, `>> BOB: `. */
const NAMED = /^(?:-\s*|>>+\s*)?(\p{Lu}[\p{L}\p{M}.’'-]*(?: \p{Lu}[\p{L}\p{M}.’'-]*){0,3}):\s+(?=\S)/u

/**
 * Cues as a transcript: a paragraph for each turn, with the speaker's name before it, and where in it each cue begins.
 */
export function transcriptOf(cues: readonly Cue[]): { readonly text: string; readonly moments: readonly Moment[] } {
  const moments: Moment[] = []
  let text = ''
  let last: string | undefined
  for (const { ms, text: words, speaker: tagged } of cues) {
    const inside = tagged === undefined ? NAMED.exec(words) : null
    const speaker = tagged ?? (inside === null ? undefined : titled(inside[1] ?? ''))
    const said = words.slice(inside?.[0].length ?? 0)
    const turns = speaker !== undefined && speaker !== last
    text += turns ? `${text === '' ? '' : '\n\n'}${speaker}: ` : text === '' ? '' : ' '
    moments.push({ at: text.length, ms })
    text += said
    last = speaker ?? last
  }
  return { text, moments }
}

/** `JELLE WIERSMA` is Jelle Wiersma; other names stay as they are. */
function titled(name: string): string {
  return /\p{Ll}/u.test(name)
    ? name
    : name.replaceAll(/(\p{L})([\p{L}\p{M}]+)/gu, (_, a: string, b: string) => a + b.toLowerCase())
}
