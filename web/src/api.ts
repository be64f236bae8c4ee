import type { EventList, ExportNote, LiveMessage, NoteAsk, SearchResult, WorldState } from '../../src/server/api.ts'
import type { Address, Answer, Given, JsonAddress } from '../../src/server/routes.ts'
import { selectPage, whereOf, type Table } from '../../src/server/select-rows.ts'
import { BLOCK, scriptOf } from '../../src/server/export-name.ts'
import { excerptOf, MOST_HITS, textsOf } from '../../src/server/event-text.ts'
import { nameOf, urlOf } from '../../src/server/url-of.ts'

declare global {
  interface Window {
    /** Set by an exported page: when it was written, and what it leaves out. */
    assayExport?: ExportNote
    /** Takes an answer in, as JSON in a text: a text cannot become a script or a prototype. */
    assayData?: (address: string, json: string, refused?: true) => void
  }
}

/** An exported page reads files beside it, and nothing changes. */
export const isExport: boolean = window.assayExport !== undefined

/**
 * Asks for a part of the API. What is asked and what comes back is typed by the server's own table of routes.
 *
 * @throws Error with the server's sentence
 */
export async function get<A extends JsonAddress>(
  address: A,
  given: Given<A>,
  signal?: AbortSignal,
): Promise<Answer<A>> {
  if (isExport) return exported(address, given)
  const response = await fetch(urlOf(address, given), signal === undefined ? {} : { signal })
  const body: unknown = await response.json()
  if (response.ok) return typed<Answer<A>>(body)
  throw new Error(messageOf(body))
}

/** Writes a note about a run. @returns what is wrong with it, if anything */
export async function sendNote(run: string, ask: NoteAsk): Promise<string | undefined> {
  try {
    const response = await fetch(urlOf('/api/runs/:run/notes', { run }), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ask),
    })
    return response.ok ? undefined : messageOf(await response.json())
  } catch {
    return 'The viewer does not answer. Start it again with: npx assay view'
  }
}

/** A figure's SVG. */
export async function textAt<A extends Address>(address: A, given: Given<A>): Promise<string> {
  return isExport ? loaded<string>(nameOf(address, given)) : (await fetch(urlOf(address, given))).text()
}

/** The server and this page are built from one source, so that an address has the type which its route gives. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- see above
function typed<T>(body: unknown): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return body as T
}

function messageOf(body: unknown): string {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined
  return typeof message === 'string' ? message : 'The server did not say what is wrong.'
}

/**
 * Hears of changes until the function that comes back is called. A page that nobody sees hangs up, since a browser grants
 * one server only a few connections, and is told that something may have changed when it is seen again.
 */
export function live(subject: Given<'/api/live'>, hear: (message: LiveMessage | undefined) => void): () => void {
  if (isExport) return () => undefined
  let source: EventSource | undefined
  let wasHidden = false
  const follow = (): void => {
    if (document.hidden) {
      source?.close()
      source = undefined
      wasHidden = true
    } else if (source === undefined) {
      source = new EventSource(urlOf('/api/live', subject))
      source.addEventListener('message', (event: MessageEvent<string>) =>
        hear(typed<LiveMessage>(JSON.parse(event.data))),
      )
      if (wasHidden) hear(undefined)
    }
  }
  follow()
  document.addEventListener('visibilitychange', follow)
  return () => {
    document.removeEventListener('visibilitychange', follow)
    source?.close()
  }
}

const read = new Map<string, unknown>()
/** Questions that the viewer answered with what is wrong with them. */
const refusals = new Map<string, unknown>()
const waiting = new Map<string, Promise<void>>()
window.assayData = (address, json, refused) => void (refused === true ? refusals : read).set(address, JSON.parse(json))

/**
 * Loads the file that holds an answer. Three addresses have no file for each question: what they answer is taken here, by
 * the server's own code, from a table or from the events that were exported.
 */
async function exported<A extends JsonAddress>(address: A, given: Given<A>): Promise<Answer<A>> {
  const worked = workedOut[address]
  return worked === undefined ? loaded(nameOf(address, given)) : worked(given)
}

const workedOut: { readonly [A in JsonAddress]?: (given: Given<A>) => Promise<Answer<A>> } = {
  '/api/runs/:run/outcomes': async ({ run, from = '0', count = '100', sort, ...query }) =>
    selectPage(await loaded<Table>(nameOf('/api/runs/:run/outcomes', { run })), {
      from: Number(from),
      count: Number(count),
      ...(sort !== undefined && { sort }),
      where: whereOf(query),
    }),
  '/api/runs/:run/trials/:trial/search': ({ run, trial, text = '' }) => searched({ run, trial }, text),
  '/api/runs/:run/trials/:trial/world': ({ run, trial, at }) => worldAt({ run, trial }, Number(at)),
}

/** A trial of a run. */
export type TrialName = Given<'/api/runs/:run/trials/:trial'>

/** Events of a block, as an exported copy is cut; none where the block was left out. */
async function block(trial: TrialName, number: number): Promise<EventList> {
  const range = { from: String(number * BLOCK), to: String((number + 1) * BLOCK) }
  try {
    return await loaded(nameOf('/api/runs/:run/trials/:trial/events', { ...trial, ...range }))
  } catch {
    return { events: [], total: 0 }
  }
}

async function worldAt(trial: TrialName, seq: number): Promise<WorldState> {
  for (let number = Math.floor(seq / BLOCK); number >= 0; number--) {
    const found = (await block(trial, number)).events.findLast((event) => event.type === 'world' && event.seq <= seq)
    if (found?.type === 'world') return { seq: found.seq, view: found.view }
  }
  return {}
}

/** Looks through the events that were exported. */
async function searched(trial: TrialName, text: string): Promise<SearchResult> {
  const { total } = await exported('/api/runs/:run/trials/:trial', trial)
  const hits: { seq: number; excerpt: string }[] = []
  let count = 0
  for (let number = 0; number * BLOCK < total; number++) {
    const { events } = await block(trial, number)
    count += events.length
    for (const event of events) {
      const excerpt = excerptOf(textsOf(event), text.toLowerCase())
      if (excerpt !== undefined && hits.length < MOST_HITS) hits.push({ seq: event.seq, excerpt })
    }
  }
  return { hits, searched: count, total }
}

/** An answer by its file's name. */
async function loaded<T>(address: string): Promise<T> {
  const known = read.get(address)
  if (known !== undefined) return typed<T>(known)
  const loading = waiting.get(address) ?? script(scriptOf(address))
  waiting.set(address, loading)
  await loading
  if (refusals.has(address)) throw new Error(messageOf(refusals.get(address)))
  const found = read.get(address)
  if (found === undefined)
    throw new Error('This is not in the exported copy. Open the live viewer with: npx assay view')
  return typed<T>(found)
}

function script(src: string): Promise<void> {
  return new Promise((resolve) => {
    const element = document.createElement('script')
    element.src = src
    element.addEventListener('load', () => resolve())
    element.addEventListener('error', () => resolve())
    document.head.append(element)
  })
}
