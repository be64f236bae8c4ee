import { Hono, type Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { AssayError } from '../assay-error.ts'
import { readEvents } from '../record/index.ts'
import { compareRuns } from '../compare/index.ts'
import { curveFigure, intervalFigure, seriesFigure } from '../report/index.ts'
import type { EventList, Failure, LiveMessage, OutcomePage, RunList, RunPage, SearchResult } from './api.ts'
import { textsOf } from './event-text.ts'
import { guard } from './guard.ts'
import { asset } from './asset.ts'
import { briefPage, briefRows, claimFigure } from './brief-page.ts'
import { compactionSaid } from './compaction-said.ts'
import { outcomesCsv } from './csv.ts'
import { latestOnly } from './latest.ts'
import { outcomeTable } from './outcome-table.ts'
import { pairs, runPage, said } from './run-page.ts'
import { RunStore } from './run-store.ts'
import { searchJournal } from './search.ts'
import { selectPage, type TableQuery } from './select-rows.ts'
import { sentEvent } from './sent-event.ts'
import { trialJournal, type Source } from './source.ts'
import { studyPage } from './study-page.ts'
import { TrialOverviews } from './trial-overview.ts'
import { Watch } from './watch.ts'

/** Events and rows a request gets at most. */
const MOST_EVENTS = 500
const MOST_ROWS = 1000

export interface ViewerOptions {
  readonly source: Source
  /** The folder with the built page. */
  readonly page: string
  /** The port as bound. */
  readonly port: () => number
}

export interface Viewer {
  readonly app: Hono
  readonly close: () => void
}

/** The viewer's routes: the page, and an API that gives parts of runs and never whole ones. */
export function viewer({ source, page, port }: ViewerOptions): Viewer {
  const store = new RunStore(source)
  const overviews = new TrialOverviews()
  const watch = new Watch(store)
  const app = new Hono()
  app.use(guard(port))
  app.onError((cause) => {
    if (!(cause instanceof AssayError)) throw cause
    const unknown = cause.code.startsWith('server/unknown')
    const body: Failure = { error: { code: cause.code, message: cause.message } }
    return Response.json(body, { status: unknown ? 404 : 422 })
  })

  app.get('/api/runs', (c) => c.json<RunList>(store.list()))
  app.get('/api/studies', async (c) =>
    c.json((await source.studies()).map(({ name, question }) => ({ name, question }))),
  )
  app.get('/api/studies/:study', async (c) => {
    const name = c.req.param('study')
    const study = (await source.studies()).find((each) => each.name === name)
    if (study === undefined) throw new AssayError('server/unknown-study', `There is no study "${name}" here.`)
    return c.json(studyPage(study))
  })

  app.get('/api/runs/:run', async (c) => {
    const name = c.req.param('run')
    const read = await store.reading(name)
    return c.json<RunPage>({ ...runPage(read, store.row(name)), ...(store.isBehind(name) && { behind: true }) })
  })
  app.get('/api/runs/:run/outcomes', (c) =>
    c.json<OutcomePage>(selectPage(outcomeTable(store.outcomes(c.req.param('run'))), tableQuery(c))),
  )
  app.get('/api/runs/:run/outcomes.csv', (c) => {
    const text = outcomesCsv(outcomeTable(store.outcomes(c.req.param('run'))), tableQuery(c))
    return download(text, 'text/csv', `${c.req.param('run')}.csv`)
  })
  app.get('/api/runs/:run/pairs', async (c) => {
    const { measure = '', factor = '', from = '', to = '' } = c.req.query()
    return c.json(pairs(await store.reading(c.req.param('run')), { measure, factor, from, to }, source.version))
  })
  app.get('/api/runs/:run/figures/series/:number', async (c) => {
    const read = await store.reading(c.req.param('run'))
    const number = whole(c.req.param('number'))
    const figure = read.study.figures[number]
    if (figure === undefined && number === 0 && read.study.draw !== undefined)
      return svg(await read.study.draw(read.reading.findings))
    if (figure === undefined) throw new AssayError('server/unknown-figure', 'There is no such figure.')
    return svg(await seriesFigure(figure, read.outcomes))
  })
  app.get('/api/runs/:run/figures/quantity', async (c) => {
    const { reading } = await store.reading(c.req.param('run'))
    const found = reading.findings.filter(({ quantity }) => quantity === c.req.query('quantity'))
    if (found.length === 0) throw new AssayError('server/unknown-figure', 'There is no such quantity.')
    const curves = found.some(({ figure }) => figure?.kind === 'curve')
    return svg(curves ? await curveFigure(found) : await intervalFigure(found))
  })

  app.get('/api/runs/:run/trials/:trial', async (c) => {
    const { run, trial } = c.req.param()
    const journal = journalOf(store, run, trial)
    return c.json(
      await overviews.of(
        journal,
        trial,
        store.outcomes(run).find((row) => row.trial === trial),
      ),
    )
  })
  app.get('/api/runs/:run/trials/:trial/events', (c) => {
    const from = whole(c.req.query('from'))
    const to = Math.min(whole(c.req.query('to'), from + 100), from + MOST_EVENTS)
    const { events, total } = readEvents(journalOf(store, c.req.param('run'), c.req.param('trial')), { from, to })
    return c.json<EventList>({ events: events.map(sentEvent), total })
  })
  app.get('/api/runs/:run/trials/:trial/events/:seq/text', (c) => {
    const seq = whole(c.req.param('seq'))
    const journal = journalOf(store, c.req.param('run'), c.req.param('trial'))
    const [event] = readEvents(journal, { from: seq, to: seq + 1 }).events
    if (event === undefined) throw new AssayError('server/unknown-event', `There is no event ${seq} in this trial.`)
    return download(textsOf(event).join('\n'), 'text/plain', `${c.req.param('trial')}-${seq}.txt`)
  })
  app.get('/api/runs/:run/trials/:trial/world', async (c) =>
    c.json(
      await overviews.worldAt(journalOf(store, c.req.param('run'), c.req.param('trial')), whole(c.req.query('at'))),
    ),
  )
  app.get('/api/runs/:run/trials/:trial/compactions/:seq', async (c) =>
    c.json(await compactionSaid(journalOf(store, c.req.param('run'), c.req.param('trial')), whole(c.req.param('seq')))),
  )
  app.get('/api/runs/:run/trials/:trial/search', async (c) => {
    const text = c.req.query('text') ?? ''
    const journal = journalOf(store, c.req.param('run'), c.req.param('trial'))
    if (text.trim() === '') return c.json<SearchResult>({ hits: [], searched: 0, total: 0 })
    return c.json<SearchResult>(await searchJournal(journal, text, () => c.req.raw.signal.aborted))
  })

  app.get('/api/compare', async (c) => {
    const { first = '', second = '' } = c.req.query()
    const comparison = compareRuns(await store.reading(first), await store.reading(second))
    return c.json({ ...comparison, findings: comparison.findings.map(said) })
  })

  app.get('/api/briefs', (c) => c.json(briefRows(source)))
  app.get('/api/briefs/:brief', async (c) => c.json(await briefPage(source, store, c.req.param('brief'))))
  app.get('/api/briefs/:brief/claims/:claim/figure', async (c) =>
    svg(await claimFigure(source, store, c.req.param('brief'), c.req.param('claim'))),
  )

  app.get('/api/live', (c) => {
    const run = c.req.query('run')
    const trial = c.req.query('trial')
    const subject = { ...(run !== undefined && { run }), ...(trial !== undefined && { trial }) }
    return streamSSE(c, async (stream) => {
      const gone = new Promise<void>((resolve) => stream.onAbort(resolve))
      const tell = latestOnly<LiveMessage>(
        (message) => stream.writeSSE({ data: JSON.stringify(message) }),
        () => stream.aborted,
      )
      const deaf = watch.hear(subject, tell)
      await stream.writeSSE({ event: 'open', data: '' })
      await gone
      deaf()
    })
  })

  app.all('/api/*', () => {
    throw new AssayError('server/unknown-route', 'There is nothing at this address.')
  })
  app.get('*', (c) => asset(page, new URL(c.req.url).pathname))
  return { app, close: () => watch.close() }
}

function journalOf(store: RunStore, run: string, trial: string): string {
  return trialJournal(store.paths(run).folder, trial)
}

function tableQuery(c: Context): TableQuery {
  const { from, count, sort, ...rest } = c.req.query()
  const where = Object.entries(rest).flatMap(([name, value]) =>
    name.startsWith('where.') ? [[name.slice('where.'.length), value] as const] : [],
  )
  return {
    from: whole(from),
    count: Math.min(whole(count, 100), MOST_ROWS),
    ...(sort !== undefined && { sort }),
    where: Object.fromEntries(where),
  }
}

/** @throws AssayError `server/not-a-number` for anything but digits */
function whole(text: string | undefined, otherwise = 0): number {
  if (text === undefined) return otherwise
  if (/^\d{1,12}$/.test(text)) return Number(text)
  throw new AssayError('server/not-a-number', `"${text.slice(0, 40)}" is no whole number.`)
}

function svg(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'image/svg+xml; charset=utf-8' } })
}

function download(text: string, type: string, name: string): Response {
  return new Response(text, {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
    },
  })
}
