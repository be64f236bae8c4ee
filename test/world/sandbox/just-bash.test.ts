import { describe, expect, test } from 'vitest'
import { sandboxContract } from '../../../src/testing/index.ts'
import { justBash } from '../../../src/world/sandbox/just-bash.ts'
import { DEFAULT_LIMITS } from '../../../src/world/sandbox/sandbox.ts'

describe('just-bash', () => {
  for (const { name, run } of sandboxContract(justBash)) test(name, run)

  test('what others read of the clock while a command runs is the real one', async () => {
    const sandbox = await justBash.open({ files: new Map(), limits: DEFAULT_LIMITS, seed: 's' })
    const running = sandbox.exec('for i in $(seq 1 300); do date > /dev/null; done; date +%Y; sleep 1; date +%s')
    const seen: number[] = []
    let done = false
    const isDone = (): boolean => done
    const finished = running.then((ran) => {
      done = true
      return ran
    })
    for (let looked = 0; looked < 100_000 && !isDone(); looked++) {
      if (seen.length < 2000) seen.push(Date.now(), new Date().getTime())
      // The shell seldom lets go of the event loop; between its steps others run.
      await Promise.resolve()
    }
    expect((await finished).stdout).toMatch(/^2026\n1767268801\n$/)
    expect(seen.length).toBeGreaterThan(100)
    for (const at of seen) expect(at).toBeGreaterThan(1_767_268_801_000 + 86_400_000)
    expect(Date.name).toBe('Date')
  })
})
