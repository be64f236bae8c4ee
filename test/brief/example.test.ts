import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import {
  briefYaml,
  checkBrief,
  editBrief,
  importText,
  mergeImport,
  parseBrief,
  readSource,
  renderMarkdown,
  renderText,
  verdictsOf,
} from '../../src/brief/index.ts'
import { briefSchemas } from '../../src/brief/schemas.ts'

const examples = path.join(import.meta.dirname, '../../examples')
const yaml = fs.readFileSync(path.join(examples, 'brief.yaml'), 'utf8')
const text = fs.readFileSync(path.join(examples, 'brief.txt'), 'utf8')

/** The built-in studies of the design. */
const STUDIES =
  'horizon vending parity errors earnings lead breach layers hacking monitoring triggers awareness steering introspection specialisation generality'.split(
    ' ',
  )

test('the example has a claim with a test for each built-in study, and nothing wrong with it', async () => {
  const brief = parseBrief(yaml, 'brief.yaml')
  expect(new Set(brief.claims.map(({ test: own }) => own?.study))).toEqual(new Set(STUDIES))
  const source = { type: 'read', text: await readSource(path.join(examples, 'panel.txt')) } as const
  const now = Date.parse('2026-11-24')
  expect(checkBrief(brief, { evidence: [], sources: new Map([['panel', source]]), now })).toEqual([])
})

test('the example’s text to yaml to text is the identity, and so is its Markdown’s import', () => {
  const { brief, notes } = importText(text)
  expect(notes).toEqual([])
  expect(renderText(parseBrief(briefYaml(brief), 'b'))).toBe(text)
  const example = parseBrief(yaml, 'b')
  const shown = renderText(example, verdictsOf(example, []))
  expect(shown.match(/^- .* \[untested\]$/gm)).toHaveLength(27)
  expect(shown.replaceAll(' [untested]', '')).toBe(text)
  expect(importText(renderMarkdown(brief)).brief).toEqual(brief)
})

test('the example’s own text brought back into it changes no letter', () => {
  expect(editBrief(yaml, 'b', (before) => mergeImport(before, importText(text).brief).brief)).toBe(yaml)
})

test('a claim that is no longer in the text keeps its test, and is named', () => {
  const before = parseBrief(yaml, 'b')
  const shorter = importText(text.replaceAll(/^- A model rarely notices.*\n/gm, '')).brief
  const { brief, unplaced } = mergeImport(before, shorter)
  expect(unplaced).toEqual(['rarely-notices'])
  expect(brief.claims).toHaveLength(before.claims.length)
})

test('the published schema is current', () => {
  const schemas = path.join(import.meta.dirname, '../../schemas')
  for (const [name, current] of briefSchemas()) expect(fs.readFileSync(path.join(schemas, name), 'utf8')).toBe(current)
})
