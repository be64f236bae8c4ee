import { describe, test } from 'vitest'
import { bubblewrap } from '../../../src/world/sandbox/bubblewrap.ts'
import { docker } from '../../../src/world/sandbox/docker.ts'
import { sandboxContract } from '../../../src/testing/index.ts'

for (const kind of [bubblewrap, docker()]) {
  const ready = kind.ready()
  const skipped = ready.type === 'unavailable' ? ` (skipped: ${ready.why})` : ''
  describe.skipIf(skipped !== '')(`${kind.name}${skipped}`, () => {
    for (const { name, run } of sandboxContract(kind)) test(name, run)
  })
}
