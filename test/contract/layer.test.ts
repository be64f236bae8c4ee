import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as assay from '../../src/index.ts'
import {
  allowList,
  canaryToken,
  classifier,
  confirmation,
  delimiting,
  hardening,
  injectionDetector,
  keywordFilter,
  majority,
  outputCheck,
  outputForms,
  perplexityFilter,
  repetition,
  spotlighting,
  transcriptCheck,
} from '../../src/attack/index.ts'
import { layerContract } from '../../src/testing/index.ts'

const layers = [
  hardening,
  delimiting,
  spotlighting,
  repetition,
  canaryToken,
  keywordFilter(),
  injectionDetector(),
  perplexityFilter(),
  classifier(),
  majority(),
  outputCheck('literal'),
  outputCheck('spelled'),
  outputForms(),
  transcriptCheck,
  allowList,
  confirmation(['pay']),
]

test('every layer that docs/attacks.md offers can be imported', () => {
  const page = fs.readFileSync(new URL('../../docs/attacks.md', import.meta.url), 'utf8')
  const table = page.slice(page.indexOf('\n## Layers'), page.indexOf('A layer that only blocks can run'))
  const rows = table.split('\n').filter((line) => line.startsWith('| `'))
  const offered = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  )
  expect(offered.toSorted()).toEqual(expect.arrayContaining(['allowList', 'canaryToken', 'hardening']))
  expect(offered.filter((name) => !(name in assay))).toEqual([])
})

describe.each(layers)('the layer $name', (layer) => {
  test.each(layerContract(layer))('$name', ({ run }) => run())
})
