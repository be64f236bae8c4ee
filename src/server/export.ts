import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { readEvents, writeError } from '../record/index.ts'
import type { ExportNote, RunPage, RunRow } from './api.ts'
import { viewer } from './app.ts'
import { BLOCK, scriptOf } from './export-name.ts'
import { ExportFolder } from './export-folder.ts'
import { exportTrials } from './export-trials.ts'
import { outcomeTable } from './outcome-table.ts'
import type { Address, Answer, Given } from './routes.ts'
import { RunStore } from './run-store.ts'
import { trialJournal, type Source } from './source.ts'
import { nameOf } from './url-of.ts'

export interface ExportOptions {
  readonly source: Source
  /** The folder with the built page. */
  readonly page: string
  /** Where the copy goes: a folder that is not there yet, is empty, or holds an earlier copy. */
  readonly folder: string
  /** ISO 8601. */
  readonly at: string
  /** Names of the runs; all where there are none. */
  readonly runs: readonly string[]
  /** Transcripts of a run at most. Default 200. */
  readonly trials?: number
  /** Events of a transcript at most; the first three quarters of them and the last quarter. Default 2,000. */
  readonly events?: number
  readonly onProgress?: (said: string) => void
}

export interface Exported {
  readonly folder: string
  readonly runs: number
  readonly transcripts: number
  readonly files: number
  readonly bytes: number
  readonly leftOut: readonly string[]
}

const TRIALS = 200
const EVENTS = 2000
/** Comparisons that are worked out beforehand: of cells of a run, and of runs with one another. */
const MOST_COMPARED = 200

/**
 * Writes a copy of the viewer that opens from a disk. It asks the viewer's own routes and keeps their answers, so that a
 * copy shows what the live page shows. It is in its place only once it is whole.
 *
 * @throws AssayError `server/export-there` where something else stands in the place, `server/unknown-run`,
 * `record/disk-full`, `record/unwritable`
 */
export async function exportViewer(options: ExportOptions): Promise<Exported> {
  const into = new ExportFolder(options.folder)
  try {
    const exported = await new Export(options, into).write()
    into.finish()
    return { ...exported, folder: options.folder }
  } catch (cause) {
    into.abandon()
    if (cause instanceof AssayError) throw cause
    throw writeError(options.folder, cause)
  }
}

class Export {
  readonly #options: ExportOptions
  readonly #into: ExportFolder
  readonly #store: RunStore
  readonly #ask: (address: string) => Promise<Response>
  readonly #leftOut: string[] = []
  #transcripts = 0

  constructor(options: ExportOptions, into: ExportFolder) {
    this.#options = options
    this.#into = into
    this.#store = new RunStore(options.source)
    const { app } = viewer({ source: options.source, page: options.page, port: () => 1 })
    this.#ask = async (address) =>
      app.request(`http://127.0.0.1:1/api/${address}`, { headers: { host: '127.0.0.1:1' } })
  }

  async write(): Promise<Omit<Exported, 'folder'>> {
    const { page, runs: wanted, at } = this.#options
    const list = this.#store.list()
    for (const name of wanted) if (!list.runs.some(({ run }) => run === name)) this.#store.row(name)
    const rows: RunRow[] = []
    for (const row of list.runs.filter(({ run }) => wanted.length === 0 || wanted.includes(run))) {
      this.#options.onProgress?.(row.run)
      if (await this.#run(row)) rows.push(this.#store.row(row.run))
    }
    this.#put('/api/runs', {}, { runs: rows, unreadable: wanted.length === 0 ? list.unreadable : [] })
    this.#put('/api/agents', {}, this.#store.agents())
    await this.#comparisons(rows)
    await this.#studies()
    await this.#briefs(new Set(rows.map(({ run }) => run)))

    fs.cpSync(path.join(page, 'assets'), path.join(this.#into.folder, 'assets'), { recursive: true })
    const note: ExportNote = { at: `${at.slice(0, 16).replace('T', ' ')} UTC`, leftOut: this.#leftOut }
    this.#into.write('data/export.js', `window.assayExport = JSON.parse(${literal(note)})\n`)
    this.#into.write('index.html', indexOf(fs.readFileSync(path.join(page, 'index.html'), 'utf8')))
    const { files, bytes } = this.#into
    return { runs: rows.length, transcripts: this.#transcripts, files, bytes, leftOut: this.#leftOut }
  }

  /** @returns whether the run could be read */
  async #run({ run }: RunRow): Promise<boolean> {
    const page = await this.#copy('/api/runs/:run', { run })
    if (page === undefined) return false
    // So that the list has its result.
    await this.#store.reading(run)
    const table = outcomeTable(this.#store.outcomes(run))
    this.#put('/api/runs/:run/outcomes', { run }, table)
    for (const index of page.series.keys())
      await this.#copy('/api/runs/:run/figures/series/:number', { run, number: String(index) })
    const drawn = page.findings.filter(({ finding }) => finding.estimate.type === 'estimate')
    for (const quantity of new Set(drawn.map(({ finding }) => finding.quantity)))
      await this.#copy('/api/runs/:run/figures/quantity', { run, quantity })
    await this.#copy('/api/runs/:run/cases', { run })
    await this.#copy('/api/runs/:run/notes', { run })
    await this.#pairs(run, page)
    await this.#transcriptsOf(run)
    return true
  }

  async #pairs(run: string, { row, measures, pairable }: RunPage): Promise<void> {
    const wanted = pairable.flatMap(({ name: factor, levels }) =>
      levels.flatMap((from) =>
        levels.flatMap((to) => (from === to ? [] : measures.map((measure) => ({ measure, factor, from, to })))),
      ),
    )
    for (const query of wanted.slice(0, MOST_COMPARED)) await this.#copy('/api/runs/:run/pairs', { run, ...query })
    if (wanted.length > MOST_COMPARED)
      this.#leftOut.push(`${row.run}: ${wanted.length - MOST_COMPARED} of ${wanted.length} comparisons of cells`)
  }

  async #transcriptsOf(run: string): Promise<void> {
    const { trials: most = TRIALS } = this.#options
    const outcomes = this.#store.outcomes(run)
    const { folder } = this.#store.paths(run)
    const there = outcomes.filter(({ trial }) => isThere(folder, trial))
    const chosen = exportTrials(there, most)
    let shortened = 0
    for (const { trial } of chosen) if (await this.#transcript(run, trial)) shortened++
    this.#transcripts += chosen.length
    const { events: limit = EVENTS } = this.#options
    if (chosen.length < outcomes.length)
      this.#leftOut.push(`${run}: transcripts of ${outcomes.length - chosen.length} of ${outcomes.length} trials`)
    if (shortened > 0) this.#leftOut.push(`${run}: the middle of ${shortened} transcripts of more than ${limit} events`)
  }

  /** @returns whether its middle was left out */
  async #transcript(run: string, trial: string): Promise<boolean> {
    const { events: limit = EVENTS } = this.#options
    const overview = await this.#copy('/api/runs/:run/trials/:trial', { run, trial })
    await this.#copy('/api/runs/:run/trials/:trial/said', { run, trial })
    if (overview === undefined) return false
    const { total } = overview
    const blocks = Math.ceil(total / BLOCK)
    const most = Math.max(2, Math.floor(limit / BLOCK))
    const last = Math.max(1, Math.floor(most / 4))
    for (let block = 0; block < blocks; block++) {
      if (blocks > most && block >= most - last && block < blocks - last) continue
      const range = { from: String(block * BLOCK), to: String((block + 1) * BLOCK) }
      const got = await this.#copy('/api/runs/:run/trials/:trial/events', { run, trial, ...range })
      for (const event of got?.events ?? [])
        if (event.type === 'compaction')
          await this.#copy('/api/runs/:run/trials/:trial/compactions/:seq', { run, trial, seq: String(event.seq) })
    }
    return blocks > most
  }

  async #comparisons(rows: readonly RunRow[]): Promise<void> {
    const wanted = rows.flatMap(({ run: first, study }) =>
      rows.flatMap((other) => (other.study !== study || other.run === first ? [] : [{ first, second: other.run }])),
    )
    for (const query of wanted.slice(0, MOST_COMPARED)) await this.#copy('/api/compare', query)
    if (wanted.length > MOST_COMPARED)
      this.#leftOut.push(`${wanted.length - MOST_COMPARED} of ${wanted.length} comparisons of runs`)
  }

  async #studies(): Promise<void> {
    const studies = (await this.#copy('/api/studies', {})) ?? []
    for (const { name: study } of studies) await this.#copy('/api/studies/:study', { study })
  }

  async #briefs(runs: ReadonlySet<string>): Promise<void> {
    const briefs = (await this.#copy('/api/briefs', {})) ?? []
    for (const { brief, why } of briefs) {
      if (why !== undefined) continue
      const page = await this.#copy('/api/briefs/:brief', { brief })
      for (const { id, finding, run } of page?.claims ?? []) {
        if (finding !== undefined) await this.#copy('/api/briefs/:brief/claims/:claim/figure', { brief, claim: id })
        if (run !== undefined && !runs.has(run)) this.#leftOut.push(`${brief}: the run ${run} under the claim ${id}`)
      }
    }
  }

  /** Keeps what the viewer answers to an address, also where it says why it cannot; what is not there is left out, and named. */
  async #copy<A extends Address>(address: A, given: Given<A>): Promise<Answer<A> | undefined> {
    const whole = nameOf(address, given)
    const response = await this.#ask(whole)
    if (response.status !== 200) {
      const why = await response.text()
      if (response.status === 422)
        this.#into.write(scriptOf(whole), `assayData(${literal(whole)}, ${literal(why)}, true)\n`)
      else this.#leftOut.push(`${whole.slice(0, 200)}: ${why.slice(0, 300)}`)
      return undefined
    }
    const isJson = response.headers.get('content-type')?.includes('json') === true
    const text = await response.text()
    this.#into.write(
      scriptOf(whole),
      `assayData(${literal(whole)}, ${literalOf(isJson ? text : JSON.stringify(text))})\n`,
    )
    if (!isJson) return undefined
    // The answer of our own route.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    return JSON.parse(text) as Answer<A>
  }

  #put<A extends Address>(address: A, given: Given<A>, value: Answer<A> | ReturnType<typeof outcomeTable>): void {
    const name = nameOf(address, given)
    this.#into.write(scriptOf(name), `assayData(${literal(name)}, ${literal(value)})\n`)
  }
}

/** A value as JSON inside a text of a script. Text first, so that a key such as `__proto__` is a key like any other. */
function literal(value: unknown): string {
  return typeof value === 'string' ? literalOf(value) : literalOf(JSON.stringify(value))
}

/** A text as a script writes it. Nothing in it can end the text, the script or a comment. */
function literalOf(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[<>\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** From a disk there is no server to send a policy, so the page carries its own: files beside it, and nothing else. */
function indexOf(html: string): string {
  const policy = `default-src 'none'; script-src 'self' file:; style-src 'self' file: 'unsafe-inline'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'`
  return html
    .replace(
      '<meta charset="utf-8" />',
      `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    )
    .replace('<script defer', '<script src="./data/export.js"></script>\n    <script defer')
}

function isThere(folder: string, trial: string): boolean {
  try {
    return readEvents(trialJournal(folder, trial), { from: 0, to: 0 }).total > 0
  } catch (cause) {
    if (cause instanceof AssayError) return false
    throw cause
  }
}
