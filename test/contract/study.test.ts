import { describe, test } from 'vitest'
import { casesStudy } from '../../src/studies/cases/index.ts'
import { vending } from '../../src/studies/vending/index.ts'
import { studyContract } from '../../src/testing/index.ts'

const cases = casesStudy('capitals', [
  { id: 'france', prompt: 'Capital of France?', expected: 'Paris', check: 'contains' },
  { id: 'sum', prompt: '2 + 2?', expected: '4', check: 'number' },
])

// The other studies keep the same contract in the slow suite: their control runs are larger.
describe.each([cases, vending])('the study $name', (study) => {
  test.each(studyContract(study))('$name', ({ run }) => run())
})
