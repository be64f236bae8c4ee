import fs from 'node:fs'
import path from 'node:path'

/** How this program is started where it was started: `assay` where it is on the PATH, otherwise `npx assay`. */
export type Start = 'assay' | 'npx assay'

const WRITTEN = /(?<![\w/.-])(?:npx )?\bassay (?=[a-z<]|--)/g

/**
 * A text with its commands as they must be typed: `assay show monday` becomes `npx assay show monday` in a clone. All rooms
 * write `assay`, and what prints their texts asks this once: the terminal, and the exit of the program. Pages that others
 * read say `npx assay`, which works for both.
 */
export function asTyped(text: string, start: Start = startOf(process.env)): string {
  return text.replaceAll(WRITTEN, `${start} `)
}

/** While npm runs a script or `npx`, the PATH holds folders of its own: what is found there a user cannot type. */
export function startOf({ npm_command, PATH = '' }: Readonly<Record<string, string | undefined>>): Start {
  return npm_command === undefined && PATH.split(path.delimiter).some(holdsAssay) ? 'assay' : 'npx assay'
}

function holdsAssay(folder: string): boolean {
  return folder !== '' && fs.existsSync(path.join(folder, 'assay'))
}
