import { linedTable } from './table.ts'
import type { Terminal } from './terminal.ts'

/** One text, written at one strength. */
export interface SteeredRow {
  readonly strength: number
  readonly text: string
  /** Share of words that belong to the concept, where it has a list of them. */
  readonly conceptWords?: number
  /** For the model as it ships. */
  readonly natsPerToken: number
}

/** Texts side by side, a column a strength. */
export function steeredColumns(terminal: Terminal, rows: readonly SteeredRow[]): string {
  const width = Math.max(16, Math.floor((terminal.width - 2) / rows.length) - 2)
  const table = linedTable({
    head: rows.map(({ strength }) => terminal.style('bold', `strength ${strength}`)),
    colWidths: rows.map(() => width),
    wordWrap: true,
  })
  table.push(rows.map(({ text }) => text.trim()))
  return table.toString()
}

/** What a text is worth and what it cost, in one line. */
export function steeredLine({ strength, conceptWords, natsPerToken }: SteeredRow): string {
  const share = conceptWords === undefined ? '' : `${(100 * conceptWords).toFixed(1)}% concept words, `
  return `strength ${strength}: ${share}${natsPerToken.toFixed(2)} nats a token for the model as it ships`
}
