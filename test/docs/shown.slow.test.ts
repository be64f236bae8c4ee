import path from 'node:path'
import { expect, test } from 'vitest'
import { assay, scratch } from '../cli/assay.ts'
import { commandsOf, textOf } from './pages.ts'

/** What pages show of a command's output, line by line; tables of another width say the same. */
test.each([
  ['README.md', /^ {6}pass\^.*$/gm, 3, () => commandsOf('README.md')[0] ?? [], () => process.cwd()],
  ['docs/read-a-result.md', /^ {2}control\/.*$/gm, 4, () => ['run', 'vending', '--controls', 'only'], scratch],
  ['docs/quickstart.md', /^ {2}control\/.*$/gm, 4, capitals, scratch],
  ['docs/test-your-own-questions.md', /^ {2}control\/.*$/gm, 4, capitals, scratch],
] as const)('%s shows what the command prints', async (page, shown, lineCount, words, folder) => {
  const lines = (textOf(page).match(shown) ?? []).map(even)
  expect(lines).toHaveLength(lineCount)
  const { code, out } = await assay(folder(), ...words())
  expect(code).toBe(0)
  const said = new Set(out.split('\n').map(even))
  expect(lines.filter((line) => !said.has(line))).toEqual([])
})

function capitals(): readonly string[] {
  return ['run', path.resolve('examples/capitals.csv'), '--controls', 'only']
}

function even(line: string): string {
  return line.trim().replaceAll(/ +/g, ' ')
}
