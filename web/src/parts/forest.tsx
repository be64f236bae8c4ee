import { useState, type ReactElement } from 'react'
import type { SaidFinding } from '../../../src/server/api.ts'
import { formatRoute } from '../route.ts'
import { visible } from '../say.ts'
import { Agent } from './agent.tsx'
import { Strip, Ticks, type StripAxis, type StripMark } from './strip.tsx'

interface ForestProps {
  readonly title: string
  readonly findings: readonly SaidFinding[]
  readonly axis: StripAxis
  /** The run whose trials a number leads to. */
  readonly run?: string
  /** Panels shown until all are asked for. */
  readonly most?: number
}

/** Conditions that stand in a row as columns; more of them become small panels. */
const COLUMNS = 4

/** Findings of one question as intervals on one axis: a panel a condition, a row an agent, controls in a band below. */
export function Forest({ title, findings, axis, run, most = 12 }: ForestProps): ReactElement {
  const [isWhole, setWhole] = useState(false)
  const panels = panelsOf(findings)
  const isMany = panels.size > COLUMNS
  const shown = isWhole ? [...panels] : [...panels].slice(0, Math.max(most, COLUMNS))
  return (
    <>
      <div className={isMany ? 'panels many' : 'panels'} style={{ ['--columns' as string]: panels.size }}>
        {shown.map(([condition, own]) => (
          <Panel
            key={condition}
            name={condition === '' ? title : condition}
            isNamed={condition !== ''}
            findings={own}
            axis={axis}
            isSmall={panels.size > 2}
            isBundled={isMany}
            isOnly={panels.size === 1}
            {...(run !== undefined && { run })}
          />
        ))}
      </div>
      {shown.length < panels.size && (
        <p>
          <button type="button" onClick={() => setWhole(true)}>
            Show all {panels.size} conditions
          </button>
        </p>
      )}
    </>
  )
}

interface PanelProps {
  readonly name: string
  readonly isNamed: boolean
  readonly findings: readonly SaidFinding[]
  readonly axis: StripAxis
  /** Too narrow for more than the ends of its axis. */
  readonly isSmall: boolean
  /** All controls in one row. */
  readonly isBundled: boolean
  /** Rows of controls are kept on a narrow page too. */
  readonly isOnly: boolean
  readonly run?: string
}

function Panel({ name, isNamed, findings, axis, isSmall, isBundled, isOnly, run }: PanelProps): ReactElement {
  const controls = findings.filter(isControl)
  const agents = findings
    .filter((said) => !isControl(said))
    .toSorted((a, b) => (b.finding.estimate.value ?? -Infinity) - (a.finding.estimate.value ?? -Infinity))
  return (
    <table className="forest">
      <caption className={isNamed ? undefined : 'hidden'}>{visible(name)}</caption>
      <thead>
        <tr>
          <th className="who" scope="col">
            <span className="hidden">agent</span>
          </th>
          <th scope="col">
            <Ticks axis={axis} isSmall={isSmall} />
          </th>
          <th className="say" scope="col">
            <span className="hidden">estimate</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {agents.map((said) => (
          <Row key={nameOf(said)} said={said} axis={axis} {...(run !== undefined && { run })} />
        ))}
      </tbody>
      {controls.length > 0 && (
        <tbody className={isOnly ? 'controls' : 'controls foldable'}>
          <tr className={isBundled ? undefined : 'bundle'}>
            <th scope="row">
              <span className="who-name">{controls.length} controls</span>
            </th>
            <td>
              <Strip axis={axis} marks={controls.flatMap(markOf)} label={controls.map(textOf).join('; ')} />
            </td>
            <td className="num">{passText(controls)}</td>
          </tr>
          {!isBundled &&
            controls.map((said) => (
              <Row key={nameOf(said)} said={said} axis={axis} {...(run !== undefined && { run })} />
            ))}
        </tbody>
      )}
    </table>
  )
}

interface RowProps {
  readonly said: SaidFinding
  readonly axis: StripAxis
  readonly run?: string
}

function Row({ said, axis, run }: RowProps): ReactElement {
  const { estimate, range, finding } = said
  const control = isControl(said)
  const passed = control ? passText([said]) : ''
  return (
    <tr>
      <th scope="row">
        <span className="who-name">
          {finding.subject.type === 'pair' || !('agent' in finding.conditions) ? (
            visible(nameOf(said))
          ) : (
            <Agent name={control ? nameOf(said).replace(/^control\//, '') : nameOf(said)} control={control} />
          )}
        </span>
      </th>
      <td>
        <Strip axis={axis} marks={markOf(said)} label={textOf(said)} />
      </td>
      <td className="num">
        <span className="estimate">
          {run === undefined ? (
            estimate
          ) : (
            <a href={trialsOf(run, finding.conditions)} title="The trials under it">
              {estimate}
            </a>
          )}
          {passed}
        </span>
        <span className="interval" title={range === '' ? said.interval : undefined}>
          {range === '' ? said.interval.split(';')[0] : range}
        </span>
      </td>
    </tr>
  )
}

/** Whether the checks of these controls passed, as a sign. */
function passText(controls: readonly SaidFinding[]): string {
  const checks = controls.flatMap(({ finding }) =>
    finding.controls.filter(
      ({ control }) => `control/${control}` === finding.conditions['agent'] || control === finding.conditions['agent'],
    ),
  )
  if (checks.length === 0) return ''
  return checks.every(({ passed }) => passed) ? ' ✓' : ' ✕'
}

export function isControl({ finding }: SaidFinding): boolean {
  return finding.subject.type === 'control'
}

/** Whom a row is about. */
function nameOf({ finding: { subject, conditions } }: SaidFinding): string {
  if (subject.type === 'pair') return `${subject.to} minus ${subject.from}`
  return conditions['agent'] ?? ('name' in subject ? subject.name : 'all trials')
}

function textOf(said: SaidFinding): string {
  return `${nameOf(said)}: ${said.estimate}${said.range === '' ? '' : `, ${said.range}`}`
}

export function markOf({ finding }: SaidFinding): readonly StripMark[] {
  const { estimate, subject } = finding
  if (estimate.value === undefined) return []
  const bounds = estimate.type === 'estimate' ? estimate.interval : { low: estimate.value, high: estimate.value }
  return [
    {
      agent: finding.conditions['agent'] ?? '',
      control: subject.type === 'control',
      value: estimate.value,
      // An infinite bound is `null` in JSON.
      low: bounds.low ?? -Infinity,
      high: bounds.high ?? Infinity,
      doubtful: finding.calibration === 'uncalibrated' || finding.standing !== 'planned',
    },
  ]
}

/** Findings by the levels that vary among them besides the agent. */
export function panelsOf(findings: readonly SaidFinding[]): ReadonlyMap<string, readonly SaidFinding[]> {
  const names = [...new Set(findings.flatMap(({ finding }) => Object.keys(finding.conditions)))]
  const varied = names.filter(
    (name) => name !== 'agent' && new Set(findings.map(({ finding }) => finding.conditions[name])).size > 1,
  )
  return Map.groupBy(findings, ({ finding: { conditions } }) =>
    varied.flatMap((name) => (conditions[name] === undefined ? [] : [`${name} ${conditions[name]}`])).join(' · '),
  )
}

/** Of several conditions that whose numbers are highest on average: it is the one that short answers are about. */
export function highestOf(
  findings: readonly SaidFinding[],
): readonly [condition: string, findings: readonly SaidFinding[]] | undefined {
  const known = findings.filter(({ finding }) => finding.estimate.value !== undefined)
  return [...panelsOf(known)].toSorted(([, a], [, b]) => meanOf(b) - meanOf(a))[0]
}

function meanOf(own: readonly SaidFinding[]): number {
  return own.reduce((sum, { finding }) => sum + (finding.estimate.value ?? 0), 0) / own.length
}

/** The rows of the table of outcomes that have a finding's conditions. */
function trialsOf(run: string, conditions: Readonly<Record<string, string>>): string {
  const where = Object.entries(conditions).map(([name, level]) => [`where.${name}`, `=${level}`])
  return formatRoute(['runs', run], { tab: 'outcomes', ...Object.fromEntries(where) })
}
