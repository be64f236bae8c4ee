import { useMemo, useState, type ReactElement } from 'react'
import type { TrialOverview } from '../../../src/server/api.ts'
import type { Answer } from '../../../src/server/routes.ts'
import type { TrialName } from '../api.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Standing } from '../parts/standing.tsx'
import { Transcript } from '../parts/transcript.tsx'
import { trialFacts, type TrialTexts } from '../parts/trial-facts.tsx'
import { changeQuery, formatRoute, type Route } from '../route.ts'
import { number, visible } from '../say.ts'
import { useAsked, useKeys, useTitle, type Asked } from '../use.ts'

/** Trials that are offered by name; any other is named by hand. */
const MOST_OFFERED = 200

/** Two trials side by side, on one turn. */
export function CompareTrialsPage({ route }: { readonly route: Route }): ReactElement {
  useTitle('Compare two trials')
  const { first = '', second = '' } = route.query
  const a = useAsked('/api/runs/:run/trials/:trial', trialNamed(first))
  const b = useAsked('/api/runs/:run/trials/:trial', trialNamed(second))
  const saidA = useAsked('/api/runs/:run/trials/:trial/said', ended(first, a))
  const saidB = useAsked('/api/runs/:run/trials/:trial/said', ended(second, b))
  const last = (a.data?.total ?? 1) - 1
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
      {a.data !== undefined && b.data !== undefined && (
        <Facts first={trialFacts(a.data, saidA.data?.measured)} second={trialFacts(b.data, saidB.data?.measured)} />
      )}
      <div className="two">
        <Side name={first} asked={a} said={saidA.data} at={at} go={go} />
        <Side
          name={second}
          asked={b}
          said={saidB.data}
          at={sameTurn(a.data, b.data, at)}
          go={(seq) => go(sameTurn(b.data, a.data, seq))}
        />
      </div>
    </>
  )
}

/** Only a trial that has ended has words. */
function ended(name: string, { data }: Asked<TrialOverview>): TrialName | undefined {
  return data?.outcome === undefined ? undefined : trialNamed(name)
}

/** The event of one trial that is as far into the same turn as an event of another. */
function sameTurn(from: TrialOverview | undefined, to: TrialOverview | undefined, at: number): number {
  if (from === undefined || to === undefined) return at
  const turn = from.turns.findLastIndex((seq) => seq <= at)
  if (turn < 0) return Math.min(at, to.turns[0] ?? at)
  const begins = to.turns[turn]
  if (begins === undefined) return Math.max(0, to.total - 1)
  const within = at - (from.turns[turn] ?? at)
  return Math.min(begins + within, (to.turns[turn + 1] ?? to.total) - 1)
}

/** `run/trial` as the API names it; runs have no `/` in their names. */
function trialNamed(name: string): TrialName | undefined {
  const [run, trial] = name.split('/')
  if (run === undefined || trial === undefined || run === '' || trial === '') return undefined
  return { run, trial }
}

type Said = Answer<'/api/runs/:run/trials/:trial/said'>

interface SideProps {
  readonly name: string
  readonly asked: Asked<TrialOverview>
  readonly said: Said | undefined
  readonly at: number
  readonly go: (seq: number) => void
}

function Side({ name, asked, said, at, go }: SideProps): ReactElement {
  const named = useMemo(() => trialNamed(name), [name])
  const [run = '', trial = ''] = name.split('/')
  const { data } = asked
  if (named === undefined) return <p className="quiet">No trial is chosen.</p>
  return (
    <section aria-label={trial}>
      <h2>
        <a href={formatRoute(['runs', run, 'trials', trial], { event: String(at) })}>{visible(said?.name ?? trial)}</a>{' '}
        <span className="quiet">{data === undefined ? '' : `${number(data.total)} events`}</span>
      </h2>
      <Standing asked={asked} what="the trial" />
      {data !== undefined && (
        <Transcript
          name={named}
          overview={data}
          at={Math.min(at, data.total - 1)}
          go={go}
          units={said?.units ?? {}}
          linkTo={(seq) => formatRoute(['runs', run, 'trials', trial], { event: String(seq) })}
        />
      )}
    </section>
  )
}

/** What sets the two apart, and what does not. */
function Facts({ first, second }: { readonly first: TrialTexts; readonly second: TrialTexts }): ReactElement {
  const [a, b] = [new Map(first), new Map(second)]
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
