import { expect, test } from 'vitest'
import { builtIn } from '../../src/studies/index.ts'
import { pages, textOf } from './pages.ts'

const studyPages = pages.filter((page) => page.startsWith('docs/studies/'))

test('every built-in study has a page', () => {
  expect(studyPages).toEqual(builtIn.map((name) => `docs/studies/${name}.md`).toSorted())
})

test.each(studyPages)('%s says on top when to use it, what it gives and what it costs, and links its terms', (page) => {
  const text = textOf(page)
  const inOrder = [
    '- **Use it when** ',
    '- **You get** ',
    '- **It costs** ',
    '    npx assay run ',
    '## Design',
    '(../concepts.md#level)',
    '## Findings',
    '## Controls, in every run',
    '[control](../concepts.md#control)',
    '## What it does not show',
  ].map((part) => text.indexOf(part))
  expect(inOrder).not.toContain(-1)
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
})
