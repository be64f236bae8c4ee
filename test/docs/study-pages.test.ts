import { expect, test } from 'vitest'
import { builtIn, loadBuiltIn } from '../../src/studies/index.ts'
import { makePlan } from '../../src/study/index.ts'
import { pages, proseOf, textOf } from './pages.ts'

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

/** What a page of a study says that it costs, and whether its agents or its controls run then. */
const COUNTS: readonly (readonly [RegExp, 'only' | 'off'])[] = [
  [/controls?\]\(\S+\) only \(([\d,]+) /, 'only'],
  [/([\d,]+) trials (?:for each model|on a local model) by default/, 'off'],
]

test.each(builtIn)('the page of %s types no other number of trials than its plan has', async (name) => {
  const study = await loadBuiltIn(name)
  if (study === undefined) throw new Error(`There is no ${name}.`)
  const page = textOf(`docs/studies/${name}.md`)
  const typed = COUNTS.flatMap(([form, controls]) => {
    const [, found] = form.exec(page) ?? []
    const models = controls === 'only' ? [] : ['local/any']
    const asked = { models, set: {}, seed: '1', controls, sampling: {}, limits: {} } as const
    return found === undefined ? [] : [[found, makePlan(study, asked, new Map()).trials.length.toLocaleString('en')]]
  })
  expect(typed.length).toBeGreaterThan(0)
  for (const [found, planned] of typed) expect(found).toBe(planned)
})

test('no page types how many control checks passed but below the command that prints it', () => {
  const typed = pages
    .filter((page) => !page.includes('decisions/'))
    .flatMap((page) =>
      [...proseOf(page).matchAll(/\ball (?:the )?\d+ \[?control checks/gi)].map(([text]) => `${page}: ${text}`),
    )
  expect(typed).toEqual([])
})
