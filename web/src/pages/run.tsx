import { useEffect, useState, type ReactElement } from 'react'
import type { LiveMessage, RunPage as RunData, RunRow } from '../../../src/server/api.ts'
import { Cases } from '../parts/cases.tsx'
import { Choice } from '../parts/choice.tsx'
import { ControlFolds } from '../parts/control-checks.tsx'
import { Design } from '../parts/design.tsx'
import { Folds } from '../parts/finding.tsx'
import { Notes, useNotes } from '../parts/notes.tsx'
import { Outcomes } from '../parts/outcomes.tsx'
import { AnswerTab, Hero } from '../parts/run-answer.tsx'
import { Standing } from '../parts/standing.tsx'
import { State } from '../parts/state.tsx'
import { Status } from '../parts/status.tsx'
import { Trust } from '../parts/trust.tsx'
import { changeQuery, formatRoute, type Route } from '../route.ts'
import { day, dollars, number } from '../say.ts'
import { useAsked, useAtMostEvery, useLive, useTitle } from '../use.ts'

/** Milliseconds between two looks at the findings of a run that goes on. */
const BETWEEN = 2500

const TABS = [
  { id: 'findings', name: 'Answer' },
  { id: 'cases', name: 'Cases' },
  { id: 'outcomes', name: 'Trials' },
  { id: 'pairs', name: 'Pairs' },
  { id: 'controls', name: 'Controls' },
  { id: 'design', name: 'Design' },
] as const

/** One run: what was asked, what was found, what would make it wrong, and every row under it. */
export function RunPage({ run, route }: { readonly run: string; readonly route: Route }): ReactElement {
  const asked = useAsked('/api/runs/:run', { run })
  const [row, setRow] = useState<RunRow>()
  const [isGone, setGone] = useState(false)
  // Counts come as they change; findings are asked for now and then.
  const soon = useAtMostEvery(BETWEEN, asked.again)
  useLive({ run }, (message: LiveMessage | undefined) => {
    setGone(message?.type === 'gone')
    if (message?.type === 'run') setRow(message.row)
    if (message?.type !== 'gone') soon()
  })
  useEffect(() => {
    if (asked.data?.behind === true) soon()
  }, [asked.data, soon])
  const { data } = asked
  const now = row ?? data?.row
  const written = useNotes(run, String(now?.notes ?? 0))
  const tab = TABS.find(({ id }) => id === route.query['tab'])?.id ?? 'findings'
  useTitle(data === undefined ? run : `${run}: ${data.row.question}`)
  return (
    <>
      <div className="crumbs">
        <a href="#/">Runs</a> /
        {now !== undefined && (
          <>
            <a href={formatRoute(['studies', now.study])}>{now.study}</a> /
          </>
        )}
        <h1>{run}</h1>
        {now !== undefined && <Facts row={now} />}
        <span className="grow" />
        <a href={formatRoute(['compare'], { first: run })}>Compare</a>
      </div>
      {isGone ? (
        <p className="failure" role="alert">
          This run is no longer there: its folder was moved or deleted. This page shows what was read of it.
        </p>
      ) : (
        <Standing asked={asked} what="the run" />
      )}
      {data !== undefined && now !== undefined && (
        <>
          {now.status === 'running' && (
            <State title={`${number(now.done)} of ${number(now.planned)} trials have ended. No result before the end.`}>
              <progress value={now.done} max={now.planned} aria-label="Trials done" />
              <p className="quiet">This page follows the run. {data.controlsSentence}</p>
            </State>
          )}
          {now.status === 'stopped' && (
            <State
              title={`This run stopped: ${number(now.done)} of ${number(now.planned)} trials are kept.`}
              {...(data.resume !== undefined && { command: data.resume })}
            >
              <p>Go on where it stopped; nothing that is kept is asked again.</p>
            </State>
          )}
          {now.status !== 'running' && <Hero run={run} data={data} />}
          <Trust cells={data.trust} />
          <Notes written={written} on={{ type: 'run' }} what="this run" />
          {data.reading.unreadable.map(({ where, invalid, trials }) => (
            <p key={where} className="failure">
              Unreadable: {invalid} of {trials} trials are invalid in {where}.
            </p>
          ))}
          <Tabs tab={tab} route={route} />
          <div id="panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
            {tab === 'findings' && <AnswerTab run={run} data={data} />}
            {tab === 'cases' && <Cases run={run} route={route} stamp={data.reading.dataHash} written={written} />}
            {tab === 'outcomes' && <Outcomes run={run} route={route} stamp={String(now.done)} />}
            {tab === 'pairs' && <PairsTab run={run} data={data} route={route} />}
            {tab === 'controls' && (
              <>
                <p>{data.controlsSentence}</p>
                <ControlFolds controls={data.reading.controls} />
              </>
            )}
            {tab === 'design' && <Design data={data} />}
          </div>
        </>
      )}
    </>
  )
}

/** When, how many, how much: what stands beside the run's name. */
function Facts({ row }: { readonly row: RunRow }): ReactElement {
  return (
    <span aria-live="polite">
      <Status status={row.status} /> {day(row.createdAt)} · {number(row.done)} of {number(row.planned)} trials
      {row.invalid > 0 && <span className="flag"> · {number(row.invalid)} invalid</span>} · {number(row.tokens)} tokens
      · {dollars(row.dollars)}
    </span>
  )
}

interface TabsProps {
  readonly tab: (typeof TABS)[number]['id']
  readonly route: Route
}

function Tabs({ tab, route }: TabsProps): ReactElement {
  return (
    <div
      role="tablist"
      className="tabs"
      aria-label="Parts of the run"
      onKeyDown={(event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
        if (step === undefined) return
        const at = TABS.findIndex(({ id }) => id === tab)
        const next = TABS[(at + step + TABS.length) % TABS.length]?.id ?? tab
        changeQuery(route, { tab: next })
        document.getElementById(`tab-${next}`)?.focus()
      }}
    >
      {TABS.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          aria-selected={tab === id}
          tabIndex={tab === id ? 0 : -1}
          aria-controls="panel"
          onClick={() => changeQuery(route, { tab: id })}
        >
          {name}
        </button>
      ))}
    </div>
  )
}

interface PairsProps {
  readonly run: string
  readonly data: RunData
  readonly route: Route
}

/** One level against another, paired by task and seed. */
function PairsTab({ run, data, route }: PairsProps): ReactElement {
  const factors = data.pairable
  const factor = factors.find(({ name }) => name === route.query['factor']) ?? factors[0]
  const measure = route.query['measure'] ?? data.measures[0] ?? ''
  const from = route.query['from'] ?? factor?.levels[0] ?? ''
  const to = route.query['to'] ?? factor?.levels[1] ?? ''
  const ready = factor !== undefined && from !== to
  const asked = useAsked('/api/runs/:run/pairs', ready ? { run, measure, factor: factor.name, from, to } : undefined)
  if (factor === undefined)
    return <p className="quiet">This run has one agent in one cell: there is nothing to pair.</p>
  return (
    <>
      <p className="bar">
        <Choice name="measure" value={measure} values={data.measures} route={route} />
        <Choice
          name="factor"
          value={factor.name}
          values={factors.map(({ name }) => name)}
          route={route}
          resets={['from', 'to']}
        />
        <Choice name="from" value={from} values={factor.levels} route={route} />
        <Choice name="to" value={to} values={factor.levels} route={route} />
      </p>
      {ready && <Standing asked={asked} what="pairs" />}
      {ready && asked.data !== undefined && asked.data.findings.length === 0 && (
        <p className="quiet">No trial of the one has a partner in the other.</p>
      )}
      {ready && asked.data !== undefined && <Folds {...asked.data} />}
    </>
  )
}
