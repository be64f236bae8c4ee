import { styleText } from 'node:util'
import { codeOf, reasonOf } from '../assay-error.ts'
import { asTyped } from './as-typed.ts'
import { harmless, harmlessJson, ownStyle } from './harmless.ts'

/**
 * Where a command writes: the one way to stdout and stderr, on which every text becomes {@link harmless}. With `--json`
 * one document goes to stdout and everything else to stderr.
 */
export interface Terminal {
  readonly json: boolean
  /** True where a person watches: live tables and progress lines are drawn there only (`drawing.ts`). */
  readonly live: boolean
  readonly width: number
  /** What was asked for, with commands as they must be typed. With `--json` it goes to stderr. */
  readonly print: (text: string) => void
  /** Evidence, with the words that are in the record. Otherwise like {@link print}. */
  readonly quote: (text: string) => void
  /** A part of a line, as it comes. Otherwise like {@link quote}. */
  readonly piece: (text: string) => void
  /** What is said with it, on stderr. */
  readonly note: (text: string) => void
  /** The one document of `--json`; nothing else. */
  readonly document: (value: unknown) => void
  /** A file for other programs: exact in a pipe and in a file, {@link harmless} on a screen. Nothing with `--json`. */
  readonly file: (text: string) => void
  readonly style: (format: Style, text: string) => string
}

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan'

/** The two styles that most of what is printed needs. */
export function stylesOf(terminal: Terminal): Readonly<Record<'bold' | 'dim', (text: string) => string>> {
  return { bold: (text) => terminal.style('bold', text), dim: (text) => terminal.style('dim', text) }
}

const WIDTH = 100

function write(to: NodeJS.WriteStream, text: string): void {
  to.write(harmless(text))
}

export function terminal(json: boolean): Terminal {
  const stream = json ? process.stderr : process.stdout
  return {
    json,
    live: process.stderr.isTTY && process.env['CI'] === undefined,
    width: Math.max(60, process.stdout.columns || WIDTH),
    print: (text) => write(stream, `${asTyped(text)}\n`),
    quote: (text) => write(stream, `${text}\n`),
    piece: (text) => write(stream, text),
    note: (text) => write(process.stderr, `${asTyped(text)}\n`),
    document: (value) => {
      if (json) process.stdout.write(`${harmlessJson(JSON.stringify(value, null, 2))}\n`)
    },
    file: (text) => {
      if (!json) process.stdout.write(process.stdout.isTTY ? harmless(text) : text)
    },
    style: (format, text) => {
      const [before = '', after = ''] = styleText(format, '.', { stream }).split('.')
      return ownStyle([before, after], text)
    },
  }
}

/**
 * What happens when stdout or stderr takes nothing more. A pipe that was closed early (`assay runs | head`) is not a
 * fault: the command goes on without it, and its exit code says what it always says. On a full disk the command ends,
 * with one line and `end(3)`.
 */
export function onUnwritable(end: (code: 3) => void): void {
  process.stdout.on('error', (cause: Error) => {
    if (codeOf(cause) === 'EPIPE') return
    const why = codeOf(cause) === 'ENOSPC' ? 'no space left on the device' : reasonOf(cause)
    terminal(false).note(`assay: Cannot write to stdout: ${why}. Write to another place, then type the command again.`)
    end(3)
  })
  process.stderr.on('error', (cause: Error) => {
    if (codeOf(cause) !== 'EPIPE') end(3)
  })
}
