// What an agent writes that looks at a few files and then has a script do the rest: patterns over the text, no reading.
// Each takes the files of a task and gives the files it would write. They were made from the tasks that
// docs/worlds/workspace-tasks.md shows, and then once more with every form of words at hand.
import type { Files } from '../../../../src/world/index.ts'

/** @param credulous it takes each remark, and each mention of a special case, for what it sounds like */
export type Script = (files: Files, credulous?: boolean) => Files
const CODE = /[A-Z]{2}-\d{5}/g
const NAME = /\b[A-Z][a-z]{5}\b/g

export function codes(text: string): readonly string[] {
  return text.match(CODE) ?? []
}

export function names(text: string): readonly string[] {
  return text.match(NAME) ?? []
}

/** Files of a folder in the order of their numbers. */
export function numbered(files: Files, folder: string): readonly (readonly [number, string])[] {
  return Object.entries(files)
    .filter(([path]) => path.startsWith(`${folder}/`))
    .map(([path, text]): [number, string] => [Number(/(\d+)/.exec(path)?.[1] ?? 0), text])
    .toSorted(([a], [b]) => a - b)
}

export const ONES: readonly string[] = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'] // prettier-ignore
