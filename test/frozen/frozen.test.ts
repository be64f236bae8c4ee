import { expect, test, vi } from 'vitest'
import { differences, readGolden } from './golden.ts'
import { play } from './play.ts'
import { scenes } from './scenes.ts'

// A scene is many commands, and a busy machine is no fault.
vi.setConfig({ testTimeout: 120_000 })

/**
 * What the house says is frozen: estimates, intervals, counts, control readings, hashes, trial ids and exit codes of the commands
 * in `scenes.ts`, to the last digit. Where a number is meant to move, `node test/frozen/freeze.ts` writes it anew and prints
 * what moved; the commit says why.
 */
test.each(scenes)('$name says what it said', async (scene) => {
  const told = differences(readGolden(scene.name), await play(scene))
  const rest =
    told.length > 80 ? [`… and ${told.length - 80} lines more: node test/frozen/freeze.ts --dry ${scene.name}`] : []
  if (told.length > 0) expect.fail([`${scene.name} is said otherwise`, ...told.slice(0, 80), ...rest].join('\n'))
})
