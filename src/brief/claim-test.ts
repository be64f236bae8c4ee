import { z } from 'zod'
import { renamedCell, renamedQuantity } from '../record/index.ts'
import { conditionsText, valueText } from '../report/index.ts'
import { levelOf } from './together.ts'
import { answersRule, UNITS, type Finding, type Unit } from '../findings/index.ts'

/** What would decide a claim. Written down before the run, in the unit in which the study measures. */
export type ClaimTest = {
  readonly study: string
  /** As a finding names it: `mean(netWorth)`, `difference(netWorth: scaffold zero-shot → few-shot)`. */
  readonly quantity: string
  /** Conditions the finding must have: agent, levels of factors. A control's finding is meant only where its agent is named. */
  readonly where: Readonly<Record<string, string>>
  /** Of the thresholds; money is whole cents, a share lies in [0, 1], a change of one in [−1, 1]. */
  readonly unit: Unit
  /** ISO 8601 with its zone. */
  readonly setAt: string
} & (
  | { readonly direction: 'above' | 'below'; readonly threshold: number }
  | { readonly direction: 'between'; readonly low: number; readonly high: number }
)

const common = {
  study: z.string(),
  quantity: z.string(),
  where: z.record(z.string(), z.string()).default({}),
  unit: z.enum(UNITS, { error: `must be one of ${UNITS.join(', ')}` }),
  setAt: z.iso.datetime({ offset: true, error: 'must be a moment with its zone, such as 2026-05-01T10:00:00Z' }),
}

/** Read in the names of now: a brief of an older version may have others. */
export const claimTest: z.ZodType<ClaimTest> = z
  .discriminatedUnion(
    'direction',
    [
      z.strictObject({ ...common, direction: z.enum(['above', 'below']), threshold: z.number() }),
      z
        .strictObject({ ...common, direction: z.literal('between'), low: z.number(), high: z.number() })
        .refine((test) => test.low < test.high, { path: ['high'], message: 'must be above low' }),
    ],
    { error: 'direction must be above or below (with threshold) or between (with low and high)' },
  )
  .transform((test): ClaimTest => ({
    ...test,
    quantity: renamedQuantity(test.study, test.quantity),
    where: renamedCell(test.study, test.where),
  }))

/** Whether a finding is what a test asks for: of its study, and by the rule that gates have too. */
export function answers(finding: Finding, test: ClaimTest): boolean {
  return finding.provenance.study === test.study && answersRule(finding, test)
}

/** The values at which a verdict turns. */
export function thresholdsOf(test: ClaimTest): readonly number[] {
  return test.direction === 'between' ? [test.low, test.high] : [test.threshold]
}

/**
 * The rule in words: when the claim is supported and when contradicted.
 *
 * @param title what the quantity is called
 * @param claims of the brief that test the same measure, and share its level
 * @param kind of the finding that answers the test, where there is one
 */
export function ruleText(test: ClaimTest, title: string, claims = 1, kind?: Finding['kind']): string {
  const print = (value: number): string => valueText(value, test.unit, kind)
  const where = conditionsText(test.where)
  const level = claims === 1 ? '' : `${Number((100 * levelOf(claims)).toPrecision(4))}% `
  const share = claims === 1 ? '' : `; ${claims} claims of this brief test that measure`
  const what = `the whole ${level}interval of "${title}" in the study "${test.study}"${where === '' ? '' : ` (${where})`}`
  const fixed = `set on ${test.setAt.slice(0, 10)}${share}`
  switch (test.direction) {
    case 'above':
      return `Supported if ${what} is above ${print(test.threshold)}, contradicted if all of it is below, else unresolved; ${fixed}.`
    case 'below':
      return `Supported if ${what} is below ${print(test.threshold)}, contradicted if all of it is above, else unresolved; ${fixed}.`
    case 'between':
      return `Supported if ${what} is between ${print(test.low)} and ${print(test.high)}, contradicted if all of it is below ${print(test.low)} or all of it is above ${print(test.high)}, else unresolved; ${fixed}.`
  }
}

/**
 * Where an interval lies with respect to a test. A bound that touches the threshold decides nothing.
 *
 * @returns `gap`: distance from the threshold to the nearest bound, in units of the test; 0 where nothing is decided
 */
export function placed(
  test: ClaimTest,
  { low, high }: { readonly low: number; readonly high: number },
): { readonly type: 'supported' | 'contradicted' | 'unresolved'; readonly gap: number } {
  switch (test.direction) {
    case 'above':
      if (low > test.threshold) return { type: 'supported', gap: low - test.threshold }
      return high < test.threshold ? { type: 'contradicted', gap: test.threshold - high } : OPEN
    case 'below':
      if (high < test.threshold) return { type: 'supported', gap: test.threshold - high }
      return low > test.threshold ? { type: 'contradicted', gap: low - test.threshold } : OPEN
    case 'between':
      if (low > test.low && high < test.high) {
        return { type: 'supported', gap: Math.min(low - test.low, test.high - high) }
      }
      if (high < test.low) return { type: 'contradicted', gap: test.low - high }
      return low > test.high ? { type: 'contradicted', gap: low - test.high } : OPEN
  }
}

const OPEN = { type: 'unresolved', gap: 0 } as const
