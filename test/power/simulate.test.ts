import { describe, expect, test } from 'vitest'
import { simulatePowers } from '../../src/power/index.ts'
import { cents, pairedDifference } from '../../src/findings/index.ts'
import { plainScaffold } from '../../src/agent/index.ts'
import { detectableDifference, normalQuantile } from '../../src/stats/index.ts'
import { builtIn, loadBuiltIn } from '../../src/studies/index.ts'
import { defineStudy, levels, type Study } from '../../src/study/index.ts'

const EFFECTS = [50, 100, 150, 200, 250, 300, 400]

/** Sixteen pairs whose difference has a standard deviation of 200. */
function pairs(): Study {
  return defineStudy({
    name: 'pairs',
    question: 'How much more?',
    factors: { arm: levels('none', 'some').default('none', 'some') },
    outcome: { made: cents() },
    repeats: 16,
    tasks: () => [{ id: 'one', scaffold: plainScaffold, limits: { turns: 1 }, measure: () => ({ made: 0 }) }],
    controls: {},
    findings: [pairedDifference('made', { factor: 'arm', from: 'none', to: 'some', pair: 'seed' })],
    simulated: [
      {
        quantity: 'difference(made: arm none → some)',
        title: 'made',
        none: 0,
        effects: EFFECTS,
        assumes: 'nothing',
        draw: ({ cell, seed }, effect, uniform) => ({
          made: cell['arm'] === 'some' ? effect + 200 * normalQuantile(Math.max(1e-9, uniform(seed))) : 0,
        }),
      },
    ],
  })
}

describe('power by simulation', () => {
  test('sees what the formula for pairs says, and nothing where nothing was planted', () => {
    const [found] = simulatePowers(pairs(), {}, undefined, 400)
    // 149 at 80% power by the noncentral t.
    const exact = detectableDifference({ tasks: 16, repeats: 1, betweenTasks: 200, withinTask: 0 })
    expect(exact).toBeGreaterThan(100)
    expect(exact).toBeLessThan(155)
    expect(found?.seen).toBe(150)
    const none = found?.found[0]
    expect(none?.effect).toBe(0)
    expect(none?.share).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 400))
    expect(found?.found.find(({ effect }) => effect === 100)?.share).toBeLessThan(0.8)
  })

  test('is the same each time', () => {
    expect(simulatePowers(pairs(), {}, undefined, 50)).toEqual(simulatePowers(pairs(), {}, undefined, 50))
  })

  test('sees less with less, and says none where nothing tried is seen', () => {
    expect(simulatePowers(pairs(), { repeats: 64 }, undefined, 100)[0]?.seen).toBeLessThan(150)
    expect(simulatePowers(pairs(), { repeats: 3 }, undefined, 100)[0]?.seen).toBeUndefined()
  })

  test('of levels that do not go together is left out', () => {
    expect(simulatePowers(pairs(), { set: { arm: ['none'] } })).toEqual([])
  })

  test.each([...builtIn])(
    'of %s takes nothing for something no more often than its level, and finds what it plants',
    async (name) => {
      const study = await loadBuiltIn(name)
      for (const { found, seen, runs } of simulatePowers(study ?? pairs(), {}, undefined, 40)) {
        expect(found[0]?.share).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs))
        expect(seen).toBeGreaterThan(0)
      }
    },
  )
})
