import { describe, expect, test } from 'vitest'
import { makeBrief, verdictOf, verdictsOf, type Claim, type ClaimTest } from '../../src/brief/index.ts'
import type { Finding } from '../../src/findings/index.ts'
import { ABOVE, BRIEF, made, run } from './made.ts'

const CLAIM = claimOfBrief()

function claimOfBrief(): Claim {
  const [claim] = BRIEF.claims
  if (claim === undefined) throw new Error('no claim')
  return claim
}

/** $9.00 with a t interval on 7 degrees of freedom: `level` says how wide. */
const atLevel = (level: number, more: Partial<Parameters<typeof made>[0]> = {}): Finding => {
  const half = level === 0.95 ? 300 : 450
  return made({ value: 900, low: 900 - half, high: 900 + half, ...more })
}

const claimOf = (text: string, change: { readonly threshold?: number; readonly quantity?: string } = {}): Claimed => ({
  text,
  test: { ...ABOVE, ...change },
})

interface Claimed {
  readonly text: string
  readonly test: ClaimTest
}

describe('claims of one brief that test the same measure', () => {
  const evidence = { ...run([atLevel(0.95)]), findingsAt: (level: number) => [atLevel(level)] }

  test('are decided by an interval that holds for all of them', () => {
    // $6.00 to $12.00 is above $5.00; at 97.5% it is $4.50 to $13.50, and is not.
    const one = makeBrief({ title: 'One', updated: '2026-05-01 10:30', claims: [claimOf('Shops earn.')] })
    expect(verdictsOf(one, [evidence]).map(({ status }) => status)).toEqual(['supported'])
    const claims = [claimOf('Shops earn.'), claimOf('Shops earn much.', { threshold: 1_200 })]
    const two = makeBrief({ title: 'Two', updated: '2026-05-01 10:30', claims })
    const verdicts = verdictsOf(two, [evidence])
    expect(verdicts.map(({ status }) => status)).toEqual(['unresolved', 'unresolved'])
    expect(verdicts[0]?.reasons).toEqual([
      'the interval reaches across the threshold once it holds for 2 claims of this brief together',
    ])
    expect(verdicts[0]?.rule).toContain('the whole 97.5% interval of')
    expect(verdicts[0]?.rule).toContain('2 claims of this brief test that measure')
  })

  test('are undecided where the rows are not at hand to read that interval from', () => {
    expect(verdictOf(CLAIM, [run([atLevel(0.95)])], 2)).toMatchObject({
      status: 'unresolved',
      reasons: ['no interval for 2 claims together'],
    })
  })

  test('share nothing with a claim that no finding answers', () => {
    const claims = [claimOf('Shops earn.'), claimOf('Rockets fly.', { quantity: 'mean(height)' })]
    const brief = makeBrief({ title: 'Two', updated: '2026-05-01 10:30', claims })
    expect(verdictsOf(brief, [evidence]).map(({ status }) => status)).toEqual(['supported', 'untested'])
  })
})

/** What a finding with these many clusters makes of the claim. */
function byMoney(clusters: number, details: Finding['details'] = {}): object {
  const n = { trials: clusters, tasks: 1, clusters, invalid: 0, missing: 0 }
  return verdictOf(CLAIM, [run([{ ...atLevel(0.95), n, details }])])
}

describe('money decides a claim', () => {
  test('from eight clusters on', () => {
    expect(byMoney(8)).toMatchObject({ status: 'supported' })
    expect(byMoney(7)).toMatchObject({
      status: 'unresolved',
      reasons: ['it rests on 7 clusters: an amount of money spread like this decides from 8 on'],
    })
  })

  test('from 25 times its squared skewness on, where that is more than chance', () => {
    // With 20 clusters two standard errors of the skewness are 1.02.
    expect(byMoney(20, { skewness: 1 })).toMatchObject({ status: 'supported' })
    expect(byMoney(20, { skewness: 2 })).toMatchObject({
      status: 'unresolved',
      reasons: ['it rests on 20 clusters: an amount of money spread like this decides from 100 on'],
    })
    expect(byMoney(100, { skewness: 2 })).toMatchObject({ status: 'supported' })
  })
})
