import { test, vi } from 'vitest'
import { expectFrozen } from './expect-frozen.ts'
import { play } from './play.ts'
import { scenes } from './scenes.ts'

// A scene is many commands, and a busy machine is no fault.
vi.setConfig({ testTimeout: 120_000 })

/**
 * What the house says is frozen: estimates, intervals, counts, control readings, hashes, trial ids and exit codes of the commands
 * of all scenes, to the last digit. Where a number is meant to move, `node test/frozen/freeze.ts` writes it anew and prints what
 * moved, and the commit says why. How documents are read stands in `reading.ts` alone.
 */
test.each(scenes)('$name says what it said', async (scene) => {
  expectFrozen(scene.name, await play(scene))
})
