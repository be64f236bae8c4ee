import type { ReactElement } from 'react'
import type { Answer } from '../../../src/server/routes.ts'
import { changeQuery, formatRoute, type Route } from '../route.ts'
import { number, visible } from '../say.ts'
import { useAsked } from '../use.ts'
import { Agent } from './agent.tsx'
import { Notes, type Written } from './notes.tsx'
import { Standing } from './standing.tsx'
import { State } from './state.tsx'

type Page = Answer<'/api/runs/:run/cases'>
type Case = Page['cases'][number]
type Given = Case['answers'][number]

const GROUPS = [
  { group: 'newly wrong', title: 'Newly wrong' },
  { group: 'wrong', title: 'Wrong' },
  { group: 'newly right', title: 'Newly right' },
  { group: 'right', title: 'Right' },
] as const

const SHOWS = [
  { show: '', name: 'All', fits: () => true },
  { show: 'flipped', name: 'Flipped', fits: ({ answers }: Case) => answers.some(({ flipped }) => flipped === true) },
  { show: 'wrong', name: 'Not all right', fits: ({ group }: Case) => group.endsWith('wrong') },
  { show: 'cut', name: 'Cut short', fits: ({ answers }: Case) => answers.some(({ cut }) => cut !== undefined) },
] as const

interface CasesProps {
  readonly run: string
  readonly route: Route
  /** Changes when the run has grown. */
  readonly stamp: string
  readonly written: Written
}

/** Cases by agents: what failed first, what flipped since the run before. */
export function Cases({ run, route, stamp, written }: CasesProps): ReactElement {
  const asked = useAsked('/api/runs/:run/cases', { run }, stamp)
  const { data } = asked
  if (data === undefined) return <Standing asked={asked} what="the cases" />
  if (data.cases.length === 0)
    return (
      <State title="No case has ended yet.">
        <p>Cases are shown here as their trials end.</p>
      </State>
    )
  const { show = '', find = '' } = route.query
  const chosen = SHOWS.find((each) => each.show === show) ?? SHOWS[0]
  const wanted = find.toLowerCase()
  const cases = data.cases.filter((each) => chosen.fits(each) && textsOf(each).toLowerCase().includes(wanted))
  return (
    <>
      <div className="chips">
        {SHOWS.map((each) => (
          <button
            key={each.show}
            type="button"
            className="chip"
            aria-pressed={each.show === chosen.show}
            onClick={() => changeQuery(route, { show: each.show })}
          >
            {each.name} {number(data.cases.filter(each.fits).length)}
          </button>
        ))}
        <label className="small">
          <span className="hidden">Find in cases</span>
          <input
            data-search
            placeholder="Find in prompts and answers"
            value={find}
            onChange={(event) => changeQuery(route, { find: event.target.value })}
          />
        </label>
      </div>
      <CaseTable run={run} data={data} cases={cases} written={written} />
      <p className="caption">
        {data.before === undefined ? '' : `Purple edge: flipped since ${data.before}. `}
        {data.controls.length > 0 && 'Controls are in the grey columns, by mark alone. '}
        {data.cases.length < data.total && `The first ${number(data.cases.length)} of ${number(data.total)} cases. `}
        {!data.unchanged && 'Questions or keys have changed since the run: they are shown as they are now.'}
      </p>
    </>
  )
}

function textsOf({ case: id, prompt, expected = '', answers }: Case): string {
  return [id, prompt, expected, ...answers.map(({ answer }) => answer)].join('\n')
}

interface TableProps {
  readonly run: string
  readonly data: Page
  readonly cases: readonly Case[]
  readonly written: Written
}

function CaseTable({ run, data, cases, written }: TableProps): ReactElement {
  const columns = 1 + data.agents.length + data.controls.length
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Cases">
      <table className="cases">
        <thead>
          <tr>
            <th scope="col">case</th>
            {data.agents.map((agent) => (
              <th key={agent} scope="col">
                <Agent name={agent} />
              </th>
            ))}
            {data.controls.map((agent) => (
              <th key={agent} scope="col" className="of-control">
                {visible(agent.replace(/^control\//, ''))}
              </th>
            ))}
          </tr>
        </thead>
        {GROUPS.map(({ group, title }) => {
          const own = cases.filter((each) => each.group === group)
          return (
            own.length > 0 && (
              <tbody key={group}>
                <tr className="heading">
                  <th colSpan={columns} scope="rowgroup">
                    <b>{data.isMarked ? title : 'Lowest marks first'}</b> {number(own.length)}
                  </th>
                </tr>
                {own.map((each) => (
                  <CaseRow key={each.case} run={run} data={data} one={each} written={written} />
                ))}
              </tbody>
            )
          )
        })}
      </table>
      {cases.length === 0 && <p className="quiet">No case fits.</p>}
    </div>
  )
}

interface RowProps {
  readonly run: string
  readonly data: Page
  readonly one: Case
  readonly written: Written
}

function CaseRow({ run, data, one, written }: RowProps): ReactElement {
  const isFlipped = one.answers.some(({ flipped }) => flipped === true)
  return (
    <tr className={isFlipped ? 'flipped' : undefined}>
      <th scope="row">
        <span className="prompt">{visible(one.prompt)}</span>
        <span className="under">
          {one.expected !== undefined && (
            <>
              expects <b>{visible(one.expected)}</b> ·{' '}
            </>
          )}
          {visible(one.case)}
        </span>
        <Notes written={written} on={{ type: 'case', id: one.case }} what={`case ${one.case}`} />
      </th>
      {data.agents.map((agent) => (
        <td key={agent} data-agent={agent}>
          <Answers run={run} given={one.answers.filter((each) => each.agent === agent)} expected={one.expected} />
        </td>
      ))}
      {data.controls.map((agent) => (
        <td key={agent} className="of-control">
          {one.controls[agent] ?? '–'}
        </td>
      ))}
    </tr>
  )
}

const SIGNS: Readonly<Record<Given['mark'], string>> = {
  right: '✓',
  wrong: '✕',
  yes: '1',
  no: '0',
  partly: '~',
  none: '?',
}

interface AnswersProps {
  readonly run: string
  readonly given: readonly Given[]
  readonly expected: string | undefined
}

/** The first that is not right in words; the others as marks. */
function Answers({ run, given, expected }: AnswersProps): ReactElement | null {
  const shown = given.find(({ mark }) => mark !== 'right') ?? given[0]
  if (shown === undefined) return null
  const others = given.filter((each) => each !== shown)
  return (
    <>
      <span className="given">
        <TrialMark run={run} given={shown} />
        <a className="said" href={formatRoute(['runs', run, 'trials', shown.trial])} title={shown.name}>
          {shown.answer === '' ? (
            <span className="quiet">{shown.value}</span>
          ) : (
            <Marked text={shown.answer} word={expected} />
          )}
        </a>
      </span>
      {(shown.flipped === true || shown.cut !== undefined) && (
        <span className="why">
          {shown.flipped === true && (
            <span className="chip accent">{shown.mark === 'right' ? 'was wrong before' : 'was right before'}</span>
          )}
          {shown.cut !== undefined && <span className="chip warn">{visible(shown.cut)}</span>}
        </span>
      )}
      {others.length > 0 && (
        <span className="why">
          {others.slice(0, MOST_MARKS).map((each) => (
            <TrialMark key={each.trial} run={run} given={each} />
          ))}
          {others.length > MOST_MARKS && <span className="under">and {others.length - MOST_MARKS} more</span>}
        </span>
      )}
    </>
  )
}

const MOST_MARKS = 24

function TrialMark({ run, given }: { readonly run: string; readonly given: Given }): ReactElement {
  const { mark, trial, name, value } = given
  return (
    <a
      className={`verdict-mark ${mark}`}
      href={formatRoute(['runs', run, 'trials', trial])}
      title={`${name}: ${value}`}
      aria-label={`${name}: ${mark === 'none' ? 'no mark' : mark}, ${value}`}
    >
      {SIGNS[mark]}
    </a>
  )
}

/** The answer with the word that was expected set apart, from a little before it. */
function Marked({ text, word }: { readonly text: string; readonly word: string | undefined }): ReactElement {
  const at = word === undefined || word === '' ? -1 : text.toLowerCase().indexOf(word.toLowerCase())
  if (word === undefined || at < 0) return <>{visible(text)}</>
  const from = Math.max(0, at - 60)
  return (
    <>
      {from > 0 ? '… ' : ''}
      {visible(text.slice(from, at))}
      <b className="good">{visible(text.slice(at, at + word.length))}</b>
      {visible(text.slice(at + word.length))}
    </>
  )
}
