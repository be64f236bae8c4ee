import { describe, test } from 'vitest'
import { familyContract } from '../../src/testing/index.ts'
import { workspaceFamilies } from '../../src/tasks/index.ts'

// More lengths and seeds are in the slow suite; a command takes as long as thirty acts on files.
describe.each(workspaceFamilies)('the family $name', (family) => {
  const commands = family.shortest.tools.includes('bash')
  const options = commands ? { lengths: [1, 3], slips: 2 } : { lengths: [1, 2, 3, 7, 24], slips: 5 }
  test.each(familyContract(family, { ...options, seeds: ['1'] }))('$name', ({ run }) => run())
})
