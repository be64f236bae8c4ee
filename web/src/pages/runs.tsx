import { useEffect, useMemo, useState, type ReactElement } from 'react'
import type { RunRow } from '../../../src/server/api.ts'
import { Agent } from '../parts/agent.tsx'
import { Said } from '../parts/answer.tsx'
import { Choice } from '../parts/choice.tsx'
import { History } from '../parts/history.tsx'
import { SaveCsv } from '../parts/save.tsx'
import { Standing } from '../parts/standing.tsx'
import { State } from '../parts/state.tsx'
import { Status } from '../parts/status.tsx'
import { Strip } from '../parts/strip.tsx'
import { changeQuery, formatRoute, type Route } from '../route.ts'
import { day, dollars, number, visible } from '../say.ts'
import { useAsked, useAtMostEvery, useKeys, useLive, useTitle } from '../use.ts'

/** Milliseconds between two looks at the list. */
const BETWEEN = 1000
/** Runs of a study that are shown until all are asked for. */
const MOST = 12

/** All runs with what they found, by study: filter, pick, open. */
export function RunsPage({ route }: { readonly route: Route }): ReactElement {
  const asked = useAsked('/api/runs', {})
  useLive({}, useAtMostEvery(BETWEEN, asked.again))
  useTitle('Runs')
  const [chosen, setChosen] = useState(0)
  const [whole, setWhole] = useState<readonly string[]>([])
  const [picked, setPicked] = useState<readonly string[]>([])
  const { filter = '', study = '', agent = '', label = '' } = route.query
  const all = asked.data?.runs ?? []
  const groups = useMemo(() => grouped(all, { filter, study, agent, label }), [asked.data, filter, study, agent, label])
  const shown = groups.map(([name, rows]) => [name, whole.includes(name) ? rows : rows.slice(0, MOST), rows] as const)
  const rows = shown.flatMap(([, own]) => own)
  const pick = (run: string): void =>
    setPicked((old) => (old.includes(run) ? old.filter((each) => each !== run) : [...old, run].slice(-2)))
  useKeys({
    j: () => setChosen((old) => Math.min(rows.length - 1, old + 1)),
    k: () => setChosen((old) => Math.max(0, old - 1)),
    x: () => {
      const row = rows[chosen]
      if (row !== undefined) pick(row.run)
    },
    Enter: () => {
      const row = rows[chosen]
      if (row !== undefined) window.location.hash = formatRoute(['runs', row.run])
    },
  })
  useEffect(() => {
    document.querySelector('tr.chosen')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const agents = [...new Set(all.flatMap((row) => row.agents))]
  const labels = [...new Set(all.flatMap((row) => row.labels))].toSorted()
  return (
    <>
      <h1>Runs</h1>
      <Standing asked={asked} what="runs" />
      {asked.data !== undefined && all.length === 0 && (
        <State title="No runs are here yet." command="npx assay run vending --controls only">
          <p>Start one, and it is shown here while it goes on. This one needs no model and no key:</p>
        </State>
      )}
      {all.length > 0 && (
        <>
          <p className="quiet">{summary(all)}</p>
          <p className="bar">
            <label>
              Filter{' '}
              <input
                data-search
                value={filter}
                onChange={(event) => changeQuery(route, { filter: event.target.value })}
              />
            </label>
            <Choice
              name="study"
              value={study}
              values={[...new Set(all.map((row) => row.study))]}
              route={route}
              none="every study"
            />
            {agents.length > 1 && (
              <Choice name="agent" value={agent} values={agents} route={route} none="every agent" />
            )}
            {labels.length > 0 && (
              <Choice name="label" value={label} values={labels} route={route} none="every label" />
            )}
            {picked.length === 2 && (
              <a className="button" href={formatRoute(['compare'], { first: picked[0], second: picked[1] })}>
                Compare {picked.join(' with ')}
              </a>
            )}
          </p>
          <p className="key small">
            {agents.slice(0, 8).map((name) => (
              <Agent key={name} name={name} />
            ))}
          </p>
          {shown.map(([name, own, every]) => (
            <StudyRuns
              key={name}
              study={name}
              rows={own}
              all={every}
              chosen={rows[chosen]?.run}
              picked={picked}
              pick={pick}
              choose={(run) => setChosen(rows.findIndex((row) => row.run === run))}
              showAll={() => setWhole((old) => [...old, name])}
            />
          ))}
          {rows.length === 0 && <p className="quiet">No run fits. Clear the filter to see all {number(all.length)}.</p>}
          <SaveCsv
            name="runs"
            head={CSV.map(([head]) => head)}
            rows={() => groups.flatMap(([, own]) => own).map((row) => CSV.map(([, of]) => of(row)))}
          />
          <p className="caption">
            Mark and bar: the first number of the answer with its interval, on one axis a study; hollow and dashed where
            it decides nothing.
          </p>
        </>
      )}
      {asked.data?.unreadable.map(({ run, why }) => (
        <p key={run} className="failure">
          {run}: {why}
        </p>
      ))}
    </>
  )
}

const CSV: readonly (readonly [head: string, of: (row: RunRow) => string | number | null])[] = [
  ['run', ({ run }) => run],
  ['study', ({ study }) => study],
  ['started', ({ createdAt }) => createdAt],
  ['status', ({ status }) => status],
  ['trials', ({ done }) => done],
  ['invalid', ({ invalid }) => invalid],
  ['controls', ({ controls }) => controls],
  ['tokens', ({ tokens }) => tokens],
  ['dollars', ({ dollars: spent }) => spent ?? null],
  ['labels', ({ labels }) => labels.join(', ')],
  ['result', ({ glance }) => textOf(glance)],
]

function textOf(glance: RunRow['glance']): string {
  return glance?.answer?.parts.map(({ text }) => text).join('') ?? ''
}

function summary(all: readonly RunRow[]): string {
  const studies = new Set(all.map(({ study }) => study)).size
  const counts = [
    [all.filter(({ status }) => status === 'running').length, 'running'],
    [all.filter(({ controls }) => controls === 'failed').length, 'uncalibrated'],
    [all.filter(({ status }) => status === 'stopped').length, 'stopped'],
  ] as const
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  const runs = `${number(all.length)} ${all.length === 1 ? 'run' : 'runs'} of ${studies} ${studies === 1 ? 'study' : 'studies'}`
  return `${[runs, ...told].join('; ')}.`
}

interface Wanted {
  readonly filter: string
  readonly study: string
  readonly agent: string
  readonly label: string
}

/** Runs that fit by study, the study of the newest run first. */
function grouped(
  all: readonly RunRow[],
  { filter, study, agent, label }: Wanted,
): readonly (readonly [string, readonly RunRow[]])[] {
  const wanted = filter.toLowerCase()
  const fits = (row: RunRow): boolean =>
    (study === '' || row.study === study) &&
    (agent === '' || row.agents.includes(agent)) &&
    (label === '' || row.labels.includes(label)) &&
    [row.run, row.study, row.status, row.controls, textOf(row.glance), ...row.agents, ...row.labels].some((text) =>
      text.toLowerCase().includes(wanted),
    )
  const sorted = all.filter(fits).toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  return [...Map.groupBy(sorted, (row) => row.study)]
}

interface StudyRunsProps {
  readonly study: string
  readonly rows: readonly RunRow[]
  readonly all: readonly RunRow[]
  readonly chosen: string | undefined
  readonly picked: readonly string[]
  readonly pick: (run: string) => void
  readonly choose: (run: string) => void
  readonly showAll: () => void
}

function StudyRuns({ study, rows, all, chosen, picked, pick, choose, showAll }: StudyRunsProps): ReactElement {
  const axis = axisOf(all)
  return (
    <section className="runs-of" aria-label={`Runs of ${study}`}>
      <header>
        <h2>
          <a href={formatRoute(['studies', study])}>{study}</a>
        </h2>
        <p className="quiet small">{all[0]?.question}</p>
        <History rows={all} />
      </header>
      <div className="scroll" tabIndex={0} role="region" aria-label={`Table of ${study}`}>
        <table className="runs">
          <thead>
            <tr>
              <th scope="col">
                <span className="hidden">compare</span>
              </th>
              <th scope="col">run</th>
              <th scope="col">what it found</th>
              <th scope="col">
                <span className="ends-of">
                  <span>{axis?.lowText}</span>
                  <span>{axis?.highText}</span>
                </span>
              </th>
              <th scope="col">controls</th>
              <th scope="col" className="num">
                trials
              </th>
              <th scope="col" className="num">
                spent
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.run} className={row.run === chosen ? 'chosen' : undefined} onClick={() => choose(row.run)}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Compare ${row.run}`}
                    checked={picked.includes(row.run)}
                    onChange={() => pick(row.run)}
                  />
                </td>
                <td>
                  <a href={formatRoute(['runs', row.run])}>
                    <strong>{row.run}</strong>
                  </a>
                  <span className="under">
                    {day(row.createdAt)}
                    {row.notes > 0 && ` · ${number(row.notes)} ${row.notes === 1 ? 'note' : 'notes'}`}
                  </span>
                  {row.labels.map((each) => (
                    <span key={each} className="chip">
                      {visible(each)}
                    </span>
                  ))}
                </td>
                <td className="found">
                  <Found row={row} />
                </td>
                <td className="spark">
                  {row.glance?.spark !== undefined && axis !== undefined && (
                    <Strip axis={axis} marks={row.glance.spark.marks} />
                  )}
                </td>
                <td>
                  <Checks row={row} />
                </td>
                <td className="num">
                  {number(row.done)} of {number(row.planned)}
                  {row.invalid > 0 && <span className="under flag">{row.invalid} invalid</span>}
                </td>
                <td className="num">{dollars(row.dollars)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length < all.length && (
        <p>
          <button type="button" onClick={showAll}>
            Show all {number(all.length)} runs of {study}
          </button>
        </p>
      )}
    </section>
  )
}

function Found({ row }: { readonly row: RunRow }): ReactElement {
  const { status, glance, done, planned } = row
  if (status === 'running')
    return (
      <>
        <Status status={status} /> No result before the end.
        <progress value={done} max={planned} aria-label={`Trials of ${row.run} done`} />
      </>
    )
  return (
    <>
      {status === 'stopped' && (
        <>
          <Status status={status} />{' '}
        </>
      )}
      {glance === undefined ? (
        <span className="quiet">
          {row.controls === 'not readable' ? 'Not readable: open it to see why.' : 'Reading the result …'}
        </span>
      ) : glance.answer === undefined ? (
        <span className="quiet">Only controls ran, so no agent was measured.</span>
      ) : (
        <>
          <Said {...glance.answer} />.
        </>
      )}
    </>
  )
}

const CONTROLS: Readonly<Record<RunRow['controls'], string>> = {
  passed: 'good',
  failed: 'failure',
  none: 'flag',
  'not read yet': 'quiet',
  'not readable': 'flag',
}

function Checks({ row: { controls, glance, status } }: { readonly row: RunRow }): ReactElement {
  const sign = controls === 'passed' ? '✓ ' : controls === 'failed' ? '✕ ' : ''
  const count = glance === undefined || glance.checks.of === 0 ? '' : `${glance.checks.passed} of ${glance.checks.of} `
  return (
    <>
      <span className={CONTROLS[controls]}>
        {sign}
        {count}
        {controls}
      </span>
      {controls === 'failed' && <span className="under">uncalibrated</span>}
      {glance !== undefined && glance.cut > 0 && status !== 'running' && (
        <span className="under flag">{number(glance.cut)} cut short</span>
      )}
    </>
  )
}

/** One axis for all runs of a study that show the same quantity as the newest. */
function axisOf(all: readonly RunRow[]): { low: number; high: number; lowText: string; highText: string } | undefined {
  const sparks = all.flatMap(({ glance }) => glance?.spark ?? [])
  const same = sparks.filter(({ quantity }) => quantity === sparks[0]?.quantity)
  const [lowest] = same.toSorted((a, b) => a.low - b.low)
  const [highest] = same.toSorted((a, b) => b.high - a.high)
  if (lowest === undefined || highest === undefined) return undefined
  return { low: lowest.low, high: highest.high, lowText: lowest.lowText, highText: highest.highText }
}
