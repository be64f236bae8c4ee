import { canonical, hashOf, type Json, type Outcome } from '../record/index.ts'
import type { Analysis } from './analysis.ts'
import { readControls } from './controls.ts'
import { finding, type ControlReading, type Finding } from './finding.ts'
import { INVALID_LIMIT, type Plan } from './plan.ts'
import { groupsBy } from './rows-of.ts'

/** All that a run says. */
export interface Reading {
  readonly findings: readonly Finding[]
  readonly controls: readonly ControlReading[]
  /** Cells with more invalid trials than the plan allows: their run cannot be read. */
  readonly unreadable: readonly { readonly where: string; readonly invalid: number; readonly trials: number }[]
  readonly complete: boolean
  readonly dataHash: string
}

/**
 * Reads findings from rows. Rows of clock readings (times) do not enter the data hash.
 *
 * @param extra analyses that were not in the plan: their findings are `exploratory`
 */
export function analyse(
  plan: Plan,
  rows: readonly Outcome[],
  identity: { readonly run: string; readonly version: string; readonly designHash: string },
  extra: readonly Analysis[] = [],
): Reading {
  const ids = new Set(plan.trials.map((trial) => trial.id))
  const own = rows.filter((row) => ids.has(row.trial)).toSorted((a, b) => (a.trial < b.trial ? -1 : 1))
  const complete = own.length === plan.trials.length
  const controls = readControls(plan.study, own)
  const dataHash = hashOf(own.map((row) => rowData(row)))
  const provenance = {
    run: identity.run,
    study: plan.study.name,
    designHash: identity.designHash,
    dataHash,
    version: identity.version,
  }
  const planned = identity.designHash === plan.hash
  const input = { rows: own, measures: plan.study.outcome, varied: plan.varied, level: 0.95, seed: plan.request.seed }
  const read = (analysis: Analysis, standing: Finding['standing']): readonly Finding[] =>
    analysis
      .run(input)
      .map((analysed) => finding(analysed, { standing: complete ? standing : 'partial', controls, provenance }))
  return {
    findings: [
      ...plan.study.findings.flatMap((analysis) => read(analysis, planned ? 'planned' : 'exploratory')),
      ...extra.flatMap((analysis) => read(analysis, 'exploratory')),
    ],
    controls,
    unreadable: unreadable(plan, own),
    complete,
    dataHash,
  }
}

function unreadable(plan: Plan, rows: readonly Outcome[]): Reading['unreadable'] {
  return groupsBy(rows, ['agent', ...Object.keys(plan.study.factors)]).flatMap(({ conditions, rows: group }) => {
    const invalid = group.filter((row) => row.status === 'invalid').length
    if (invalid <= INVALID_LIMIT * group.length) return []
    return [{ where: Object.values(conditions).join(', '), invalid, trials: group.length }]
  })
}

function rowData(row: Outcome): Json {
  const { trial, status, stop, values, turns, usage, cost } = row
  return canonical({ trial, status, stop, values, turns, usage: { ...usage }, cost })
}
