import type {
  BriefPage,
  BriefRow,
  Compared,
  EventList,
  Note,
  OutcomePage,
  RunList,
  RunPage,
  RunPairs,
  SearchResult,
  StudyLine,
  TrialOverview,
  WorldState,
} from './api.ts'
import type { CompactionSaid } from '../project/index.ts'
import type { CasePage } from './case-page.ts'
import type { TrialSaid } from './trial-said.ts'
import type { StudyPage } from './study-page.ts'

/**
 * Every address of the API: what it answers, and the names of its query. The server must serve all of them so, and the page
 * can ask for nothing else, or `tsc` fails. (Hono's own client would take the answers' types from the routes, but makes
 * `undefined` a value of every field that may be missing.)
 */
export interface Routes {
  '/api/runs': Route<RunList>
  /** Agents under test in the folder, in the order of first appearance. */
  '/api/agents': Route<readonly string[]>
  '/api/runs/:run': Route<RunPage>
  /** Any column may be filtered by: `where.<column>`. */
  '/api/runs/:run/outcomes': Route<OutcomePage, string>
  '/api/runs/:run/outcomes.csv': Route<Response, string>
  '/api/runs/:run/pairs': Route<RunPairs, 'measure' | 'factor' | 'from' | 'to'>
  '/api/runs/:run/figures/series/:number': Route<Response, 'stamp'>
  '/api/runs/:run/figures/quantity': Route<Response, 'quantity' | 'stamp'>
  '/api/runs/:run/cases': Route<CasePage>
  /** A note is written by POST of a `NoteAsk` to the same address, which answers the same. */
  '/api/runs/:run/notes': Route<readonly Note[]>
  '/api/runs/:run/trials/:trial/said': Route<TrialSaid>
  '/api/runs/:run/trials/:trial': Route<TrialOverview>
  '/api/runs/:run/trials/:trial/events': Route<EventList, 'from' | 'to'>
  '/api/runs/:run/trials/:trial/events/:seq/text': Route<Response>
  '/api/runs/:run/trials/:trial/world': Route<WorldState, 'at'>
  '/api/runs/:run/trials/:trial/compactions/:seq': Route<CompactionSaid>
  '/api/runs/:run/trials/:trial/search': Route<SearchResult, 'text'>
  '/api/compare': Route<Compared, 'first' | 'second'>
  '/api/studies': Route<readonly StudyLine[]>
  '/api/studies/:study': Route<StudyPage>
  '/api/briefs': Route<readonly BriefRow[]>
  '/api/briefs/:brief': Route<BriefPage>
  '/api/briefs/:brief/claims/:claim/figure': Route<Response, 'stamp'>
  /** A stream of `LiveMessage`. */
  '/api/live': Route<Response, 'run' | 'trial'>
}

/** Sent as JSON, unless it is a response of its own. */
interface Route<Answer, Query extends string = never> {
  readonly answer: Answer
  readonly query: Query
}

export type Address = keyof Routes

export type Answer<A extends Address> = Routes[A]['answer']

/** Addresses that answer JSON. */
export type JsonAddress = { [A in Address]: Answer<A> extends Response ? never : A }[Address]

/** What an address is asked with: the names in its path, all of them, and those of its query. */
export type Given<A extends Address> = Readonly<Record<NamesIn<A>, string>> &
  Readonly<Partial<Record<Routes[A]['query'], string>>>

type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never
