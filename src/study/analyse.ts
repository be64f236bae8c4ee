import { FILTERED } from '../agent/index.ts'
import {
  agentOfControl,
  canonical,
  hashOf,
  isObject,
  keyedCell,
  keyedValues,
  type Json,
  type JsonObject,
  type Outcome,
  type RunRecord,
} from '../record/index.ts'
import {
  type Analysis,
  type Analysed,
  awarenessOf,
  checkOf,
  finding,
  withValidation,
  type ControlReading,
  type Finding,
  column,
  groupsBy,
  type Subject,
} from '../findings/index.ts'
import { readControls } from './controls.ts'
import { withEnds } from './ends.ts'
import { designThen, isMeasuredIn } from './design-then.ts'
import { corrections, type Said } from './families.ts'
import { readFoundControls, readPairedControls } from './found-controls.ts'
import { INVALID_LIMIT, pairsOf, type Plan } from './plan.ts'
import { tooSmall } from './too-small.ts'

/** A cell with more invalid trials than the plan allows. */
export interface Unreadable {
  /** The agent, with levels of factors that vary. */
  readonly where: string
  readonly invalid: number
  /** Planned for the cell. */
  readonly trials: number
  /** The invalid trial that ended last, and why it is invalid. */
  readonly last: Pick<Outcome, 'trial' | 'stop'>
}

/** All that a run says. */
export interface Reading {
  readonly findings: readonly Finding[]
  readonly controls: readonly ControlReading[]
  /** Cells with more invalid trials than the plan allows: their run cannot be read. */
  readonly unreadable: readonly Unreadable[]
  readonly complete: boolean
  readonly dataHash: string
}

/**
 * Reads findings from rows. Rows of clock readings (times) do not enter the data hash.
 *
 * @param extra analyses beside the study's own. Whatever is not in the recorded design is `exploratory`, the study's own
 *   analyses too where they were added or changed after the run, and everything where the study now makes other trials
 *   or measures other things
 * @param level of the intervals, in (0, 1)
 */
export function analyse(
  plan: Plan,
  rows: readonly Outcome[],
  identity: Pick<RunRecord, 'run' | 'design' | 'designHash'> & {
    readonly version: string
    readonly versions?: RunRecord['versions']
  },
  extra: readonly Analysis[] = [],
  level = 0.95,
): Reading {
  const ids = new Set(plan.trials.map((trial) => trial.id))
  const own = inOrder(
    rows.filter((row) => ids.has(row.trial)),
    plan,
  )
  const complete = own.length === plan.trials.length
  const dataHash = hashOf(own.map((row) => rowData(plan.study.name, row)))
  const provenance = {
    run: identity.run,
    study: plan.study.name,
    designHash: identity.designHash,
    dataHash,
    version: identity.version,
  }
  const same = isSameDesign(identity.design, designThen(identity.design, plan.design))
  const planned = plannedIn(identity.design)
  const pairs = pairsOf(plan.study, plan.request)
  const moved = snapshotCaveats(own)
  const lost = lostCaveats(own)
  const filtered = filteredCaveats(own)
  const input = {
    rows: own,
    measures: plan.study.outcome,
    varied: plan.varied,
    level,
    seed: plan.request.seed,
    key: (conditions: Readonly<Record<string, string>>) => keyedCell(plan.study.name, conditions),
  }
  const controls = [
    ...readControls(plan.study, own),
    ...readFoundControls(plan.study, input),
    ...(pairs === undefined ? [] : readPairedControls(plan.study, input)),
  ]
  const checked = (analysed: Analysed): Pick<Finding, 'estimate' | 'validation'> =>
    withValidation(
      analysed,
      checkOf(plan.study.checks, analysed.measure ?? '', own),
      rowsUnder(own, analysed.conditions),
    )
  // A measure that came later has no value in any row of an earlier run.
  const known = plan.study.findings.filter(({ measure }) => isMeasuredIn(identity.design, measure))
  const said = [...(pairs === undefined ? [] : [pairs]), ...known, ...extra].flatMap((analysis) =>
    analysis.run(input).map((analysed) => ({ analysis, analysed })),
  )
  // What was added afterwards widens nothing that was planned; pairs of agents are corrected among themselves.
  const ofStudy = said.filter(({ analysis }) => plan.study.findings.includes(analysis))
  const corrected = corrections(plan.study.families ?? [], ofStudy, input)
  const read = ({ analysis, analysed }: Said): Finding => {
    const asPlanned = same && planned(analysis) && plan.request.failedIn === undefined
    const standing = !complete ? 'incomplete' : asPlanned ? 'planned' : 'exploratory'
    const caveats = [
      ...analysed.caveats,
      ...moved(analysed.conditions['agent']),
      ...lost(analysed.conditions),
      ...filtered(analysed.conditions),
      ...(same ? [] : [CHANGED]),
      ...failedBefore(plan.request),
    ]
    const policies = {
      ...analysed.policies,
      ...samplingOf(plan, analysed.subject),
      ...sandboxOf(plan, identity.versions, analysed.conditions),
    }
    const together = corrected.get(analysed)
    const small = tooSmall(plan.study, analysed.measure ?? analysis.measure, analysed)
    const whole = withEnds({ measure: analysis.measure, ...analysed, caveats, policies }, rowsAbout(own, analysed))
    return finding(
      {
        ...whole,
        ...checked(whole),
        ...(together && { corrected: together }),
        ...(small && { tooSmall: small }),
        ...stampOf(plan, rowsAbout(own, analysed), level),
      },
      { standing, controls, provenance },
    )
  }
  return {
    findings: said.map((each) => read(each)),
    controls,
    unreadable: unreadable(plan, own),
    complete,
    dataHash,
  }
}

/** What agents call the trials of a finding, where the run asks them; a finding over controls alone has none. */
function stampOf({ request }: Plan, rows: readonly Outcome[], level: number): Pick<Finding, 'awareness'> {
  if (request.awareness !== true || rows.every(({ control }) => control)) return {}
  return { awareness: awarenessOf(rows, level) }
}

/** Sampling is part of what was measured; planted agents do not sample. */
function samplingOf({ design, request }: Plan, { type }: Subject): Readonly<Record<string, string>> {
  const own = isObject(design) && Array.isArray(design['drawn']) ? design['drawn'].filter(isObject) : []
  const sampling = new Map([...own, request.sampling].flatMap((each) => Object.entries(each)))
  const set = [...sampling].map(([name, value]) => `${name} ${canonical(value)}`)
  return set.length === 0 || type !== 'model' ? {} : { sampling: set.join(', ') }
}

/** What a record has a version of beside the sandboxes of its agents. */
const EVERY_RUN: ReadonlySet<string> = new Set(['assay', 'node', 'platform'])

/** What the shell was in which agents worked, where some of these trials had one. */
function sandboxOf(
  { shells }: Plan,
  versions: RunRecord['versions'] = {},
  conditions: Finding['conditions'],
): Readonly<Record<string, string>> {
  const has = shells.some((cell) =>
    Object.entries(conditions).every(([name, level]) => (cell[name] ?? level) === level),
  )
  const named = Object.keys(versions).filter((name) => !EVERY_RUN.has(name))
  if (!has || named.length === 0) return {}
  return { sandbox: named.map((name) => `${name} ${versions[name] ?? ''}`).join(', ') }
}

/** Whether an analysis, with these very options, stood in the design that was hashed before the run. */
function plannedIn(design: Json): (analysis: Analysis) => boolean {
  const findings = isObject(design) && Array.isArray(design['findings']) ? design['findings'] : []
  const comparisons = isObject(design) ? (design['comparisons'] ?? null) : null
  const known = new Set([...findings, comparisons].map((each: Json) => canonical(each)))
  return ({ name, options }) => known.has(canonical({ name, options: { ...options } }))
}

/** Cases that were chosen because they failed pass more often the second time, whatever the agent. */
function failedBefore({ failedIn }: Plan['request']): readonly string[] {
  if (failedIn === undefined) return []
  return [
    `only cases that failed in ${failedIn} were run: by chance alone some of them pass now, so this is not a share of all cases`,
  ]
}

const CHANGED = 'the study changed after this run was planned: what is read now is not what was hashed'

/** What decides which trials there are and what they measure. Models are not opened for reading, so they are left out. */
const READ_BY = ['study', 'factors', 'controls', 'tasks', 'repeats', 'seed', 'measures', 'trials'] as const

function isSameDesign(recorded: Json, made: JsonObject): boolean {
  return isObject(recorded) && readBy(recorded) === readBy(made)
}

function readBy(design: JsonObject): string {
  return canonical(READ_BY.map((key) => design[key] ?? null))
}

/** Says of an agent whose provider changed the model under its name that it did; without an agent, of all of them. */
function snapshotCaveats(rows: readonly Outcome[]): (agent: string | undefined) => readonly string[] {
  const changed = [...Map.groupBy(rows, (row) => row.agent)].flatMap(([agent, own]) => {
    const snapshots = [...new Set(own.flatMap((row) => row.snapshots))].toSorted()
    const text = `${agent} changed within the run: its provider answered as ${snapshots.join(', ')}`
    return snapshots.length > 1 ? [{ agent, text }] : []
  })
  return (agent) => changed.filter((each) => agent === undefined || each.agent === agent).map(({ text }) => text)
}

/** Says of findings over trials that lost questions how many: each of them was charged, whether it was answered or not. */
function lostCaveats(rows: readonly Outcome[]): (conditions: Finding['conditions']) => readonly string[] {
  return caveatsOf(
    rows,
    (row) => row.unanswered !== undefined,
    (own, of) => {
      const questions = own.reduce((sum, row) => sum + (row.unanswered ?? 0), 0)
      return `${own.length} of ${of} trials had questions on their way when a process died: ${questions} count as asked, and what they used is not known`
    },
  )
}

/** A filtered reply counts as it stands, and says little of what the model would have done. */
function filteredCaveats(rows: readonly Outcome[]): (conditions: Finding['conditions']) => readonly string[] {
  return caveatsOf(
    rows,
    (row) => row.stop === FILTERED,
    (own, of) => `${own.length} of ${of} last replies were ${FILTERED}`,
  )
}

/** A caveat for the conditions of which some rows are hit. */
function caveatsOf(
  rows: readonly Outcome[],
  isHit: (row: Outcome) => boolean,
  say: (own: readonly Outcome[], of: number) => string,
): (conditions: Finding['conditions']) => readonly string[] {
  const hit = rows.filter(isHit)
  if (hit.length === 0) return () => []
  return (conditions) => {
    const under = rowsUnder(rows, conditions)
    const own = under.filter(isHit)
    return own.length === 0 ? [] : [say(own, under.length)]
  }
}

/** The rows that a finding is about: where no agent is named, those of agents under test, if there are any. */
function rowsAbout(rows: readonly Outcome[], { conditions, subject }: Analysed): readonly Outcome[] {
  const under = rowsUnder(rows, conditions)
  if (subject.type === 'pair') return under.filter(({ agent }) => agent === subject.from || agent === subject.to)
  const tested = conditions['agent'] === undefined ? under.filter(({ control }) => !control) : []
  return tested.length > 0 ? tested : under
}

/** The rows that a finding's conditions are of; a condition that is no column of the rows says nothing of them. */
function rowsUnder(rows: readonly Outcome[], conditions: Finding['conditions']): readonly Outcome[] {
  const columns = Object.entries(conditions).filter(([name, level]) => rows.some((row) => column(row, name) === level))
  return rows.filter((row) => columns.every(([name, level]) => column(row, name) === level))
}

/** Rows with real agents first, then controls; each by cell and repeat, as the plan names them: never in the order of finishing. */
export function inOrder(rows: readonly Outcome[], { study, request }: Plan): readonly Outcome[] {
  const agents = [...request.models, ...Object.keys(study.controls).map(agentOfControl)]
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
    const invalid = group.filter((row) => row.status === 'invalid')
    const last = invalid.toSorted((a, b) => endOf(a) - endOf(b)).at(-1)
    if (last === undefined) return []
    // The limit is a share of what was planned: one invalid trial of the first three says nothing of forty.
    const trials = plan.trials.filter((trial) =>
      Object.entries(conditions).every(([name, level]) => column(trial, name) === level),
    ).length
    if (invalid.length <= INVALID_LIMIT * trials) return []
    const where = ['agent', ...plan.varied].map((name) => conditions[name] ?? '').join(', ')
    return [{ where, invalid: invalid.length, trials, last: { trial: last.trial, stop: last.stop } }]
  })
}

function endOf({ times: { startedAt, wallMs } }: Outcome): number {
  return startedAt + wallMs
}

function rowData(study: string, row: Outcome): Json {
  const { trial, status, stop, values, turns, usage, cost } = row
  return canonical({ trial, status, stop, values: keyedValues(study, values), turns, usage: { ...usage }, cost })
}
