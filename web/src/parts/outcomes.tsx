import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useCallback, useEffect, useRef, useState, type ReactElement } from 'react'
import type { CellValue, Column, OutcomePage } from '../../../src/server/api.ts'
import { csv } from '../../../src/exchange/csv.ts'
import { urlOf } from '../../../src/server/url-of.ts'
import { get, isExport } from '../api.ts'
import { changeQuery, formatRoute, type Route } from '../route.ts'
import { number, visible } from '../say.ts'
import { useKeys } from '../use.ts'
import { fileName, saveFile } from './save.tsx'

/** Rows asked for at a time. */
const BLOCK = 200
const ROW_HEIGHT = 28

interface OutcomesProps {
  readonly run: string
  readonly route: Route
  /** Changes when there are new rows. */
  readonly stamp: string
}

/** The table of outcomes: rows come as they are scrolled to, filtered and sorted where they lie. */
export function Outcomes({ run, route, stamp }: OutcomesProps): ReactElement {
  const query = tableQuery(route)
  const rows = useRows(run, query, stamp)
  const scroller = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState(0)
  const [picked, setPicked] = useState<readonly string[]>([])
  const columns = rows.page?.columns ?? []
  const trialColumn = columns.findIndex(({ name }) => name === 'trial')
  const virtual = useVirtualizer({
    count: rows.page?.matching ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  })
  const shown = virtual.getVirtualItems()
  const first = shown[0]?.index ?? 0
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => rows.want(first, last), [first, last, rows.want])
  const asked = JSON.stringify(query)
  useEffect(() => {
    setChosen(0)
    scroller.current?.scrollTo(scroller.current.scrollLeft, 0)
  }, [asked])
  const go = (to: number): void => {
    const next = Math.max(0, Math.min((rows.page?.matching ?? 1) - 1, to))
    setChosen(next)
    virtual.scrollToIndex(next)
  }
  const open = (index: number): void => {
    const trial = rows.row(index)?.[trialColumn]
    if (typeof trial === 'string') window.location.hash = formatRoute(['runs', run, 'trials', trial])
  }
  const pick = (index: number): void => {
    const trial = rows.row(index)?.[trialColumn]
    if (typeof trial !== 'string') return
    setPicked((old) => (old.includes(trial) ? old.filter((each) => each !== trial) : [...old, trial].slice(-2)))
  }
  useKeys({
    j: () => go(chosen + 1),
    k: () => go(chosen - 1),
    Enter: () => open(chosen),
    x: () => pick(chosen),
  })
  if (rows.failure !== undefined) return <p className="failure">{rows.failure}</p>
  const widths = columns.map((column) => `${widthOf(column)}rem`).join(' ')
  return (
    <>
      <p className="quiet" role="status">
        {rows.page === undefined
          ? 'Reading outcomes …'
          : `${number(rows.page.matching)} of ${number(rows.page.total)} trials`}{' '}
        {isExport ? (
          <button type="button" className="link save" onClick={() => void saveExported(run, query)}>
            CSV
          </button>
        ) : (
          <a className="save" href={urlOf('/api/runs/:run/outcomes.csv', { ...query, run })} download>
            CSV
          </a>
        )}{' '}
        {Object.keys(query).length > 0 && (
          <button type="button" className="link" onClick={() => changeQuery(route, cleared(route))}>
            Clear filters
          </button>
        )}{' '}
        {picked.length === 2 && (
          <a
            className="button"
            href={formatRoute(['compare', 'trials'], { first: `${run}/${picked[0]}`, second: `${run}/${picked[1]}` })}
          >
            Compare {picked.join(' with ')}
          </a>
        )}
        {picked.length === 1 && `${picked[0]} is picked: pick another with x to compare them`}
      </p>
      <div
        className="grid"
        ref={scroller}
        role="table"
        aria-rowcount={rows.page?.matching}
        aria-label="Outcomes"
        tabIndex={0}
      >
        <div className="grid-head" role="rowgroup">
          <div role="row" className="grid-row" style={{ gridTemplateColumns: widths }}>
            {columns.map((column) => (
              <Head key={column.name} column={column} route={route} />
            ))}
          </div>
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {shown.map(({ index, start }) => {
            const row = rows.row(index)
            return (
              <div
                key={index}
                role="row"
                aria-rowindex={index + 1}
                className={rowClass(row, columns, index === chosen)}
                aria-selected={picked.includes(String(row?.[trialColumn]))}
                style={{ gridTemplateColumns: widths, transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
                onClick={() => setChosen(index)}
                onDoubleClick={() => open(index)}
              >
                {columns.map((column, at) => (
                  <Cell key={column.name} run={run} column={column} value={row?.[at]} />
                ))}
              </div>
            )
          })}
        </div>
      </div>
    </>
  )
}

/** The table that fits, from a copy without a server. */
async function saveExported(run: string, query: Readonly<Record<string, string>>): Promise<void> {
  const page = await get('/api/runs/:run/outcomes', { ...query, count: '100000000', run })
  const head = page.columns.map(({ name }) => name)
  saveFile(`${fileName(run)}.csv`, 'text/csv', csv(head, page.rows))
}

/** Rem. Head and rows are laid out apart, so that a column's width must not depend on what is in view. */
function widthOf({ type, name, levels }: Column): number {
  if (type === 'number') return Math.max(6.5, name.length * 0.65)
  if (levels === undefined) return 12
  return Math.min(16, Math.max(7, ...levels.map((level) => level.length * 0.62)))
}

function rowClass(row: readonly CellValue[] | undefined, columns: readonly Column[], isChosen: boolean): string {
  const status = row?.[columns.findIndex(({ name }) => name === 'status')]
  return ['grid-row', 'grid-body', isChosen ? 'chosen' : '', status === 'invalid' ? 'invalid' : ''].join(' ').trim()
}

function Head({ column, route }: { readonly column: Column; readonly route: Route }): ReactElement {
  const { name, type, levels } = column
  const sort = route.query['sort']
  const next = sort === name ? `-${name}` : sort === `-${name}` ? undefined : name
  const key = `where.${name}`
  const value = route.query[key] ?? ''
  return (
    <div role="columnheader" aria-sort={sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : 'none'}>
      <button type="button" className="link" onClick={() => changeQuery(route, { sort: next })}>
        {name}
        {sort === name ? ' ↑' : sort === `-${name}` ? ' ↓' : ''}
      </button>
      {levels !== undefined && levels.length > 1 ? (
        <select
          aria-label={`Filter ${name}`}
          value={value.replace(/^=/, '')}
          onChange={(event) =>
            changeQuery(route, { [key]: event.target.value === '' ? undefined : `=${event.target.value}` })
          }
        >
          <option value="">all</option>
          {levels.map((level) => (
            <option key={level} value={level}>
              {visible(level)}
            </option>
          ))}
        </select>
      ) : (
        <input
          aria-label={`Filter ${name}`}
          placeholder={type === 'number' ? '>0' : 'holds …'}
          data-search={name === 'task' ? '' : undefined}
          value={value}
          onChange={(event) => changeQuery(route, { [key]: event.target.value })}
        />
      )}
    </div>
  )
}

interface CellProps {
  readonly run: string
  readonly column: Column
  readonly value: CellValue | undefined
}

const Cell = memo(function Cell({ run, column, value }: CellProps): ReactElement {
  if (value === undefined) return <div role="cell">…</div>
  if (value === null)
    return (
      <div role="cell" className="missing" title="missing">
        {column.kind === 'measure' ? 'missing' : '–'}
      </div>
    )
  if (typeof value === 'number')
    return (
      <div role="cell" className="num">
        {number(value)}
      </div>
    )
  if (column.name === 'trial')
    return (
      <div role="cell">
        <a href={formatRoute(['runs', run, 'trials', value])}>{value}</a>
      </div>
    )
  return (
    <div role="cell" title={visible(value)}>
      {visible(value)}
    </div>
  )
})

/** What of the address belongs to the table. */
function tableQuery(route: Route): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(route.query).filter(([name]) => name === 'sort' || name.startsWith('where.')),
  )
}

function cleared(route: Route): Readonly<Record<string, undefined>> {
  return Object.fromEntries(Object.keys(tableQuery(route)).map((name) => [name, undefined]))
}

interface Rows {
  readonly page?: OutcomePage
  readonly failure?: string
  readonly row: (index: number) => readonly CellValue[] | undefined
  readonly want: (first: number, last: number) => void
}

/** Blocks of rows, asked for when they are scrolled to; all forgotten when the filter or the run changes. */
function useRows(run: string, query: Readonly<Record<string, string>>, stamp: string): Rows {
  const key = JSON.stringify([run, query, stamp])
  const blocks = useRef<{ key: string; readonly rows: Map<number, OutcomePage['rows']>; readonly asked: Set<number> }>({
    key: '',
    rows: new Map(),
    asked: new Set(),
  })
  const [page, setPage] = useState<OutcomePage>()
  const [failure, setFailure] = useState<string>()
  const ask = useCallback(
    (block: number) => {
      const mine = blocks.current
      if (mine.asked.has(block)) return
      mine.asked.add(block)
      const read = async (): Promise<void> => {
        const part = { from: String(block * BLOCK), count: String(BLOCK) }
        try {
          const got = await get('/api/runs/:run/outcomes', { ...query, ...part, run })
          if (blocks.current !== mine) return
          mine.rows.set(block, got.rows)
          setPage(got)
          setFailure(undefined)
        } catch (cause) {
          setFailure(cause instanceof Error ? cause.message : 'The outcomes could not be read.')
        }
      }
      void read()
    },
    [key],
  )
  useEffect(() => {
    blocks.current = { key, rows: new Map(), asked: new Set() }
    ask(0)
  }, [key, ask])
  const want = useCallback(
    (first: number, last: number) => {
      for (let block = Math.floor(first / BLOCK); block <= Math.floor(last / BLOCK); block++) ask(block)
    },
    [ask],
  )
  return {
    ...(page !== undefined && { page }),
    ...(failure !== undefined && { failure }),
    row: (index) => blocks.current.rows.get(Math.floor(index / BLOCK))?.[index % BLOCK],
    want,
  }
}
