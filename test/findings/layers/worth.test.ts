import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../../src/record/index.ts'
import { placed } from '../../../src/compare/scale.ts'
import { weigh } from '../../../src/compare/weigh.ts'
import { stackedBreach } from '../../../src/findings/layers/index.ts'
import { gate, parsePolicy } from '../../../src/compare/index.ts'
import { estimateText } from '../../../src/report/index.ts'
import { finding, proportion, type Finding } from '../../../src/findings/index.ts'
import { TRUE_CONTROL } from '../../report/findings.ts'
import { outcomeRow } from '../outcome-row.ts'

const analysis = stackedBreach('yielded', {
  layers: [
    { name: 'harmful', type: 'switched', factor: 'harmful', on: 'on', off: 'off' },
    { name: 'filter', type: 'shadowed', stops: 'stopsFilter' },
  ],
  attack: 'attack',
  cases: 'fixed',
  ordinary: 'ordinary',
  refused: 'refused',
  adaptive: [],
})

/** Forty behaviours; the layer makes the target yield to a tenth of them that it would have refused. */
function rows(run: number): readonly Outcome[] {
  return Array.from({ length: 40 }, (_, behaviour) =>
    ['on', 'off'].map((harmful) =>
      outcomeRow({
        trial: `${behaviour}/${harmful}`,
        cell: { attack: 'fixed', harmful },
        task: `f-${behaviour}/0`,
        values: {
          yielded: behaviour % 2 === 0 || (harmful === 'on' && behaviour % 10 === 1 + 2 * (run % 2)) ? 1 : 0,
          refused: 0,
          stopsFilter: behaviour % 4 === 0 ? 1 : 0,
        },
      }),
    ),
  ).flat()
}

const measures = { yielded: proportion(), refused: proportion(), stopsFilter: proportion() }

function worthOf(run: number): Finding {
  const input = { rows: rows(run), measures, varied: ['attack', 'harmful'], level: 0.95, seed: '1' }
  const found = analysis
    .run(input)
    .find(({ quantity, conditions }) => quantity === 'contribution' && conditions['layer'] === 'harmful')
  if (found === undefined) throw new Error('no worth')
  const provenance = { run: `r${run}`, study: 's', designHash: 'd', dataHash: 'd', version: '0' }
  return finding(found, { standing: 'planned', controls: [{ ...TRUE_CONTROL, measure: 'contribution' }], provenance })
}

describe('the worth of a layer that does harm', () => {
  const worth = worthOf(0)

  test('is a change below 0, and says so', () => {
    expect(worth).toMatchObject({ kind: 'change', subject: { type: 'model', name: 'target' } })
    expect(worth.estimate.value).toBeCloseTo(-0.1, 12)
    expect(estimateText(worth)).toBe('−10.0 points')
  })

  test('is weighed as what it is, not as nothing', () => {
    const place = placed(worth)
    if (typeof place === 'string') throw new Error(place)
    expect(place.value).toBeCloseTo(-0.1, 12)
    const { estimate } = weigh([worth, worthOf(1)], 80)
    expect(estimate.value).toBeCloseTo(-0.1, 12)
    expect(estimate).toMatchObject({ type: 'estimate' })
  })

  test('can be gated below 0', () => {
    const policy = parsePolicy(
      'rules: [{quantity: contribution, where: {layer: harmful}, unit: proportion, atLeast: -0.01}]',
      'p.yaml',
    )
    const reading = { findings: [worth], controls: [], unreadable: [], complete: true, dataHash: 'd' }
    expect(gate(policy, { run: 'r', createdAt: '2026-05-01T10:00:00Z', reading })).toMatchObject({
      passed: false,
      checks: [{ wanted: 'lower bound at least −1.0 points', reasons: [expect.stringContaining('is below')] }],
    })
  })
})
