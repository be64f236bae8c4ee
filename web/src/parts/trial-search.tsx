import { useEffect, useState, type ReactElement } from 'react'
import type { TrialName } from '../api.ts'
import { changeQuery, type Route } from '../route.ts'
import { number, visible } from '../say.ts'
import { useAsked } from '../use.ts'

interface SearchProps {
  readonly name: TrialName
  readonly route: Route
  readonly go: (seq: number) => void
}

/** Search in all that was said, and a jump to an event. */
export function TrialSearch({ name, route, go }: SearchProps): ReactElement {
  const text = route.query['search'] ?? ''
  const [typed, setTyped] = useState(text)
  const asked = useAsked('/api/runs/:run/trials/:trial/search', text === '' ? undefined : { ...name, text })
  useEffect(() => {
    if (typed === text) return
    const later = setTimeout(() => changeQuery(route, { search: typed }), 300)
    return () => clearTimeout(later)
    // The route is where it was typed; only what is typed decides.
  }, [typed])
  return (
    <div className="bar">
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          const seq = Number(new FormData(event.currentTarget).get('seq'))
          if (Number.isInteger(seq)) go(seq)
        }}
      >
        <label>
          Search <input data-search value={typed} onChange={(event) => setTyped(event.target.value)} />
        </label>{' '}
        <label>
          Event{' '}
          <input
            name="seq"
            inputMode="numeric"
            size={6}
            key={route.query['event']}
            defaultValue={route.query['event'] ?? '0'}
          />
        </label>{' '}
        <button type="submit">Go</button>
      </form>
      {text !== '' && asked.data !== undefined && (
        <details open className="hits">
          <summary>
            {number(asked.data.hits.length)} events hold it
            {asked.data.searched < asked.data.total
              ? `, of the ${number(asked.data.searched)} that were looked through`
              : ''}
          </summary>
          <ol>
            {asked.data.hits.map(({ seq, excerpt }) => (
              <li key={seq}>
                <button type="button" className="link" onClick={() => go(seq)}>
                  {seq}
                </button>{' '}
                {visible(excerpt)}
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  )
}
