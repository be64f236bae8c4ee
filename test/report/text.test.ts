import { expect, test } from 'vitest'
import {
  controlsTable,
  findingLine,
  findingParagraph,
  findingParts,
  plain,
  readingTable,
  shortened,
  percent,
  valueText,
} from '../../src/report/index.ts'
import { made, TRUE_CONTROL } from './findings.ts'

test('a finding is said on one line, with its interval and what it rests on', () => {
  expect(findingLine(made())).toBe(
    'mean net worth, local/m, scaffold=shown: $13.10 (95% interval $12.00 to $14.20); 10 trials, 10 clusters',
  )
})

test('the line says what keeps a finding from deciding anything, and what was left out', () => {
  const line = findingLine(
    made({
      standing: 'incomplete',
      controls: 'false',
      n: { trials: 1, tasks: 1, clusters: 1, invalid: 2, missing: 3 },
    }),
  )
  expect(line).toMatch(/; 1 trial, 1 cluster, 2 invalid, 3 missing; incomplete, uncalibrated: control idle failed$/)
  expect(findingParts(made({ standing: 'exploratory', controls: 'off' })).flags).toEqual([
    'exploratory',
    'uncalibrated: no control ran',
  ])
})

test('what cannot be estimated says why, and a bound that was never seen is infinite', () => {
  expect(findingLine(made({ estimate: { type: 'not-estimable', reason: 'one cluster', value: 500 } }))).toContain(
    ': $5.00, no interval: one cluster; 10 trials',
  )
  expect(findingLine(made({ unit: 'days', value: 12, low: 9, high: Infinity }))).toContain(
    '12 days (95% interval 9 days upwards, no upper bound)',
  )
})

test('a change carries its sign, and a change of a share counts points', () => {
  const change = made({
    quantity: 'gain',
    kind: 'change',
    unit: 'proportion',
    value: 0.12,
    low: -0.02,
    high: 0.26,
  })
  expect(findingLine(change)).toContain('+12.0 points (95% interval −2.0 points to +26.0 points)')
  expect(valueText(-1500, 'cents')).toBe('−$15.00')
})

test('a line from hostile names stays one line without terminal sequences or turned text', () => {
  const line = findingLine(made({ agent: '\u001b[31mred\u001b[0m\n\u202egpj\u0000\ud800' }))
  expect(line).toContain('red \ufffdgpj\ufffd\ufffd')
  expect(line).not.toMatch(/\p{Cc}|\u202e/u)
  expect(plain(' a\t\r\n b ')).toBe('a b')
})

test('the paragraph carries every denominator, the counting rules, the controls and what would make it wrong', () => {
  const text = findingParagraph(made({ details: { worst: 100, worstText: '$1.00' } }))
  expect(text).toMatchInlineSnapshot(
    `"Mean net worth (local/m, scaffold=shown): $13.10, 95% interval $12.00 to $14.20 (cluster-robust t). Sample: 10 trials, 1 task, 10 clusters. None invalid, none missing. The worst trial gave $1.00. Counting rules: invalid: left out and counted; cluster: seed. One control check of this number passed (idle). The analysis was planned before the run. It would be wrong if the 10 seeds are not like the ones you care about. Run vending-1, study vending, plan sha256-design, data sha256-data, Assay 0.1.0."`,
  )
})

test('the paragraph names the control that failed, and says when there was none', () => {
  expect(findingParagraph(made({ controls: 'false' }))).toContain(
    'Uncalibrated, so it decides nothing: control idle failed. idle: mean(netWorth) was $3.00, must be exactly $0.00.',
  )
  expect(findingParagraph(made({ controls: 'off' }))).toContain('no control ran')
})

test('tables have as many cells a row as their head', () => {
  const table = readingTable({ findings: [made(), made({ controls: 'off' })] })
  expect(table.rows.map((row) => row.length)).toEqual([table.head.length, table.head.length])
  expect(table.rows[1]?.at(-1)).toBe('uncalibrated: no control ran')
  const controls = controlsTable({ controls: [TRUE_CONTROL, { ...TRUE_CONTROL, passed: false }] })
  expect(controls.rows.map((row) => row.at(-1))).toEqual(['pass', 'FAIL'])
  expect(controls.rows[0]).toHaveLength(controls.head.length)
})

test('a name too long keeps both its ends', () => {
  expect(shortened('provider/a-long-model-name', 11)).toBe('provi…-name')
  expect(shortened('short', 11)).toBe('short')
})

test('a share that is neither all nor nothing never reads 100% or 0%', () => {
  expect(valueText(30_000 / 30_001, 'proportion')).toBe('99.997%')
  expect(valueText(0.000_02, 'proportion')).toBe('0.002%')
  expect(valueText(-0.000_2, 'proportion', 'change')).toBe('−0.02 points')
  expect(valueText(0.999_96, 'proportion', 'change')).toBe('+99.996 points')
  expect(percent(0.999_96)).toBe('99.996%')
  expect([0, 1, 1 - 2e-16, 0.5].map((share) => valueText(share, 'proportion'))).toEqual([
    '0.0%',
    '100.0%',
    '100.0%',
    '50.0%',
  ])
})
