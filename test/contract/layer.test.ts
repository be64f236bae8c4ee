import { describe, test } from 'vitest'
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

describe.each(layers)('the layer $name', (layer) => {
  test.each(layerContract(layer))('$name', ({ run }) => run())
})
