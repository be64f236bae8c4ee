import { AssayError } from '../assay-error.ts'
import type { OneRun } from '../project/index.ts'
import { finding, pairedDifference, type Finding } from '../findings/index.ts'
import {
  controlsSentence,
  findingCells,
  findingParagraph,
  findingParts,
  rangeText,
  rawCell,
  runAnswer,
} from '../report/index.ts'
import type { RunPage, RunPairs, RunRow, SaidFinding } from './api.ts'
import { groupsOf } from './groups.ts'
import { endsOf, trustOf } from './trust.ts'

export function runPage(read: OneRun, row: RunRow): RunPage {
  const { record, reading, plan, outcomes } = read
  const { study } = plan
  const { findings, ...rest } = reading
  return {
    row,
    design: record.design,
    designHash: record.designHash,
    versions: record.versions,
    request: record.request,
    // The findings are sent once, with their sentences.
    reading: rest,
    ...(row.status === 'stopped' && { resume: `npx assay resume ${row.run}` }),
    findings: findings.map(said),
    controlsSentence: controlsSentence(reading.controls),
    groups: groupsOf(findings, study.headline),
    answer: runAnswer(findings, study.headline),
    trust: trustOf(reading, outcomes, row, study),
    ends: endsOf(outcomes),
    measures: Object.keys(study.outcome),
    pairable: pairable(read),
    factors: factorsIn(outcomes),
    isDrawn: study.figures.length === 0,
    // A study that draws its own figure has it in the place of a first series.
    series:
      study.figures.length === 0 && study.draw !== undefined ? [study.name] : study.figures.map(({ title }) => title),
  }
}

function pairable({ outcomes, plan }: OneRun): RunPage['pairable'] {
  const agents = [...new Set(outcomes.map(({ agent }) => agent))]
  const factors = plan.varied.map((name) => ({
    name,
    levels: [...new Set(outcomes.flatMap(({ cell }) => cell[name] ?? []))],
  }))
  return [...factors, { name: 'agent', levels: agents }].filter(({ levels }) => levels.length > 1)
}

/** Every factor with the levels that the trials have. */
function factorsIn(outcomes: OneRun['outcomes']): RunPage['factors'] {
  const names = [...new Set(outcomes.flatMap(({ cell }) => Object.keys(cell)))]
  return names.map((name) => ({ name, levels: [...new Set(outcomes.flatMap(({ cell }) => cell[name] ?? []))] }))
}

export function said(found: Finding): SaidFinding {
  return {
    finding: found,
    ...findingParts(found),
    ...findingCells(found),
    range: rangeText(found),
    paragraph: findingParagraph(found),
    raw: rawCell(found),
  }
}

/** Two levels of a factor, or two agents, against each other. */
export type PairQuery = Readonly<Record<'measure' | 'factor' | 'from' | 'to', string>>

/**
 * One level against another, paired by task and seed. Nobody planned it: it is exploratory.
 *
 * @throws AssayError `server/unknown-measure`
 */
export function pairs(
  { plan, outcomes, record, reading }: OneRun,
  { measure, factor, from, to }: PairQuery,
  version: string,
): RunPairs {
  const { study } = plan
  if (!Object.hasOwn(study.outcome, measure))
    throw new AssayError('server/unknown-measure', `${study.name} has no measure "${measure}".`)
  // Analyses keep agents apart; to set two of them against each other, they are made levels of a factor.
  const isAgents = factor === 'agent'
  const rows = isAgents
    ? outcomes.map((row) => ({ ...row, agent: `${from} → ${to}`, cell: { ...row.cell, agents: row.agent } }))
    : outcomes
  const { run } = pairedDifference(measure, { factor: isAgents ? 'agents' : factor, from, to, pair: 'seed' })
  const { varied, request } = plan
  const provenance = {
    run: record.run,
    study: study.name,
    designHash: record.designHash,
    dataHash: reading.dataHash,
    version,
  }
  const input = { rows, measures: study.outcome, varied, level: 0.95, seed: request.seed }
  const found = run(input).map((analysed) =>
    finding(analysed, { standing: 'exploratory', controls: reading.controls, provenance }),
  )
  return { findings: found.map(said), groups: groupsOf(found) }
}
