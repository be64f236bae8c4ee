import fs from 'node:fs'
import path from 'node:path'

/** What is broken. */
export type Part = 'measure' | 'grader' | 'world' | 'factor' | 'budget' | 'analysis' | 'interval' | 'cluster' | 'check'

/** A controls-only run that should see it, or a corpus by which a check is measured. */
export type Seen =
  | {
      readonly study: string
      readonly set?: Readonly<Record<string, readonly string[]>>
      readonly tasks?: number | string
      readonly repeats?: number
      /** Models under test beside the controls: some instruments are read only where there are two. */
      readonly models?: number
    }
  | { readonly corpus: string; readonly as: string }

/** One substitution that makes the program measure something wrong. */
export interface Break {
  readonly name: string
  readonly part: Part
  /** Under `src`. */
  readonly file: string
  /** Stands exactly once in the file. */
  readonly from: string
  readonly to: string
  readonly by: Seen
}

/** Breaks of one file, by what sees them. */
export function breaksOf(
  part: Part,
  file: string,
  by: Seen,
  all: readonly (readonly [name: string, from: string, to: string])[],
): readonly Break[] {
  return all.map(([name, from, to]) => ({ name, part, file, from, to, by }))
}

/**
 * The file as the break leaves it.
 *
 * @throws Error where what it replaces does not stand there exactly once: the break is out of date
 */
export function brokenText({ name, file, from, to }: Break, src: string): string {
  const text = fs.readFileSync(path.join(src, file), 'utf8')
  const times = text.split(from).length - 1
  if (times !== 1)
    throw new Error(`The break "${name}" is out of date: ${JSON.stringify(from)} is in src/${file} ${times} times.`)
  return text.replace(from, () => to)
}
