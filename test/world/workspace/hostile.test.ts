import { expect, test } from 'vitest'
import { bubblewrap } from '../../../src/world/index.ts'
import { playHostile } from './hostile.ts'

const LIMITS = { ms: 200, diskBytes: 4 << 20, files: 800 }

test('whatever an agent does with the tools for files, its trial is not invalid', async () => {
  const { outcomes, versions } = await playHostile(undefined, LIMITS, ['fast'], 200)
  expect(outcomes.map(({ status, stop }) => `${status}: ${stop}`)).toEqual(['limit: turns'])
  expect(versions).not.toHaveProperty('bubblewrap')
})

const ready = bubblewrap.ready()
test.skipIf(ready.type === 'unavailable')(
  `whatever an agent does with a shell, its trial is not invalid; the run says which version of the sandbox ran ${ready.type === 'unavailable' ? ready.why : ''}`,
  async () => {
    const { outcomes, versions } = await playHostile(bubblewrap, LIMITS, ['fast'], 20)
    expect(outcomes.map(({ status, stop }) => `${status}: ${stop}`)).toEqual(['limit: turns'])
    expect(versions['bubblewrap']).toMatch(/^\d+\.\d+/)
  },
)
