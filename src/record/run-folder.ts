import fs from 'node:fs'
import path from 'node:path'
import { AssayError, codeOf } from '../assay-error.ts'
import { renamed, renamedAgent, renamedValues, wholeCell, withLaterFactors } from './aliases.ts'
import { AppendFile, writeError, writeWhole } from './append-file.ts'
import type { JournalOptions } from './journal.ts'
import { isObject, parseJson } from './json.ts'
import { outcome, type Outcome } from './outcome.ts'
import type { Redact } from './redact.ts'
import { readText } from './read-file.ts'
import { readRows } from './row-file.ts'
import { runEvent, type RunEvent } from './run-event.ts'
import { lockRun, type RunLock } from './run-lock.ts'
import { runRecord, RUN_FORMAT, type RunRecord } from './run-record.ts'

/** Where the parts of a run lie. */
export interface RunPaths {
  readonly folder: string
  readonly record: string
  readonly log: string
  readonly outcomes: string
  readonly findings: string
  readonly trial: (id: string) => string
}

export function runPaths(folder: string): RunPaths {
  return {
    folder,
    record: path.join(folder, 'run.json'),
    log: path.join(folder, 'run.jsonl'),
    outcomes: path.join(folder, 'outcomes.jsonl'),
    findings: path.join(folder, 'findings.json'),
    trial: (id) => path.join(folder, 'trials', `${id}.jsonl`),
  }
}

/** A finished or unfinished run, as far as it can be read without taking it. */
export interface RunSummary {
  readonly paths: RunPaths
  readonly record: RunRecord
}

/**
 * Makes a run folder with its `run.json`.
 *
 * @throws AssayError `record/run-exists`, `record/run-in-use`, `record/unwritable`, `record/disk-full`
 */
export function createRun(folder: string, record: RunRecord, redact: Redact): void {
  const paths = runPaths(folder)
  try {
    makeFolder(path.join(folder, 'trials'))
    // Two processes may be asked for the same run at the same moment: the first one's run.json stands.
    const lock = lockRun(folder)
    try {
      if (fs.existsSync(paths.record)) {
        throw new AssayError(
          'record/run-exists',
          `There is a run in ${folder} already. Go on with: assay resume ${record.run}, or choose another --name.`,
        )
      }
      removeParts(folder)
      writeWhole(paths.record, `${redact(JSON.stringify(record, null, 2))}\n`)
    } finally {
      lock.release()
    }
  } catch (cause) {
    const error = writeError(folder, cause)
    if (error.code !== 'record/disk-full') throw error
    const why = `No space left to write ${paths.record}. Free some, then start the run again.`
    throw new AssayError(error.code, why, { cause, exit: 3 })
  }
}

/** Takes away what a process that was killed here before had written of `run.json`. */
function removeParts(folder: string): void {
  for (const file of fs.readdirSync(folder))
    if (/^run\.json\.\d+\.tmp$/.test(file)) fs.rmSync(path.join(folder, file), { force: true })
}

/** One folder after the other: Node's recursive `mkdir` says ENOENT where the truth is a read-only disk. */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return
  makeFolder(path.dirname(folder))
  try {
    fs.mkdirSync(folder)
  } catch (cause) {
    // Somebody else may have made it meanwhile.
    if (codeOf(cause) !== 'EEXIST') throw cause
  }
}

/** @throws AssayError `record/no-run`, `record/newer-format`, `record/damaged` */
export function readRun(folder: string): RunSummary {
  const paths = runPaths(folder)
  let data: unknown
  try {
    data = parseJson(readText(paths.record))
  } catch (cause) {
    if (cause instanceof SyntaxError)
      throw new AssayError('record/damaged', `${paths.record} is not JSON. Restore it, or move the folder away.`, {
        cause,
      })
    if (cause instanceof AssayError) throw cause
    throw new AssayError('record/no-run', `There is no run in ${folder} (no run.json). List runs with: assay runs`, {
      cause,
    })
  }
  const format = isObject(data) ? data['format'] : undefined
  if (typeof format === 'number' && format > RUN_FORMAT) {
    throw new AssayError(
      'record/newer-format',
      `${folder} was written by a newer Assay (format ${format}, this one reads ${RUN_FORMAT}). Update Assay to read it.`,
    )
  }
  const parsed = runRecord.safeParse(data)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new AssayError(
      'record/damaged',
      `${paths.record}: ${issue?.path.join('.')}: ${issue?.message}. Restore it, or move the folder away.`,
    )
  }
  return { paths, record: named(parsed.data) }
}

/** The names of an older version as they are now. A study of the user's own has its own names. */
function named(record: RunRecord): RunRecord {
  const { study, studyFile, design, request, replication } = record
  if (studyFile !== undefined) return record
  return {
    ...record,
    ...withLaterFactors(study, renamed(study, request), renamed(study, design)),
    ...(replication !== undefined && {
      replication: { ...replication, findings: replication.findings.map((each) => renamed(study, each)) },
    }),
  }
}

function outcomeRows(paths: RunPaths, { study, studyFile }: RunRecord): ReturnType<typeof readRows<Outcome>> {
  const read = readRows(paths.outcomes, outcome)
  if (studyFile !== undefined) return read
  return { ...read, rows: read.rows.map((row) => renamedRow(study, row)) }
}

function renamedRow(study: string, row: Outcome): Outcome {
  const { agent, cell, values, control } = row
  return {
    ...row,
    agent: control ? renamedAgent(study, agent) : agent,
    cell: wholeCell(study, cell),
    values: renamedValues(study, values),
  }
}

/** Rows of the run's files, torn tails left out. */
export function readOutcomes(paths: RunPaths): readonly Outcome[] {
  return standing(outcomeRows(paths, readRun(paths.folder).record).rows, readRunLog(paths))
}

/** One row a trial: the latest, and none where the trial was begun anew since. */
function standing(rows: readonly Outcome[], log: readonly RunEvent[]): readonly Outcome[] {
  const again = new Map(log.flatMap((event) => (event.type === 'again' ? [[event.trial, event.at] as const] : [])))
  const latest = new Map(rows.map((row) => [row.trial, row]))
  return [...latest.values()].filter((row) => row.times.startedAt >= (again.get(row.trial) ?? 0))
}

export function readRunLog(paths: RunPaths): readonly RunEvent[] {
  return readRows(paths.log, runEvent).rows
}

/** A run folder taken for writing by this process. */
export class OpenRun {
  readonly paths: RunPaths
  readonly record: RunRecord
  /** Outcomes that were there when the run was opened. */
  readonly outcomes: readonly Outcome[]
  readonly log: readonly RunEvent[]
  readonly #lock: RunLock
  readonly #outcomes: AppendFile
  readonly #log: AppendFile
  readonly #redact: Redact

  /** @throws AssayError `record/run-in-use` and whatever {@link readRun} throws */
  constructor(folder: string, options: JournalOptions) {
    const { paths, record } = readRun(folder)
    this.paths = paths
    this.record = record
    this.#redact = options.redact
    this.#lock = lockRun(folder)
    try {
      const outcomes = outcomeRows(paths, record)
      const log = readRows(paths.log, runEvent)
      this.outcomes = standing(outcomes.rows, log.rows)
      this.log = log.rows
      this.#outcomes = new AppendFile(paths.outcomes, { ...options, keep: outcomes.end })
      this.#log = new AppendFile(paths.log, { ...options, keep: log.end })
    } catch (cause) {
      this.#lock.release()
      throw cause
    }
  }

  addOutcome(row: Outcome): void {
    this.#outcomes.append(this.#redact(JSON.stringify(row)))
  }

  /**
   * Puts the journal of an invalid trial aside, so that the trial can be run anew; its row counts no more. The journal
   * goes first: a process that dies in between leaves an invalid row, which can be taken back again.
   */
  beginAgain(row: Outcome, at: number): void {
    const aside = path.join(this.paths.folder, 'invalid')
    const journal = this.paths.trial(row.trial)
    try {
      fs.mkdirSync(aside, { recursive: true })
      if (fs.existsSync(journal)) fs.renameSync(journal, path.join(aside, `${row.trial}-${at}.jsonl`))
    } catch (cause) {
      throw writeError(journal, cause)
    }
    this.addEvent({ type: 'again', at, trial: row.trial, why: row.stop })
  }

  addEvent(row: RunEvent): void {
    this.#log.append(this.#redact(JSON.stringify(row)))
  }

  async close(): Promise<void> {
    try {
      const closed = await Promise.allSettled([this.#outcomes.close(), this.#log.close()])
      for (const file of closed) if (file.status === 'rejected') throw file.reason
    } finally {
      this.#lock.release()
    }
  }
}
