import { useMemo, useState, type ReactElement } from 'react'
import type { TrialOverview } from '../../../src/server/api.ts'
import type { TrialName } from '../api.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Standing } from '../parts/standing.tsx'
import { Transcript } from '../parts/transcript.tsx'
import { trialFacts } from '../parts/trial-facts.tsx'
import { changeQuery, formatRoute, type Route } from '../route.ts'
import { number, visible } from '../say.ts'
import { useAsked, useKeys, useTitle, type Asked } from '../use.ts'

/** Trials that are offered by name; any other is named by hand. */
const MOST_OFFERED = 200

/** Two trials side by side, on one event number. */
export function CompareTrialsPage({ route }: { readonly route: Route }): ReactElement {
  useTitle('Compare two trials')
  const { first = '', second = '' } = route.query
  const a = useAsked('/api/runs/:run/trials/:trial', trialNamed(first))
  const b = useAsked('/api/runs/:run/trials/:trial', trialNamed(second))
  const last = Math.max(a.data?.total ?? 0, b.data?.total ?? 0) - 1
  const at = Math.max(0, Math.min(Math.max(0, last), Number(route.query['event'] ?? 0) || 0))
  const go = (seq: number): void => changeQuery(route, { event: String(Math.max(0, Math.min(last, seq))) })
  useKeys({ j: () => go(at + 1), k: () => go(at - 1), g: () => go(0), G: () => go(last) })
  return (
    <>
      <h1>Compare two trials</h1>
      <p className="bar">
        <TrialChoice name="first" value={first} beside={second} route={route} />
        <TrialChoice name="second" value={second} beside={first} route={route} />
        <a href="#/compare">Compare runs instead</a>
      </p>
      {a.data !== undefined && b.data !== undefined && <Facts first={a.data} second={b.data} />}
      <div className="two">
        <Side name={first} asked={a} at={at} go={go} route={route} />
        <Side name={second} asked={b} at={at} go={go} route={route} />
      </div>
    </>
  )
}

/** `run/trial` as the API names it; runs have no `/` in their names. */
function trialNamed(name: string): TrialName | undefined {
  const [run, trial] = name.split('/')
  if (run === undefined || trial === undefined || run === '' || trial === '') return undefined
  return { run, trial }
}

interface SideProps {
  readonly name: string
  readonly asked: Asked<TrialOverview>
  readonly at: number
  readonly go: (seq: number) => void
  readonly route: Route
}

function Side({ name, asked, at, go, route }: SideProps): ReactElement {
  const named = useMemo(() => trialNamed(name), [name])
  const [run = '', trial = ''] = name.split('/')
  const { data } = asked
  if (named === undefined) return <p className="quiet">No trial is chosen.</p>
  return (
    <section aria-label={trial}>
      <h2>
        <a href={formatRoute(['runs', run, 'trials', trial], { event: String(at) })}>{trial}</a>{' '}
        <span className="quiet">{data === undefined ? '' : `${number(data.total)} events`}</span>
      </h2>
      <Standing asked={asked} what="the trial" />
      {data !== undefined && (
        <Transcript
          name={named}
          overview={data}
          at={Math.min(at, data.total - 1)}
          go={go}
          linkTo={(seq) => formatRoute(route.path, { ...route.query, event: String(seq) })}
        />
      )}
    </section>
  )
}

/** What sets the two apart, and what does not. */
function Facts({ first, second }: { readonly first: TrialOverview; readonly second: TrialOverview }): ReactElement {
  const [a, b] = [new Map(trialFacts(first)), new Map(trialFacts(second))]
  const all = [...new Set([...a.keys(), ...b.keys()])].map((name) => ({
    name,
    first: a.get(name) ?? 'missing',
    second: b.get(name) ?? 'missing',
  }))
  const same = all.filter((row) => row.first === row.second)
  return (
    <>
      <DataTable
        title="what sets them apart"
        rows={all.filter((row) => row.first !== row.second)}
        columns={[
          { name: 'what', of: ({ name }) => name },
          { name: 'first', of: (row) => visible(row.first) },
          { name: 'second', of: (row) => visible(row.second) },
        ]}
      />
      <p className="quiet">
        The same in both: {same.map(({ name, first: value }) => `${name} ${visible(value)}`).join(', ')}
      </p>
    </>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly value: string
  readonly beside: string
  readonly route: Route
}

/** A trial by its run and id; those of the run that is named already are offered. */
function TrialChoice({ name, value, beside, route }: ChoiceProps): ReactElement {
  const [typed, setTyped] = useState(value)
  const run = (typed === '' ? beside : typed).split('/')[0] ?? ''
  const offered = useAsked('/api/runs/:run/outcomes', run === '' ? undefined : { run, count: String(MOST_OFFERED) })
  const { columns = [], rows = [] } = offered.data ?? {}
  const at = (column: string): number => columns.findIndex((each) => each.name === column)
  const told = columns.flatMap(({ kind, name: column }, index) =>
    kind === 'factor' || column === 'agent' || column === 'task' || column === 'repeat' ? [index] : [],
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        changeQuery(route, { [name]: typed })
      }}
    >
      <label>
        {name}{' '}
        <input
          list={`trials-${name}`}
          placeholder="run/trial"
          size={32}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            if (/^[^/]+\/[^/]{8,}$/.test(event.target.value)) changeQuery(route, { [name]: event.target.value })
          }}
        />
      </label>
      <datalist id={`trials-${name}`}>
        {rows.map((row) => (
          <option
            key={row[at('trial')]}
            value={`${run}/${row[at('trial')] ?? ''}`}
            label={told.map((index) => row[index]).join(', ')}
          />
        ))}
      </datalist>{' '}
      <button type="submit">Show</button>
    </form>
  )
}
