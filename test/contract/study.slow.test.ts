import { describe, test } from 'vitest'
import { builtIn, loadBuiltIn } from '../../src/studies/index.ts'
import { studyContract } from '../../src/testing/index.ts'

/** A few tasks are enough for a promise that all of them keep alike. */
const FEW: Readonly<Record<string, string>> = { breach: 'secret-*', layers: 'secret-*{,/*}' }

// Vending stands for them in the fast suite.
describe.each(builtIn.filter((name) => name !== 'vending'))('the study %s', async (name) => {
  const study = await loadBuiltIn(name)
  if (study === undefined) throw new Error(`${name} does not load`)
  test.each(studyContract(study, FEW[name]))('$name', ({ run }) => run())
})
