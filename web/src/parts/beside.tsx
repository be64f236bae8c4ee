import type { ReactElement, ReactNode } from 'react'
import type { FileMark, TrialOverview } from '../../../src/server/api.ts'
import type { TrialName } from '../api.ts'
import { number, visible } from '../say.ts'
import { useAsked } from '../use.ts'
import { Values } from './event.tsx'
import { Jump } from './jump.tsx'
import { RailView } from './rail.tsx'

/** Which event is looked at, and how another is. */
interface Place {
  readonly at: number
  readonly go: (seq: number) => void
}

interface BesideProps extends Place {
  readonly name: TrialName
  readonly overview: TrialOverview
  readonly units: Readonly<Record<string, string>>
}

/** Beside the transcript: how the world stood at the event, what was spent until then, and what is worth a jump. */
export function Beside({ name, overview, at, go, units }: BesideProps): ReactElement {
  const state = useAsked('/api/runs/:run/trials/:trial/world', { ...name, at: String(at) })
  const { world, spent, marks, grades, files, mails, total } = overview
  return (
    <aside aria-label="With the transcript">
      {state.data?.view !== undefined && (
        <Part title="World" aside={<Jump seq={state.data.seq ?? 0} go={go} text={`at ${state.data.seq ?? 0}`} />}>
          <Values values={state.data.view} units={units} />
        </Part>
      )}
      {files.length > 0 && <Files files={files} at={at} go={go} />}
      {mails.length > 0 && <Mails mails={mails} at={at} go={go} />}
      {grades.length > 0 && (
        <Part title="Grades">
          {grades.map(({ seq, grader, values, explanation }) => (
            <div key={seq}>
              <Jump seq={seq} go={go} /> {visible(grader)}
              {explanation !== undefined && <p className="quiet">{visible(explanation)}</p>}
              <Values values={values} units={units} />
            </div>
          ))}
        </Part>
      )}
      {marks.length > 0 && (
        <Part title="Marks">
          <ol className="marks" tabIndex={0}>
            {marks.map(({ seq, type, label }) => (
              <li key={seq} className={seq > at ? 'later' : undefined}>
                <Jump seq={seq} go={go} /> {type} <span className="quiet">{visible(label)}</span>
              </li>
            ))}
          </ol>
        </Part>
      )}
      {[world, spent].map((rails) =>
        rails.filter(moves).map((rail) => <RailView key={rail.name} rail={rail} total={total} at={at} go={go} />),
      )}
    </aside>
  )
}

/** A number that never changed has nothing to draw. */
function moves({ points }: TrialOverview['world'][number]): boolean {
  return new Set(points.map(([, value]) => value)).size > 1
}

interface PartProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}

function Part({ title, aside, children }: PartProps): ReactElement {
  return (
    <section>
      <h3>
        {title} {aside}
      </h3>
      {children}
    </section>
  )
}

const SIGNS: Readonly<Record<FileMark['did'], string>> = { made: '+', changed: '~', removed: '\u2212' }

/** Paths that acts have changed so far: the latest change of each, and how many there were. */
function Files({ files, at, go }: Pick<TrialOverview, 'files'> & Place): ReactElement {
  const paths = Map.groupBy(
    files.filter(({ seq }) => seq <= at),
    ({ path }) => path,
  )
  return (
    <Part title="Files changed" aside={<span className="quiet">{number(paths.size)}</span>}>
      <ul className="marks" tabIndex={0}>
        {[...paths].map(([path, changes]) => {
          const last = changes.at(-1)
          return (
            last !== undefined && (
              <li key={path}>
                <Jump seq={last.seq} go={go} />{' '}
                <span title={last.did}>
                  {SIGNS[last.did]}
                  <span className="hidden">{last.did}</span>
                </span>{' '}
                <code>{visible(path)}</code>{' '}
                <span className="quiet">
                  {last.kind ?? ''} {last.bytes === undefined ? '' : `${number(last.bytes)} bytes`}
                  {changes.length > 1 ? `, ${changes.length} changes` : ''}
                </span>
              </li>
            )
          )
        })}
      </ul>
      {paths.size === 0 && <p className="quiet">none so far</p>}
    </Part>
  )
}

/** What the agent did with its mail so far. */
function Mails({ mails, at, go }: Pick<TrialOverview, 'mails'> & Place): ReactElement {
  const past = mails.filter(({ seq }) => seq <= at)
  const sent = past.filter(({ act, ok }) => ok && act.startsWith('send')).length
  return (
    <Part title="Mailbox" aside={<span className="quiet">{number(sent)} sent</span>}>
      <ol className="marks" tabIndex={0}>
        {past.map(({ seq, act, ok, told }) => (
          <li key={seq} className={ok ? undefined : 'failure'}>
            <Jump seq={seq} go={go} /> {visible(act.replaceAll('_', ' '))} {ok ? '' : '(refused) '}
            <span className="quiet">{visible(told === '{}' ? '' : told)}</span>
          </li>
        ))}
      </ol>
      {past.length === 0 && <p className="quiet">nothing so far</p>}
    </Part>
  )
}
