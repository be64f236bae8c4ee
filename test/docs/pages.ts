import fs from 'node:fs'
import path from 'node:path'

/** Every page that people read, by its path from the root. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...fs
    .readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join('docs', file)),
].toSorted()

export function textOf(page: string): string {
  return fs.readFileSync(page, 'utf8')
}

/** A page without what is shown literally: no link and no heading is in there. */
export function proseOf(page: string): string {
  return textOf(page)
    .replaceAll(/^( *)(`{3,}).*\n[\s\S]*?^\1\2$/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()#]/g, ' '))
}

/** The anchors that a page's headings make, as GitHub makes them. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const headings = textOf(page)
    .replaceAll(/^( *)(`{3,}).*\n[\s\S]*?^\1\2$/gm, '')
    .matchAll(/^#{1,6} (.+)$/gm)
  const seen = new Map<string, number>()
  const anchors = [...headings].map(([, heading = '']) => {
    const anchor = heading
      .replaceAll(/\]\([^)]*\)/g, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
    const before = seen.get(anchor) ?? 0
    seen.set(anchor, before + 1)
    return before === 0 ? anchor : `${anchor}-${before}`
  })
  return new Set(anchors)
}

/** Each command of Assay that a page shows, as words; continued lines are one command. */
export function commandsOf(page: string): readonly (readonly string[])[] {
  const joined = textOf(page).replaceAll(/ *\\\n\s*/g, ' ')
  const blocks = [
    ...joined.matchAll(/^(?: {4}|\$ | {4}\$ )?(?:npx assay|node path\/to\/assay\/bin\/assay\.js) (.+)$/gm),
  ]
  const inline = [...joined.matchAll(/`npx assay ([^`\n]+)`/g)]
  return [...blocks, ...inline].map(([, line = '']) => wordsOf(line))
}

/** The words of a command line, up to a remark (after two spaces or `#`), a pipe or a file that it is written to. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = []
  for (const [, space = '', word = ''] of line.matchAll(/( *)((?:'[^']*'|"[^"]*"|[^\s'"])+)/g)) {
    if (space.length > 1 || ['#', '|', '>'].includes(word)) break
    words.push(word.replaceAll(/['"]/g, ''))
  }
  return words
}
