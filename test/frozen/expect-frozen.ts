import { expect } from 'vitest'
import { differences, readGolden } from './golden.ts'
import type { Reading } from './reading.ts'

const MOST = 80

/** Fails with what moved, as `freeze.ts` prints it. */
export function expectFrozen(scene: string, now: Reading): void {
  const told = differences(readGolden(scene), now)
  const rest = told.length - MOST
  const more = rest > 0 ? [`… and ${rest} lines more: node test/frozen/freeze.ts --dry ${scene}`] : []
  if (told.length > 0) expect.fail([`${scene} is not as it was frozen`, ...told.slice(0, MOST), ...more].join('\n'))
}
