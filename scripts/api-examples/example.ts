import { inspect } from 'node:util'

/** An example of each function that a module exports, called when the reference is written. */
export type Examples<M> = {
  readonly [K in keyof M as M[K] extends (...args: never) => unknown ? K : never]: () => unknown
}

/** What an example shows: its code as it is in its file, and what it gave. */
export interface Shown {
  readonly code: string
  readonly gave: string
}

/** Characters of a result that are shown. */
const MOST = 300

/** Runs every example of a file; `text` is the file, in which an entry begins with its name at two spaces. */
export async function shownExamples(
  examples: Readonly<Record<string, () => unknown>>,
  text: string,
): Promise<ReadonlyMap<string, Shown>> {
  const shown = new Map<string, Shown>()
  for (const [name, run] of Object.entries(examples)) {
    shown.set(name, { code: codeOf(name, text), gave: resultText(await run()) })
  }
  return shown
}

function codeOf(name: string, text: string): string {
  const found = new RegExp(
    `^  ${name}: (?:async )?\\(\\) =>([\\s\\S]*?),\\n(?=  \\w+: (?:async )?\\(\\) =>|\\})`,
    'm',
  ).exec(text)
  if (found === null) throw new Error(`There is no example of ${name}.`)
  const body = (found[1] ?? '').replace(/^ \{\n([\s\S]*)\n  \}$/, '\n$1')
  const lines = body.replace(/^\s*\n/, '').split('\n')
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)))
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .trim()
    .replace(/^return /m, '')
}

function resultText(result: unknown): string {
  const text =
    typeof result === 'string'
      ? result
      : inspect(rounded(result), { depth: 3, breakLength: Infinity, maxArrayLength: 6 })
  const line = text.replaceAll(/\s*\n\s*/g, ' ')
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line
}

/** Four digits say enough, and the last ones differ between machines. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number')
    return Number.isInteger(value) || !Number.isFinite(value) ? value : Number(value.toPrecision(4))
  if (value instanceof Float64Array) return [...value].map(rounded)
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null || value instanceof Map || value instanceof Set) return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, rounded(held)]))
}
