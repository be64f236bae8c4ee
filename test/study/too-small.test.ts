import { describe, expect, test } from 'vitest'
import { gate } from '../../src/compare/index.ts'
import { plainScaffold } from '../../src/agent/index.ts'
import { verdictOf } from '../../src/brief/index.ts'
import { cents, exact, pairedDifference, type Finding } from '../../src/findings/index.ts'
import { findingParagraph, tooSmallText } from '../../src/report/index.ts'
import { defineStudy, exactly, levels } from '../../src/study/index.ts'
import { read } from '../compare/reads.ts'

const SOURCE = 'arXiv 0000.00000, table 1'

/** Eight seeds of two arms, `to` above by `gain`, with the spread of the pairs ±`spread`; the field reports $10. */
function run(gain: number, spread: number): ReturnType<typeof read> {
  const study = defineStudy({
    name: 'arms',
    question: 'Which arm?',
    factors: { arm: levels('none', 'some').default('none', 'some') },
    outcome: { total: cents() },
    checks: exact('what was drawn'),
    repeats: 8,
    tasks: () => [{ id: 'one', scaffold: plainScaffold, limits: { turns: 1 }, measure: () => ({ total: 0 }) }],
    // In both arms, so that the difference is known too: a number that no control reads decides nothing, however large.
    controls: { five: { property: 'Makes 5.', policy: () => [], reads: { total: () => exactly(5) } } },
    findings: [pairedDifference('total', { factor: 'arm', from: 'none', to: 'some', pair: 'seed' })],
    expected: [{ measure: 'total', effect: 1_000, source: SOURCE }],
  })
  return read({
    run: 'r',
    study,
    values: ({ cell, repeat }) => ({
      total: 5 + (cell['arm'] === 'some' ? gain + (repeat % 2 === 0 ? spread : -spread) : 0),
    }),
  })
}

function own({ reading }: ReturnType<typeof read>): Finding {
  const found = reading.findings.find(({ subject }) => subject.type === 'model')
  if (found === undefined) throw new Error('no finding')
  return found
}

describe('a difference that found nothing', () => {
  test('says that it could not have seen what the field reports', () => {
    const finding = own(run(0, 2_000))
    // Standard error 2000·√(8/7)/√8 = 756; t quantiles of 7 degrees of freedom 2.365 + 0.896.
    expect(finding.tooSmall?.couldSee).toBeCloseTo(755.93 * (2.3646 + 0.896), -1)
    expect(finding.tooSmall).toMatchObject({ reported: 1_000, source: SOURCE })
    expect(tooSmallText(finding)).toMatch(
      /^too small to decide: it could have seen \$24\.\d\d, and the field reports \$10\.00$/,
    )
    expect(findingParagraph(finding)).toContain(`(${SOURCE})`)
  })

  test('says nothing of it where it could have, or where something was found', () => {
    expect(own(run(0, 300)).tooSmall).toBeUndefined()
    expect(own(run(5_000, 2_000)).tooSmall).toBeUndefined()
  })

  test('says so in a brief and at a gate too', () => {
    const small = run(0, 2_000)
    const { quantity } = own(small)
    const asked = { quantity, where: {}, unit: 'cents' } as const
    const set = { study: 'arms', setAt: '2026-01-01T00:00:00Z', direction: 'above', threshold: 0 } as const
    const evidence = { ...small, study: 'arms', question: '', createdAt: '2026-02-01T00:00:00Z' }
    expect(verdictOf({ id: 'c', text: 'It gains.', test: { ...asked, ...set } }, [evidence]).reasons).toEqual([
      'the interval reaches across the threshold',
      expect.stringMatching(/^too small to decide/),
    ])
    const { checks } = gate({ name: 'p', rules: [{ ...asked, atLeast: 0 }] }, evidence)
    expect(checks[0]?.reasons.at(-1)).toMatch(/^too small to decide/)
  })
})
