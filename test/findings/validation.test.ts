import { expect, test } from 'vitest'
import { verdictOf, type Claim } from '../../src/brief/index.ts'
import { gate } from '../../src/compare/index.ts'
import { exact, findingSchema, validated, type Finding, type MeasureChecks } from '../../src/findings/index.ts'
import { citation, findingParagraph, resultOf, textOf } from '../../src/report/index.ts'
import { made, ABOVE, run } from '../brief/made.ts'
import { madeStudy, read } from '../compare/reads.ts'

const { checks: _, ...unchecked } = madeStudy({ tasks: 20 })

/** The share of a model that a check read as 0.5, by how well its check is known; some trials read several replies. */
function solved(checks?: MeasureChecks, replies = 1): readonly Finding[] {
  const study = { ...unchecked, ...(checks !== undefined && { checks }) }
  const values = ({ task }: { readonly task: { readonly id: string } }): Record<string, number> => ({
    total: replies,
    solved: Number(task.id.slice(5)) % 2,
  })
  return read({ run: 'r', study, values: (trial) => values({ task: { id: trial.task } }) }).reading.findings
}

const share = (findings: readonly Finding[], agent = 'test/a'): Finding => {
  const found = findings.find(
    ({ quantity, conditions }) => quantity === 'mean(solved)' && conditions['agent'] === agent,
  )
  if (found === undefined) throw new Error('no share')
  return found
}

const rates = {
  check: 'replies',
  corpus: 'mine.jsonl',
  sensitivity: { right: 45, of: 50 },
  specificity: { right: 95, of: 100 },
}

test('a measure without a word on its check is unvalidated, and its finding passes no gate', () => {
  const finding = share(solved())
  expect(finding.validation).toEqual({ type: 'unvalidated' })
  expect(textOf(resultOf([finding], 'full'))).toContain('unvalidated: no corpus says how often its check is wrong')
  expect(citation(finding)).toContain('Unvalidated: no corpus')
  const reading = { findings: [finding], controls: [], unreadable: [], complete: true, dataHash: 'x' }
  const policy = { rules: [{ quantity: 'mean(solved)', where: {}, unit: 'proportion', atLeast: 0 } as const] }
  const { passed, checks } = gate(policy, { run: 'r', createdAt: '2026-05-01T10:00:00Z', reading })
  expect([passed, checks[0]?.reasons.some((why) => why.includes('unvalidated'))]).toEqual([false, true])
})

test('a brief calls no claim supported from an unvalidated finding', () => {
  const claim: Claim = { id: 'c', text: 'It earns.', test: ABOVE }
  expect(verdictOf(claim, [run([made({ validation: { type: 'exact', reads: 'the books' } })])]).status).toBe(
    'supported',
  )
  expect(verdictOf(claim, [run([made({ validation: { type: 'unvalidated' } })])])).toMatchObject({
    status: 'unvalidated',
    reasons: [expect.stringContaining('no corpus says')],
  })
})

test('a rate of free text is corrected by its check, with the raw rate and the errors in every text', () => {
  const finding = share(solved({ solved: validated({ ...rates, corrects: {} }), total: exact('a sum') }))
  // (0.5 + 0.95 − 1) / (0.9 + 0.95 − 1)
  expect(finding.estimate).toMatchObject({ type: 'estimate', value: expect.closeTo(0.45 / 0.85, 12) })
  expect(finding.validation).toMatchObject({ type: 'validated', raw: { value: 0.5 }, sensitivity: { share: 0.9 } })
  expect(textOf(resultOf([finding], 'full'))).toContain("corrected for the check's errors, 50.0% as read")
  for (const said of [citation(finding), findingParagraph(finding)])
    expect(said).toContain('sensitivity 90% (95% CI 78.6% to 95.7%; 45 of 50)')
  expect(findingSchema.parse(JSON.parse(JSON.stringify(finding)))).toEqual(finding)
})

test('a control is read by the words of its check, and is not corrected', () => {
  const finding = share(solved({ solved: validated({ ...rates, corrects: {} }) }), 'control/five')
  expect(finding.estimate).toMatchObject({ value: 1 })
  expect(finding.validation).not.toHaveProperty('raw')
})

test('without `corrects` the errors are said, and nothing is corrected', () => {
  const finding = share(solved({ solved: validated(rates) }))
  expect(finding.estimate).toMatchObject({ value: 0.5 })
  expect(citation(finding)).toContain('The estimate is not corrected for these errors.')
})

test('a trial of several replies has a false alarm more often', () => {
  const finding = share(solved({ solved: validated({ ...rates, corrects: { reads: 'total' } }) }, 4))
  const specificity = 0.95 ** 4
  expect(finding.estimate).toMatchObject({
    value: expect.closeTo((0.5 + specificity - 1) / (0.9 + specificity - 1), 12),
  })
  expect(citation(finding)).toContain('with 4.0 replies read per trial')
})

test('a check that does no better than chance leaves no estimate', () => {
  const finding = share(solved({ solved: validated({ ...rates, sensitivity: { right: 5, of: 100 }, corrects: {} }) }))
  expect(finding.estimate).toMatchObject({ type: 'not-estimable', reason: expect.stringContaining('chance') })
})
