import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { streamSSE } from 'hono/streaming'
import { AssayError } from '../assay-error.ts'
import { objectIn, readEvents } from '../record/index.ts'
import { compareRuns } from '../compare/index.ts'
import { curveFigure, intervalFigure, seriesFigure } from '../report/index.ts'
import type { Failure, LiveMessage } from './api.ts'
import { textsOf } from './event-text.ts'
import { groupsOf } from './groups.ts'
import { guard } from './guard.ts'
import { asset } from './asset.ts'
import { briefPage, briefRows, figureUnder } from './brief-page.ts'
import { casePage } from './case-page.ts'
import { compactionAt } from './compaction-at.ts'
import { outcomesCsv } from './csv.ts'
import { latestOnly } from './latest.ts'
import { notesFile, writeNote } from './notes.ts'
import { outcomeTable } from './outcome-table.ts'
import { pairs, runPage, said } from './run-page.ts'
import type { Address, Answer, Given } from './routes.ts'
import { RunStore } from './run-store.ts'
import { searchJournal } from './search.ts'
import { selectPage, whereOf, type TableQuery } from './select-rows.ts'
import { sentEvent } from './sent-event.ts'
import { trialJournal, type Source } from './source.ts'
import { studyPage } from './study-page.ts'
import { TrialOverviews } from './trial-overview.ts'
import { trialSaid } from './trial-said.ts'
import { Watch } from './watch.ts'

/** Events and rows a request gets at most. */
const MOST_EVENTS = 500
const MOST_ROWS = 1000
/** Bytes of a note as it is sent. */
const MOST_NOTE = 16_384

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
  const overviews = new TrialOverviews(source)
  const watch = new Watch(store)
  const app = new Hono()
  app.use(guard(port))
  app.onError((cause) => {
    if (!(cause instanceof AssayError)) throw cause
    const unknown = cause.code.startsWith('server/unknown')
    const body: Failure = { error: { code: cause.code, message: cause.message } }
    return Response.json(body, { status: unknown ? 404 : 422 })
  })

  const serve = <A extends Address>(address: A, answered: Answers[A]): void => {
    app.get(address, async (c) => {
      const given: unknown = { ...c.req.query(), ...c.req.param() }
      // Names in the path are there where the address fits; a query may lack any of its names, as the type says.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
      const answer = await answered(given as Given<A>, c)
      return answer instanceof Response ? answer : c.json(answer)
    })
  }
  const journalOf = (run: string, trial: string): string => trialJournal(store.paths(run).folder, trial)
  const answers: Answers = {
    '/api/runs': () => store.list(),
    '/api/agents': () => store.agents(),
    '/api/runs/:run': async ({ run }) => {
      const page = runPage(await store.reading(run), store.row(run))
      const behind: Pick<Answer<'/api/runs/:run'>, 'behind'> = store.isBehind(run) ? { behind: true } : {}
      return { ...page, ...behind }
    },
    '/api/runs/:run/outcomes': ({ run, ...query }) => selectPage(outcomeTable(store.outcomes(run)), tableQuery(query)),
    '/api/runs/:run/outcomes.csv': ({ run, ...query }) =>
      download(outcomesCsv(outcomeTable(store.outcomes(run)), tableQuery(query)), 'text/csv', `${run}.csv`),
    '/api/runs/:run/pairs': async ({ run, measure = '', factor = '', from = '', to = '' }) =>
      pairs(await store.reading(run), { measure, factor, from, to }, source.version),
    '/api/runs/:run/figures/series/:number': async ({ run, number }) => {
      const { plan, reading, outcomes } = await store.reading(run)
      const { figures, draw } = plan.study
      const figure = figures[whole(number)]
      if (figure === undefined && whole(number) === 0 && draw !== undefined) return svg(await draw(reading.findings))
      if (figure === undefined) throw new AssayError('server/unknown-figure', 'There is no such figure.')
      return svg(await seriesFigure(figure, outcomes))
    },
    '/api/runs/:run/figures/quantity': async ({ run, quantity }) => {
      const { reading } = await store.reading(run)
      const found = reading.findings.filter((each) => each.quantity === quantity)
      if (found.length === 0) throw new AssayError('server/unknown-figure', 'There is no such quantity.')
      const curves = found.some(({ figure }) => figure?.kind === 'curve')
      return svg(curves ? await curveFigure(found) : await intervalFigure(found))
    },
    '/api/runs/:run/notes': ({ run }) => store.notes(run),
    '/api/runs/:run/cases': async ({ run }) => casePage(await store.reading(run), store.before(run)),
    // Of a run that goes on the findings are read less often than the rows.
    '/api/runs/:run/trials/:trial/said': async ({ run, trial }) =>
      trialSaid({ ...(await store.reading(run)), outcomes: store.outcomes(run) }, trial),
    '/api/runs/:run/trials/:trial': ({ run, trial }) => {
      const journal = journalOf(run, trial)
      const outcome = store.outcomes(run).find((row) => row.trial === trial)
      return overviews.of(journal, trial, outcome)
    },
    '/api/runs/:run/trials/:trial/events': ({ run, trial, ...range }) => {
      const from = whole(range.from)
      const to = Math.min(whole(range.to, from + 100), from + MOST_EVENTS)
      const { events, total } = readEvents(journalOf(run, trial), { from, to })
      return { events: events.map(sentEvent), total }
    },
    '/api/runs/:run/trials/:trial/events/:seq/text': ({ run, trial, seq: text }) => {
      const seq = whole(text)
      const [event] = readEvents(journalOf(run, trial), { from: seq, to: seq + 1 }).events
      if (event === undefined) throw new AssayError('server/unknown-event', `There is no event ${seq} in this trial.`)
      return download(textsOf(event).join('\n'), 'text/plain', `${trial}-${seq}.txt`)
    },
    '/api/runs/:run/trials/:trial/world': ({ run, trial, at }) => overviews.worldAt(journalOf(run, trial), whole(at)),
    '/api/runs/:run/trials/:trial/compactions/:seq': ({ run, trial, seq }) =>
      compactionAt(journalOf(run, trial), whole(seq)),
    '/api/runs/:run/trials/:trial/search': ({ run, trial, text = '' }, c) => {
      const journal = journalOf(run, trial)
      if (text.trim() === '') return { hits: [], searched: 0, total: 0 }
      return searchJournal(journal, text, () => c.req.raw.signal.aborted)
    },
    '/api/compare': async ({ first = '', second = '' }) => {
      const comparison = compareRuns(await store.reading(first), await store.reading(second))
      const { findings } = comparison
      return { ...comparison, findings: findings.map(said), groups: groupsOf(findings) }
    },
    '/api/studies': async () => (await source.studies()).map(({ name, question }) => ({ name, question })),
    '/api/studies/:study': async ({ study: name }) => {
      const study = (await source.studies()).find((each) => each.name === name)
      if (study === undefined) throw new AssayError('server/unknown-study', `There is no study "${name}" here.`)
      return studyPage(study)
    },
    '/api/briefs': () => briefRows(source),
    '/api/briefs/:brief': ({ brief }) => briefPage(source, store, brief),
    '/api/briefs/:brief/claims/:claim/figure': async ({ brief, claim }) =>
      svg(await figureUnder(source, store, brief, claim)),
    '/api/live': (subject, c) =>
      streamSSE(c, async (stream) => {
        const gone = new Promise<void>((resolve) => stream.onAbort(resolve))
        const tell = latestOnly<LiveMessage>(
          (message) => stream.writeSSE({ data: JSON.stringify(message) }),
          () => stream.aborted,
        )
        const deaf = watch.hear(subject, tell)
        await stream.writeSSE({ event: 'open', data: '' })
        await gone
        deaf()
      }),
  }
  // Its keys are the addresses: it lists every one, and nothing else.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  for (const address of Object.keys(answers) as readonly Address[]) serve(address, answers[address])

  app.post('/api/runs/:run/notes', bodyLimit({ maxSize: MOST_NOTE, onError: tooLong }), async (c) => {
    const run = c.req.param('run')
    store.paths(run)
    writeNote(notesFile(source, run), objectIn(await c.req.text()), new Date().toISOString())
    return c.json(store.notes(run))
  })
  app.all('/api/*', () => {
    throw new AssayError('server/unknown-route', 'There is nothing at this address.')
  })
  app.get('*', (c) => asset(page, new URL(c.req.url).pathname))
  return { app, close: () => watch.close() }
}

function tooLong(): never {
  throw new AssayError('server/bad-note', 'This is too long for a note. Cut it to 2,000 characters.')
}

/** What is answered at every address. */
type Answers = {
  readonly [A in Address]: (given: Given<A>, c: Context) => Answer<A> | Promise<Answer<A>>
}

function tableQuery({ from, count, sort, ...rest }: Partial<Readonly<Record<string, string>>>): TableQuery {
  return {
    from: whole(from),
    count: Math.min(whole(count, 100), MOST_ROWS),
    ...(sort !== undefined && { sort }),
    where: whereOf(rest),
  }
}

/** @throws AssayError `server/not-a-number` for anything but digits */
function whole(text: string | undefined, otherwise = 0): number {
  if (text === undefined) return otherwise
  if (/^\d{1,12}$/.test(text)) return Number(text)
  throw new AssayError('server/not-a-number', `"${text.slice(0, 40)}" is not a whole number.`)
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
