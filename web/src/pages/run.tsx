import { useEffect, useState, type ReactElement } from 'react'
import type { LiveMessage, RunPage as RunData, RunRow } from '../../../src/server/api.ts'
import { Choice } from '../parts/choice.tsx'
import { Fact } from '../parts/fact.tsx'
import { Figure } from '../parts/figure.tsx'
import { Findings } from '../parts/finding.tsx'
import { Outcomes } from '../parts/outcomes.tsx'
import { Standing } from '../parts/standing.tsx'
import { changeQuery, formatRoute, type Route } from '../route.ts'
import { day, dollars, number } from '../say.ts'
import { ControlChecks } from '../parts/control-checks.tsx'
import { useAsked, useAtMostEvery, useLive } from '../use.ts'

/** Milliseconds between two looks at the findings of a run that goes on. */
const BETWEEN = 2500

const TABS = ['findings', 'outcomes', 'pairs', 'controls', 'design'] as const

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
  const tab = TABS.find((name) => name === route.query['tab']) ?? 'findings'
  return (
    <>
      <p className="crumbs">
        <a href="#/">Runs</a>
      </p>
      <h1>{run}</h1>
      {isGone ? (
        <p className="failure" role="alert">
          This run is no longer there: its folder was moved or deleted. This page shows what was read of it.
        </p>
      ) : (
        <Standing asked={asked} what="the run" />
      )}
      {data !== undefined && now !== undefined && (
        <>
          <p className="question">{now.question}</p>
          <dl className="facts" aria-live="polite">
            <Fact name="study">
              <a href={formatRoute(['studies', now.study])}>{now.study}</a>
            </Fact>
            <Fact name="status">
              <span className={`status ${now.status}`}>{now.status}</span>
            </Fact>
            <Fact name="trials">
              {number(now.done)} of {number(now.planned)}
            </Fact>
            <Fact name="invalid">{now.invalid}</Fact>
            <Fact name="cost">{dollars(now.dollars)}</Fact>
            <Fact name="tokens">{number(now.tokens)}</Fact>
            <Fact name="started">{day(now.createdAt)}</Fact>
            <Fact name="plan">{data.designHash.slice(0, 12)}</Fact>
          </dl>
          {now.status === 'running' && <progress value={now.done} max={now.planned} aria-label="Trials done" />}
          {data.resume !== undefined && now.status === 'stopped' && (
            <p className="flag">
              This run stopped before its end. Go on with <code>{data.resume}</code>
            </p>
          )}
          {data.results.map((sentence) => (
            <p key={sentence} className="result">
              {sentence}
            </p>
          ))}
          <p className={calibrated(data) ? 'good' : 'failure'}>{data.controlsSentence}</p>
          {data.reading.unreadable.map(({ where, invalid, trials }) => (
            <p key={where} className="failure">
              Unreadable: {invalid} of {trials} trials are invalid in {where}.
            </p>
          ))}
          <div
            role="tablist"
            className="tabs"
            aria-label="Parts of the run"
            onKeyDown={(event) => {
              const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
              if (step === undefined) return
              const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? tab
              changeQuery(route, { tab: next })
              document.getElementById(`tab-${next}`)?.focus()
            }}
          >
            {TABS.map((name) => (
              <button
                key={name}
                type="button"
                role="tab"
                id={`tab-${name}`}
                aria-selected={tab === name}
                tabIndex={tab === name ? 0 : -1}
                aria-controls="panel"
                onClick={() => changeQuery(route, { tab: name })}
              >
                {name}
              </button>
            ))}
          </div>
          <div id="panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
            {tab === 'findings' && <FindingsTab run={run} data={data} stamp={data.reading.dataHash} />}
            {tab === 'outcomes' && <Outcomes run={run} route={route} stamp={String(now.done)} />}
            {tab === 'pairs' && <PairsTab run={run} data={data} route={route} />}
            {tab === 'controls' && <ControlsTab data={data} />}
            {tab === 'design' && <DesignTab data={data} />}
          </div>
        </>
      )}
    </>
  )
}

/** Without controls nothing shows that the measurement works. */
function calibrated({ reading: { controls } }: RunData): boolean {
  return controls.length > 0 && controls.every((each) => each.passed)
}

interface FindingsTabProps {
  readonly run: string
  readonly data: RunData
  readonly stamp: string
}

function FindingsTab({ run, data, stamp }: FindingsTabProps): ReactElement {
  return (
    <>
      <Findings findings={data.findings} run={run} stamp={stamp} />
      {data.series.map((title, index) => (
        <section key={title} className="quantity" aria-label={title}>
          <h3>{title}</h3>
          <Figure
            address="/api/runs/:run/figures/series/:number"
            given={{ run, number: String(index) }}
            title={title}
            name={`${run}-series-${index}`}
            stamp={stamp}
          />
        </section>
      ))}
    </>
  )
}

function ControlsTab({ data }: { readonly data: RunData }): ReactElement {
  return <ControlChecks title="Controls" controls={data.reading.controls} />
}

function DesignTab({ data }: { readonly data: RunData }): ReactElement {
  return (
    <>
      <h3>Request</h3>
      <pre tabIndex={0}>{JSON.stringify(data.request, null, 2)}</pre>
      <h3>Versions</h3>
      <pre tabIndex={0}>{JSON.stringify(data.versions, null, 2)}</pre>
      <h3>Plan {data.designHash}</h3>
      <pre tabIndex={0}>{JSON.stringify(data.design, null, 2)}</pre>
    </>
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
      {ready && asked.data !== undefined && asked.data.length === 0 && (
        <p className="quiet">No trial of the one has a partner in the other.</p>
      )}
      {ready && asked.data !== undefined && <Findings findings={asked.data} />}
    </>
  )
}
