import { randomFrom } from '../../../src/record/index.ts'

export interface Made {
  readonly name: string
  readonly kind: string
  readonly content: string
  readonly map?: Readonly<Record<string, string>>
  readonly format?: 'csv' | 'jsonl'
}

export interface Odd extends Made {
  /** The check that should see it. */
  readonly check: string
}

export type Line = readonly (string | number)[]

export function csv(header: string, lines: readonly Line[]): string {
  return `${[header, ...lines.map((line) => line.join(','))].join('\n')}\n`
}

export function jsonl(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

export const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i))

/** Draws of a table of its own. */
export function draws(name: string): { readonly coin: (p: number) => 0 | 1; readonly whole: (most: number) => number } {
  const random = randomFrom('anomalies', name)
  return { coin: (p) => (random() < p ? 1 : 0), whole: (most) => Math.floor(random() * most) }
}

/** Agents × tasks with scores, as most tables are. */
export function trials(
  name: string,
  agents: number,
  tasks: number,
  more: (agent: number, task: number, score: 0 | 1) => Line = () => [],
): readonly Line[] {
  const { coin } = draws(name)
  return times(agents * tasks, (i): Line => {
    const [agent, task] = [i % agents, Math.floor(i / agents)]
    const score = coin(0.4 + 0.1 * agent)
    return [`model-${'abcdef'.charAt(agent)}`, `task-${task}`, score, ...more(agent, task, score)]
  })
}

export const HEAD = 'agent,task,score'

export function replaced(lines: readonly Line[], at: number, change: (line: Line) => Line): readonly Line[] {
  return lines.map((line, i) => (i === at ? change(line) : line))
}

/** A table of shares with their n; every share is k/n as printed to so many digits. */
export function leaderboard(
  name: string,
  rows: number,
  n: number,
  digits: number,
  columns: (share: number, n: number, k: number) => Line,
): readonly Line[] {
  const { whole } = draws(name)
  return times(rows, (i) => {
    const k = 1 + whole(n - 2)
    return [`system ${i + 1}`, ...columns(Number((k / n).toFixed(digits)), n, k)]
  })
}

export const se = (p: number, n: number): number => Number(Math.sqrt((p * (1 - p)) / n).toFixed(4))
