import { describe, test } from 'vitest'
import type { Random } from '../../src/record/index.ts'
import { worldContract, type DrawnAct } from '../../src/testing/index.ts'
import { vendingWorld, type VendingSize, type World } from '../../src/world/index.ts'

/** Any tool with its canary's input, so that every input fits; the order is random. */
function drawFrom(world: World): (random: Random) => DrawnAct {
  return (random) => world.canary[Math.floor(random() * world.canary.length)] ?? { tool: 'none', input: {} }
}

describe.each<VendingSize>(['corner', 'v1', 'v2'])('the vending world of size %s', (size) => {
  const world = vendingWorld({ size })
  test.each(worldContract(world, drawFrom(world)))('$name', ({ run }) => run())
})
