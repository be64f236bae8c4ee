import { expect, test } from 'vitest'
import { builtIn, loadBuiltIn } from '../../src/studies/index.ts'
import { commandsOf, pages, textOf } from './pages.ts'

test.each(builtIn)('docs/studies/%s.md has every factor and level, the defaults in bold', async (name) => {
  const study = await loadBuiltIn(name)
  const rows = [...textOf(`docs/studies/${name}.md`).matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm)]
  const shown = rows.map(([, factor = '', cell = '']) => {
    const bold = [...cell.matchAll(/\*\*(.+?)\*\*/g)].flatMap(([, words = '']) => words.split(', '))
    return [factor, { levels: cell.replaceAll('**', '').trim().split(', ').toSorted(), standard: bold.toSorted() }]
  })
  const declared = Object.entries(study?.factors ?? {}).map(([factor, { levels, standard }]) => [
    factor,
    { levels: levels.toSorted(), standard: standard.toSorted() },
  ])
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(declared))
})

test.each(pages)('every level that %s sets exists', async (page) => {
  const wrong: string[] = []
  for (const [, study = '', ...words] of commandsOf(page)) {
    const factors = (await loadBuiltIn(study))?.factors
    if (factors === undefined) continue
    for (const [at, word] of words.entries()) {
      const [factor = '', levels = ''] = word === '--set' ? (words[at + 1] ?? '').split('=') : []
      const known = factors[factor]?.levels ?? []
      if (word === '--set') wrong.push(...levels.split(',').filter((level) => !known.includes(level)))
    }
  }
  expect(wrong).toEqual([])
})
