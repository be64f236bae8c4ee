import { describe, test } from 'vitest'
import { familyContract } from '../../src/testing/index.ts'
import { workspaceFamilies } from '../../src/tasks/index.ts'

describe.each(workspaceFamilies)('the family $name', (family) => {
  const commands = family.shortest.tools.includes('bash')
  const options = commands ? { rehearsed: 7, seeds: ['2'] } : { seeds: ['1', '2'] }
  test.each(familyContract(family, options))('$name', ({ run }) => run())
})
