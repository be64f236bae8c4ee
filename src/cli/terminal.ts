import { styleText } from 'node:util'
import { asTyped } from './as-typed.ts'

/** Where a command writes. With `--json` one document goes to stdout and everything else to stderr. */
export interface Terminal {
  readonly json: boolean
  /** True where a person watches: live tables and progress lines are drawn there only. */
  readonly live: boolean
  readonly width: number
  /** What was asked for, with commands as they must be typed. With `--json` it goes to stderr. */
  readonly print: (text: string) => void
  /** Evidence, as it is in the record, letter by letter. Otherwise like {@link print}. */
  readonly quote: (text: string) => void
  /** What is said with it. */
  readonly note: (text: string) => void
  /** The one document of `--json`; nothing else. */
  readonly document: (value: unknown) => void
  readonly style: (format: Style, text: string) => string
}

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan'

/** The two styles that most of what is printed needs. */
export function stylesOf(terminal: Terminal): Readonly<Record<'bold' | 'dim', (text: string) => string>> {
  return { bold: (text) => terminal.style('bold', text), dim: (text) => terminal.style('dim', text) }
}

const WIDTH = 100

export function terminal(json: boolean): Terminal {
  const stream = json ? process.stderr : process.stdout
  return {
    json,
    live: process.stderr.isTTY && process.env['CI'] === undefined,
    width: Math.max(60, process.stdout.columns || WIDTH),
    print: (text) => void stream.write(`${asTyped(text)}\n`),
    quote: (text) => void stream.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${asTyped(text)}\n`),
    document: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
    },
    style: (format, text) => styleText(format, text, { stream }),
  }
}
