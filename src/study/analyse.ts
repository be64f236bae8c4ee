import { canonical, hashOf, isObject, type Json, type Outcome, type RunRecord } from '../record/index.ts'
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
 * @param extra analyses beside the study's own. Whatever is not in the recorded design is `exploratory`, the study's own
 *   analyses too where they were added or changed after the run
 */
export function analyse(
  plan: Plan,
  rows: readonly Outcome[],
  identity: Pick<RunRecord, 'run' | 'design' | 'designHash'> & { readonly version: string },
  extra: readonly Analysis[] = [],
): Reading {
  const ids = new Set(plan.trials.map((trial) => trial.id))
  const own = inOrder(
    rows.filter((row) => ids.has(row.trial)),
    plan,
  )
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
  const planned = plannedIn(identity.design)
  const input = { rows: own, measures: plan.study.outcome, varied: plan.varied, level: 0.95, seed: plan.request.seed }
  const read = (analysis: Analysis): readonly Finding[] => {
    const standing = !complete ? 'partial' : planned(analysis) ? 'planned' : 'exploratory'
    return analysis.run(input).map((analysed) => finding(analysed, { standing, controls, provenance }))
  }
  return {
    findings: [...plan.study.findings, ...extra].flatMap((analysis) => read(analysis)),
    controls,
    unreadable: unreadable(plan, own),
    complete,
    dataHash,
  }
}

/** Whether an analysis, with these very options, stood in the design that was hashed before the run. */
function plannedIn(design: Json): (analysis: Analysis) => boolean {
  const findings = isObject(design) && Array.isArray(design['findings']) ? design['findings'] : []
  const known = new Set(findings.map((each: Json) => canonical(each)))
  return ({ name, options }) => known.has(canonical({ name, options: { ...options } }))
}

/** Real agents first, then controls; each by cell and repeat, as the plan names them: never in the order of finishing. */
function inOrder(rows: readonly Outcome[], { study, request }: Plan): readonly Outcome[] {
  const agents = [...request.models, ...Object.keys(study.controls).map((name) => `control/${name}`)]
  const place = (row: Outcome): readonly (number | string)[] => [
    agents.indexOf(row.agent),
    ...Object.entries(study.factors).map(([name, factor]) => factor.levels.indexOf(row.cell[name] ?? '')),
    row.repeat,
    row.task,
  ]
  const placed = rows.map((row) => ({ row, at: place(row) }))
  return placed.toSorted((a, b) => compared(a.at, b.at)).map(({ row }) => row)
}

function compared(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] ?? one
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
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
