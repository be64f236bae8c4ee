import { test } from 'vitest'
import { expectFrozen } from './expect-frozen.ts'
import { absent, hear, processor } from './local.ts'
import { readGolden } from './golden.ts'

const skip =
  readGolden('local')['processor'] === processor()
    ? await absent()
    : `its numbers are frozen for another processor, and this one is ${processor()}`

test.skipIf(skip !== undefined)(
  `a real model says what it said ${skip === undefined ? '' : `(skipped: ${skip})`}`,
  async () => {
    expectFrozen('local', await hear())
  },
)
