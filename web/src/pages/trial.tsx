import { useCallback, useMemo, useState, type ReactElement } from 'react'
import type { TrialOverview } from '../../../src/server/api.ts'
import { BLOCK } from '../../../src/server/export-name.ts'
import type { TrialName } from '../api.ts'
import { Beside } from '../parts/beside.tsx'
import { Notes, useNotes } from '../parts/notes.tsx'
import { Lanes } from '../parts/lanes.tsx'
import { Standing } from '../parts/standing.tsx'
import { Transcript } from '../parts/transcript.tsx'
import { TrialHead } from '../parts/trial-head.tsx'
import { TrialFacts } from '../parts/trial-facts.tsx'
import { TrialSearch } from '../parts/trial-search.tsx'
import { changeQuery, formatRoute, type Route } from '../route.ts'
import { visible } from '../say.ts'
import { useAsked, useAtMostEvery, useKeys, useLive, useTitle } from '../use.ts'

/** Milliseconds between two looks at a trial that goes on. */
const BETWEEN = 1000

interface TrialProps {
  readonly run: string
  readonly trial: string
  readonly route: Route
}

/** One trial: its transcript, and beside it what it spent and how its world stood. */
export function TrialPage({ run, trial, route }: TrialProps): ReactElement {
  const name = useMemo(() => ({ run, trial }), [run, trial])
  const asked = useAsked('/api/runs/:run/trials/:trial', name)
  const hasEnded = asked.data?.outcome !== undefined
  const said = useAsked('/api/runs/:run/trials/:trial/said', hasEnded ? name : undefined)
  // A trial whose run is not read yet has its id alone.
  const title = said.data?.name ?? trial
  useTitle(title)
  const written = useNotes(run)
  const [isGone, setGone] = useState(false)
  const soon = useAtMostEvery(BETWEEN, asked.again)
  useLive({ run, trial }, (message) => {
    setGone(message?.type === 'gone')
    if (message?.type !== 'gone') soon()
  })
  // A long trial takes a moment to be summed up; its events are shown meanwhile.
  const first = useAsked('/api/runs/:run/trials/:trial/events', { ...name, from: '0', to: String(BLOCK) })
  const overview = asked.data ?? (first.data === undefined ? undefined : bare(trial, first.data.total))
  return (
    <>
      <div className="crumbs">
        <a href="#/">Runs</a> / <a href={formatRoute(['runs', run])}>{run}</a> /
        <a href={formatRoute(['runs', run], { tab: 'cases' })}>cases</a> /<h1>{visible(title)}</h1>
        <span className="grow" />
        <a href={formatRoute(['compare', 'trials'], { first: `${run}/${trial}` })}>Compare with another trial</a>
      </div>
      {isGone ? (
        <p className="failure" role="alert">
          This trial is no longer there: its run was moved or deleted. This page shows what was read of it.
        </p>
      ) : (
        <Standing asked={asked} what="the trial" />
      )}
      {overview !== undefined && (
        <>
          {said.data === undefined ? (
            asked.data !== undefined && <TrialFacts overview={asked.data} />
          ) : (
            <TrialHead run={run} said={said.data} />
          )}
          <Notes written={written} on={{ type: 'trial', id: trial }} what="this trial" />
          <TrialBody name={name} route={route} overview={overview} units={said.data?.units ?? {}} />
        </>
      )}
    </>
  )
}

/** What is known of a trial before it was summed up. */
function bare(trial: string, total: number): TrialOverview {
  return { trial, total, counts: {}, spent: [], world: [], marks: [], turns: [], files: [], mails: [], grades: [] }
}

interface BodyProps {
  readonly name: TrialName
  readonly route: Route
  readonly overview: TrialOverview
  readonly units: Readonly<Record<string, string>>
}

function TrialBody({ name, route, overview, units }: BodyProps): ReactElement {
  const { marks, total } = overview
  const last = Math.max(0, total - 1)
  const at = Math.max(0, Math.min(last, Number(route.query['event'] ?? 0) || 0))
  const go = useCallback(
    (seq: number) => changeQuery(route, { event: String(Math.max(0, Math.min(last, seq))) }),
    [route, last],
  )
  useKeys({
    j: () => go(at + 1),
    k: () => go(at - 1),
    g: () => go(0),
    G: () => go(last),
    n: () => go(marks.find(({ seq }) => seq > at)?.seq ?? at),
    p: () => go(marks.findLast(({ seq }) => seq < at)?.seq ?? at),
  })
  return (
    <>
      <Lanes overview={overview} at={at} go={go} units={units} />
      <div className="trial">
        <section className="transcript" aria-label="Transcript">
          <TrialSearch name={name} route={route} go={go} />
          <Transcript
            name={name}
            overview={overview}
            at={at}
            go={go}
            units={units}
            linkTo={(seq) => formatRoute(route.path, { ...route.query, event: String(seq) })}
          />
        </section>
        <Beside name={name} overview={overview} at={at} go={go} units={units} />
      </div>
    </>
  )
}
