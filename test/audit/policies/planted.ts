import { randomFrom } from '../../../src/record/index.ts'

export type Row = Readonly<Record<string, string | number>>

/** One table with the number that its policy gives. */
export interface Planted {
  readonly kind: string
  readonly rows: readonly Row[]
  readonly quantity: string
  readonly value: number
  /** What the policy is called by the audit, in part. */
  readonly says: RegExp
  readonly by?: readonly string[]
  readonly statedN?: number
  /** Digits behind the point of the percentage. Default 2. */
  readonly digits?: number
  /** Cut off and not rounded. */
  readonly cut?: true
}

export interface Draw {
  readonly coin: (p: number) => 0 | 1
  readonly whole: (least: number, most: number) => number
}

export function drawFrom(...words: readonly string[]): Draw {
  const random = randomFrom('policies', ...words)
  return {
    coin: (p) => (random() < p ? 1 : 0),
    whole: (least, most) => least + Math.floor(random() * (most - least + 1)),
  }
}

export function times<T>(count: number, make: (i: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, i) => make(i))
}

export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length
}

/** The numbers of a column; blanks are none. */
export function numbers(rows: readonly Row[], column = 'score'): readonly number[] {
  return rows.flatMap((row) => (typeof row[column] === 'number' ? [row[column]] : []))
}

export function having(rows: readonly Row[], column: string, value: string | number): readonly Row[] {
  return rows.filter((row) => row[column] === value)
}

export function groups(rows: readonly Row[], column: string): readonly (readonly Row[])[] {
  return [...Map.groupBy(rows, (row) => row[column]).values()]
}

/** Some cells of a column blank. */
export function holed(d: Draw, rows: readonly Row[], column: string, share: number): readonly Row[] {
  return rows.map((row) => (d.coin(share) === 1 ? { ...row, [column]: '' } : row))
}

/** Rows of one agent: so many tasks, each tried so often, each as hard as it is. */
export function trialsOf(d: Draw, repeats: () => number, more: (task: number) => Row = () => ({})): readonly Row[] {
  return times(d.whole(35, 70), (task) => {
    const p = d.whole(1, 9) / 10
    return times(repeats(), (repeat) => ({ task: `t${task}`, repeat, score: d.coin(p), ...more(task) }))
  }).flat()
}
