import { useEffect, useMemo, useState, type ReactElement } from 'react'
import type { RunRow } from '../../../src/server/api.ts'
import { SaveCsv } from '../parts/save.tsx'
import { Standing } from '../parts/standing.tsx'
import { changeQuery, formatRoute, type Route } from '../route.ts'
import { day, dollars, number } from '../say.ts'
import { useAsked, useAtMostEvery, useKeys, useLive } from '../use.ts'

const COLUMNS: readonly {
  readonly name: string
  readonly of: (row: RunRow) => string | number
  readonly num?: true
}[] = [
  { name: 'run', of: ({ run }) => run },
  { name: 'study', of: ({ study }) => study },
  { name: 'started', of: ({ createdAt }) => createdAt },
  { name: 'status', of: ({ status }) => status },
  { name: 'trials', of: ({ done }) => done, num: true },
  { name: 'invalid', of: ({ invalid }) => invalid, num: true },
  { name: 'controls', of: ({ controls }) => controls },
  { name: 'tokens', of: ({ tokens }) => tokens, num: true },
  { name: 'cost', of: ({ dollars: spent }) => spent ?? -1, num: true },
]

const CONTROLS: Readonly<Record<RunRow['controls'], string>> = {
  passed: 'good',
  failed: 'failure',
  none: 'flag',
  'not read yet': 'quiet',
  'not readable': 'flag',
}

/** Milliseconds between two looks at the list. */
const BETWEEN = 1000

/** All runs: filter, sort, open. */
export function RunsPage({ route }: { readonly route: Route }): ReactElement {
  const asked = useAsked('/api/runs', {})
  useLive({}, useAtMostEvery(BETWEEN, asked.again))
  const [chosen, setChosen] = useState(0)
  const filter = route.query['filter'] ?? ''
  const sort = route.query['sort'] ?? '-started'
  const rows = useMemo(() => ordered(asked.data?.runs ?? [], filter, sort), [asked.data, filter, sort])
  const [picked, setPicked] = useState<readonly string[]>([])
  useKeys({
    j: () => setChosen((old) => Math.min(rows.length - 1, old + 1)),
    k: () => setChosen((old) => Math.max(0, old - 1)),
    Enter: () => {
      const row = rows[chosen]
      if (row !== undefined) window.location.hash = formatRoute(['runs', row.run])
    },
  })
  useEffect(() => {
    document.querySelector('tr.chosen')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const pick = (run: string): void =>
    setPicked((old) => (old.includes(run) ? old.filter((each) => each !== run) : [...old, run].slice(-2)))
  return (
    <>
      <h1>Runs</h1>
      <Standing asked={asked} what="runs" />
      {asked.data !== undefined && asked.data.runs.length === 0 && (
        <p>
          No runs are here yet. Start one with <code>npx assay run vending --controls only</code>.
        </p>
      )}
      {asked.data !== undefined && asked.data.runs.length > 0 && (
        <>
          <p className="bar">
            <label>
              Filter{' '}
              <input
                data-search
                value={filter}
                onChange={(event) => changeQuery(route, { filter: event.target.value })}
              />
            </label>
            {picked.length === 2 && (
              <a className="button" href={formatRoute(['compare'], { first: picked[0], second: picked[1] })}>
                Compare {picked.join(' with ')}
              </a>
            )}
          </p>
          <div className="scroll" tabIndex={0} role="region" aria-label="Runs">
            <table>
              <thead>
                <tr>
                  <th scope="col">
                    <span className="hidden">compare</span>
                  </th>
                  {COLUMNS.map(({ name, num }) => (
                    <th
                      key={name}
                      scope="col"
                      className={num === true ? 'num' : undefined}
                      aria-sort={sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : 'none'}
                    >
                      <button
                        type="button"
                        className="link"
                        onClick={() => changeQuery(route, { sort: sort === `-${name}` ? name : `-${name}` })}
                      >
                        {name}
                        {sort === name ? ' ↑' : sort === `-${name}` ? ' ↓' : ''}
                      </button>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row, index) => (
                  <tr
                    key={row.run}
                    className={index === chosen ? 'chosen' : undefined}
                    onClick={() => setChosen(index)}
                  >
                    <td>
                      <input
                        type="checkbox"
                        aria-label={`Compare ${row.run}`}
                        checked={picked.includes(row.run)}
                        onChange={() => pick(row.run)}
                      />
                    </td>
                    <td>
                      <a href={formatRoute(['runs', row.run])}>{row.run}</a>
                    </td>
                    <td>
                      <a href={formatRoute(['studies', row.study])}>{row.study}</a>
                    </td>
                    <td>{day(row.createdAt)}</td>
                    <td className={`status ${row.status}`}>{row.status}</td>
                    <td className="num">
                      {number(row.done)} of {number(row.planned)}
                    </td>
                    <td className="num">{row.invalid === 0 ? '0' : <span className="flag">{row.invalid}</span>}</td>
                    <td className={CONTROLS[row.controls]}>{row.controls}</td>
                    <td className="num">{number(row.tokens)}</td>
                    <td className="num">{dollars(row.dollars)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <SaveCsv
            name="runs"
            head={COLUMNS.map(({ name }) => name)}
            rows={() =>
              rows.map((row) => COLUMNS.map(({ name, of }) => (name === 'spent' ? (row.dollars ?? null) : of(row))))
            }
          />
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

function ordered(runs: readonly RunRow[], filter: string, sort: string): readonly RunRow[] {
  const wanted = filter.toLowerCase()
  const fitting = runs.filter((row) => COLUMNS.some(({ of }) => String(of(row)).toLowerCase().includes(wanted)))
  const column = COLUMNS.find(({ name }) => name === sort.replace(/^-/, ''))
  if (column === undefined) return fitting
  const sign = sort.startsWith('-') ? -1 : 1
  return fitting.toSorted((a, b) => {
    const [x, y] = [column.of(a), column.of(b)]
    return (
      sign *
      (typeof x === 'number' && typeof y === 'number'
        ? x - y
        : String(x).localeCompare(String(y), 'en', { numeric: true }))
    )
  })
}
