import type { Brief, ClaimStatus, Source, Verdict } from '../brief/index.ts'
import type { BodyOf, Event, FileChange, Outcome, RunRecord } from '../record/index.ts'
import type { RunLine } from '../project/index.ts'
import type { Comparison } from '../compare/index.ts'
import type { Finding } from '../findings/index.ts'
import type { FindingParts, RunAnswer } from '../report/index.ts'
import type { Reading, Study } from '../study/index.ts'
import type { RunGlance } from './glance.ts'
import type { FindingGroup } from './groups.ts'
import type { Ends, TrustCell } from './trust.ts'

// What the page is sent. The page imports these types and nothing else of ours.

/** One line of the list of runs. */
export interface RunRow extends RunLine {
  readonly status: 'running' | 'finished' | 'stopped'
  /** Whether the planted agents read what they are known to read; read behind the list's back where nobody has yet. */
  readonly controls: 'passed' | 'failed' | 'none' | 'not read yet' | 'not readable'
  /** Agents under test, as they were asked for. */
  readonly agents: readonly string[]
  /** Labels of the run itself, as people wrote them. */
  readonly labels: readonly string[]
  /** Notes and labels of the run, its trials and its cases. */
  readonly notes: number
  /** Its result; absent until it was read. */
  readonly glance?: RunGlance
}

/** What a note is about: the run, or a trial or a case of it by its name. */
export type NoteOn = { readonly type: 'run' } | { readonly type: 'trial' | 'case'; readonly id: string }

/** What somebody wrote about a run, a trial or a case: a sentence, or a label to find it by. */
export interface Note {
  readonly id: string
  /** ISO 8601. */
  readonly at: string
  /** Who, as they call themselves. */
  readonly by?: string
  readonly on: NoteOn
  readonly kind: 'note' | 'label'
  readonly text: string
}

/** What the page sends: a new note, or the one that is taken back. */
export type NoteAsk = Omit<Note, 'id' | 'at'> | { readonly remove: string }

export interface RunList {
  readonly runs: readonly RunRow[]
  /** Folders that should hold a run and cannot be read. */
  readonly unreadable: readonly { readonly run: string; readonly why: string }[]
}

/** A run with all that was found. */
export interface RunPage extends Pick<RunRecord, 'design' | 'designHash' | 'versions' | 'request'> {
  readonly row: RunRow
  readonly reading: Omit<Reading, 'findings'>
  /** The command that goes on where the run stopped. */
  readonly resume?: string
  readonly findings: readonly SaidFinding[]
  /** The findings by what they answer, the run's headlines first. */
  readonly groups: readonly FindingGroup[]
  /** The answer in sentences. */
  readonly answer: RunAnswer
  readonly trust: readonly TrustCell[]
  readonly ends: readonly Ends[]
  readonly controlsSentence: string
  /** Measures and, with their levels, the columns along which trials can be paired. */
  readonly measures: readonly string[]
  readonly pairable: readonly { readonly name: string; readonly levels: readonly string[] }[]
  /** Every factor with the levels that the trials have. */
  readonly factors: readonly { readonly name: string; readonly levels: readonly string[] }[]
  /** Titles of the figures over time that `figures/series/N.svg` draws. */
  readonly series: readonly string[]
  /** The only one of them is the study's own drawing of its findings. */
  readonly isDrawn: boolean
  /** Trials have ended since these findings were made: a run that goes on is read again only now and then. */
  readonly behind?: true
}

/** Differences within pairs, by what they answer. */
export type RunPairs = Pick<RunPage, 'findings' | 'groups'>

/** A finding with its sentences. */
export interface SaidFinding extends FindingParts {
  readonly finding: Finding
  /** `$12.00 to $14.20`, or why there is no interval. */
  readonly range: string
  readonly paragraph: string
  /** Before it was corrected for its check's errors; empty where nothing was corrected. */
  readonly raw: string
}

/** A column of the table of outcomes. */
export interface Column {
  readonly name: string
  readonly type: 'text' | 'number'
  readonly kind: 'trial' | 'factor' | 'measure' | 'usage'
  /** Levels, where there are few. */
  readonly levels?: readonly string[]
}

export type CellValue = string | number | null

/** A part of the table of outcomes, filtered and sorted. */
export interface OutcomePage {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly CellValue[])[]
  readonly from: number
  /** Rows that fit the filters. */
  readonly matching: number
  readonly total: number
}

/** An event as it is sent: long texts are cut, and `shortened` says how many characters stood there. */
export type SentEvent = Event & { readonly shortened?: number }

export interface EventList {
  readonly events: readonly SentEvent[]
  readonly total: number
}

/** A quantity over a trial's events, thinned to a few hundred points. */
export interface Rail {
  readonly name: string
  readonly unit: string
  readonly points: readonly (readonly [seq: number, value: number])[]
}

/** A whole trial at a glance. */
export interface TrialOverview {
  readonly trial: string
  readonly total: number
  readonly outcome?: Outcome
  readonly counts: Readonly<Record<string, number>>
  /** Tokens, dollars and seconds so far, by event. */
  readonly spent: readonly Rail[]
  /** Every number that the world shows, by event. */
  readonly world: readonly Rail[]
  /** Events worth a jump, the first thousand of them. */
  readonly marks: readonly { readonly seq: number; readonly type: string; readonly label: string }[]
  /** The events with which turns begin, the first ten thousand of them. */
  readonly turns: readonly number[]
  /** What acts did to files, in order, the first two thousand of them. */
  readonly files: readonly FileMark[]
  /** What the agent did with mail, in order, the first two thousand acts. */
  readonly mails: readonly MailMark[]
  readonly grades: readonly GradeMark[]
}

/** What one act did to one path. */
export interface FileMark extends Pick<FileChange, 'path' | 'kind' | 'bytes'> {
  readonly seq: number
  readonly did: 'made' | 'changed' | 'removed'
}

/** One act on a mailbox; `told` are its arguments as the model wrote them. */
export interface MailMark {
  readonly seq: number
  readonly act: string
  readonly ok: boolean
  readonly told: string
}

/** A grade that stands in the journal. */
export interface GradeMark extends Pick<BodyOf<'grade'>, 'grader' | 'values' | 'explanation'> {
  readonly seq: number
}

/** The world as it was at an event. */
export interface WorldState {
  readonly seq?: number
  readonly view?: Readonly<Record<string, unknown>>
}

export interface SearchResult {
  readonly hits: readonly { readonly seq: number; readonly excerpt: string }[]
  /** Events that were looked through; fewer than the journal holds when the hits ran over. */
  readonly searched: number
  readonly total: number
}

/** What the live stream says. */
export type LiveMessage =
  | { readonly type: 'runs' }
  | { readonly type: 'run'; readonly row: RunRow }
  | { readonly type: 'trial'; readonly trial: string; readonly total: number }
  /** What was watched is no longer there. */
  | { readonly type: 'gone' }

/** One line of the list of briefs. */
export interface BriefRow {
  /** Its file, seen from the folder in which the viewer was started. */
  readonly brief: string
  readonly title?: string
  readonly claims?: number
  /** Why it cannot be read. */
  readonly why?: string
}

/** A brief with what the runs say of its claims. */
export interface BriefPage extends Omit<Brief, 'stated' | 'sources' | 'claims'> {
  readonly brief: string
  readonly sources: readonly Pick<Source, 'id' | 'title' | 'url'>[]
  readonly confidence: string
  readonly counts: Readonly<Record<string, number>>
  readonly claims: readonly SaidClaim[]
}

/** A claim with its verdict, the rule that made it, and what the rule was given. */
export interface SaidClaim
  extends
    Pick<ClaimStatus, 'id' | 'text' | 'next' | 'places'>,
    Pick<Verdict, 'status' | 'rule' | 'inputs' | 'reasons'> {
  readonly quotes: readonly { readonly text: string; readonly source: string; readonly told: string }[]
  readonly run?: string
  readonly study?: string
  readonly finding?: SaidFinding
  readonly wrongIf?: string
  readonly controls?: string
  /** The trials under the finding, the first of them, and how many there are. */
  readonly trials: readonly TrialUnder[]
  readonly trialCount: number
}

/** A trial under a finding, and the event of its journal that holds what was measured. */
export interface TrialUnder {
  readonly trial: string
  readonly event: number
  readonly where: string
  readonly value?: string
}

/** One line of the list of studies. */
export type StudyLine = Pick<Study, 'name' | 'question'>

/** Two runs of a study beside each other: the second minus the first. */
export interface Compared extends Omit<Comparison, 'findings'> {
  readonly findings: readonly SaidFinding[]
  readonly groups: readonly FindingGroup[]
}

/** What an exported copy is, and what it leaves out. */
export interface ExportNote {
  readonly at: string
  readonly leftOut: readonly string[]
}

/** A failure in words. */
export interface Failure {
  readonly error: { readonly code: string; readonly message: string }
}
