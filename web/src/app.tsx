import { useEffect, useRef, useState, type ReactElement } from 'react'
import { isExport } from './api.ts'
import { AgentsKnown } from './parts/agent.tsx'
import { Fact } from './parts/fact.tsx'
import { Boundary } from './parts/boundary.tsx'
import { BriefPage, BriefsPage } from './pages/brief.tsx'
import { CompareTrialsPage } from './pages/compare-trials.tsx'
import { ComparePage } from './pages/compare.tsx'
import { RunPage } from './pages/run.tsx'
import { RunsPage } from './pages/runs.tsx'
import { StudiesPage, StudyPage } from './pages/study.tsx'
import { TrialPage } from './pages/trial.tsx'
import { formatRoute, type Route } from './route.ts'
import { useTheme } from './theme.ts'
import { useKeys, useRoute } from './use.ts'

export function App(): ReactElement {
  const route = useRoute()
  const [isHelping, setHelping] = useState(false)
  const [theme, turnTheme] = useTheme()
  const main = useRef<HTMLElement>(null)
  const place = route.path.join('/')
  useEffect(() => {
    main.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [place])
  useKeys({
    '?': () => setHelping((old) => !old),
    Escape: () => {
      setHelping(false)
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    },
    '/': () => document.querySelector<HTMLInputElement>('[data-search]')?.focus(),
    h: () => void (window.location.hash = '#/'),
  })
  return (
    <>
      <a className="skip" href={window.location.hash || '#/'} onClick={() => main.current?.focus()}>
        Skip to content
      </a>
      <header className="top">
        <div>
          <a className="name" href="#/" aria-label="Assay">
            <svg width="20" height="12" viewBox="0 0 20 12" aria-hidden="true" fill="none" stroke="currentColor">
              <path d="M1 1V11M19 1V11M1 6H19" strokeWidth="2" />
              <circle cx="10" cy="6" r="3.2" fill="var(--accent)" stroke="none" />
            </svg>
            <span className="wide">Assay</span>
          </a>
          <nav aria-label="Pages">
            {['runs', 'compare', 'studies', 'briefs'].map((page) => (
              <a
                key={page}
                href={formatRoute([page])}
                aria-current={page === (route.path[0] ?? 'runs') ? 'page' : undefined}
              >
                {`${page.charAt(0).toUpperCase()}${page.slice(1)}`}
              </a>
            ))}
          </nav>
          <span className="grow" />
          {isExport && <span className="flag">copy of {window.assayExport?.at}</span>}
          <button type="button" onClick={turnTheme} title="Turn the theme" aria-label={`Theme: ${theme}`}>
            <span className="wide">{theme === 'auto' ? 'Theme: as the system' : `Theme: ${theme}`}</span>
            <span className="narrow" aria-hidden="true">
              ◐
            </span>
          </button>
          <button type="button" onClick={() => setHelping(true)} title="Keys (?)" aria-label="Keys">
            ?
          </button>
        </div>
      </header>
      {isExport && (window.assayExport?.leftOut.length ?? 0) > 0 && (
        <details className="left-out">
          <summary>This copy leaves something out</summary>
          <ul>
            {window.assayExport?.leftOut.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
      <main ref={main} tabIndex={-1}>
        <AgentsKnown place={place}>
          <Boundary place={place}>
            <Page route={route} />
          </Boundary>
        </AgentsKnown>
      </main>
      {isHelping && <Help close={() => setHelping(false)} />}
    </>
  )
}

function Page({ route }: { readonly route: Route }): ReactElement {
  const [place, first, second, third] = route.path
  if (place === undefined || (place === 'runs' && first === undefined)) return <RunsPage route={route} />
  if (place === 'runs' && first !== undefined && second === undefined)
    return <RunPage key={first} run={first} route={route} />
  if (place === 'runs' && first !== undefined && second === 'trials' && third !== undefined)
    return <TrialPage key={`${first}/${third}`} run={first} trial={third} route={route} />
  if (place === 'compare' && first === 'trials') return <CompareTrialsPage route={route} />
  if (place === 'compare') return <ComparePage route={route} />
  if (place === 'briefs') return first === undefined ? <BriefsPage /> : <BriefPage key={first} brief={first} />
  if (place === 'studies') return first === undefined ? <StudiesPage /> : <StudyPage key={first} study={first} />
  return (
    <>
      <h1>Nothing is here</h1>
      <p>
        This address shows nothing. <a href="#/">Go to the runs.</a>
      </p>
    </>
  )
}

const KEYS: readonly (readonly [key: string, what: string])[] = [
  ['j, k', 'next and previous: row, or event of a trial'],
  ['Enter', 'open the row'],
  ['x', 'pick the row: two that are picked can be compared'],
  ['/', 'search or filter'],
  ['g, G', 'first and last event of a trial'],
  ['n, p', 'next and previous mark of a trial: compaction, limit, failure'],
  ['h', 'all runs'],
  ['Esc', 'leave a field, close this'],
  ['?', 'these keys'],
]

function Help({ close }: { readonly close: () => void }): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="keys">
      <h2 id="keys">Keys</h2>
      <dl className="keys">
        {KEYS.map(([key, what]) => (
          <Fact key={key} name={<kbd>{key}</kbd>}>
            {what}
          </Fact>
        ))}
      </dl>
      <button type="button" onClick={close}>
        Close
      </button>
    </dialog>
  )
}
