import { AssayError, reasonOf } from '../assay-error.ts'
import { runLine, runNames, type OneRun } from '../project/index.ts'
import {
  isObject,
  readOutcomes,
  readRun,
  runHolder,
  runPaths,
  type Outcome,
  type RunPaths,
  type RunRecord,
} from '../record/index.ts'
import type { Note, RunList, RunRow } from './api.ts'
import { ControlsReader } from './controls-reader.ts'
import { notesFile, readNotes } from './notes.ts'
import { runFolder, type Source } from './source.ts'
import { stampOf } from './stamp.ts'

interface Kept<T> {
  readonly stamp: string
  readonly value: T
  /** When it was read, and how long that took; milliseconds. */
  readonly at: number
  readonly took: number
}

/** Of one core's time, what reading a run that still grows may take: between two readings lies twenty times as long as one took. */
const REST = 20
/** And never less than this, milliseconds. */
const LEAST_REST = 400

/**
 * What was read of the runs, kept until their files change: fifty viewers cost as much as one. A run that is being
 * carried out changes all the time: it is read anew only so often that the run does not feel it.
 */
export class RunStore {
  readonly #source: Source
  readonly #now: () => number
  readonly #records = new Map<string, Kept<RunRecord>>()
  readonly #outcomes = new Map<string, Kept<readonly Outcome[]>>()
  readonly #notes = new Map<string, Kept<readonly Note[]>>()
  readonly #rows = new Map<
    string,
    { readonly key: string; readonly of: readonly Outcome[]; readonly notes: readonly Note[]; readonly row: RunRow }
  >()
  readonly #readings = new Map<string, Kept<Promise<OneRun>>>()
  readonly #controls: ControlsReader

  /** @param now milliseconds of a clock that only moves on */
  constructor(source: Source, now: () => number = () => performance.now()) {
    this.#source = source
    this.#now = now
    this.#controls = new ControlsReader((name) => this.reading(name))
  }

  /** Every run that can be read, newest first, and which cannot. */
  list(): RunList {
    const runs: RunRow[] = []
    const unreadable: { run: string; why: string }[] = []
    for (const name of runNames(this.#source.runs, 'left out')) {
      try {
        runs.push(this.row(name))
      } catch (cause) {
        // Deleted while we looked.
        if (cause instanceof AssayError && cause.code === 'server/unknown-run') continue
        if (!(cause instanceof AssayError)) throw cause
        unreadable.push({ run: name, why: reasonOf(cause) })
      }
    }
    return { runs, unreadable }
  }

  /** Agents under test in this folder, in the order in which they first appeared: each keeps its place. */
  agents(): readonly string[] {
    return [...new Set(this.#recorded().flatMap(({ record }) => agentsOf(record)))]
  }

  /** The rows of the run before it: of the same study, with one of its agents, the newest that began earlier. */
  before(name: string): { readonly run: string; readonly rows: readonly Outcome[] } | undefined {
    const own = this.record(name)
    const agents = new Set(agentsOf(own))
    const found = this.#recorded().findLast(
      ({ record }) =>
        record.study === own.study &&
        record.createdAt < own.createdAt &&
        agentsOf(record).some((each) => agents.has(each)),
    )
    return found === undefined ? undefined : { run: found.name, rows: this.outcomes(found.name) }
  }

  /** What every run was to be, oldest first; nothing else of them is read. */
  #recorded(): readonly { readonly name: string; readonly record: RunRecord }[] {
    return runNames(this.#source.runs, 'left out')
      .flatMap((name) => {
        try {
          return { name, record: this.record(name) }
        } catch (cause) {
          // The list says which runs cannot be read.
          if (cause instanceof AssayError) return []
          throw cause
        }
      })
      .toSorted((a, b) => (a.record.createdAt < b.record.createdAt ? -1 : 1))
  }

  /** @throws AssayError `server/unknown-run`, `record/damaged`, `record/newer-format` */
  row(name: string): RunRow {
    const paths = this.paths(name)
    const isHeld = runHolder(paths.folder) !== undefined
    const { how: controls, glance } = this.#controls.of(name, paths, isHeld)
    const record = this.record(name)
    const outcomes = this.outcomes(name)
    const notes = this.notes(name)
    const key = `${isHeld} ${controls} ${record.createdAt} ${glance === undefined ? '' : JSON.stringify(glance.checks)}`
    const known = this.#rows.get(name)
    if (known?.key === key && known.of === outcomes && known.notes === notes) return known.row
    const line = runLine(name, record, outcomes)
    const status = isHeld ? 'running' : line.done >= line.planned ? 'finished' : 'stopped'
    const row: RunRow = {
      ...line,
      status,
      controls,
      agents: agentsOf(record),
      labels: labelsOf(notes),
      notes: notes.length,
      ...(glance !== undefined && { glance }),
    }
    this.#rows.set(name, { key, of: outcomes, notes, row })
    return row
  }

  /** @throws AssayError `server/unknown-run` */
  paths(name: string): RunPaths {
    return runPaths(runFolder(this.#source, name))
  }

  record(name: string): RunRecord {
    const paths = this.paths(name)
    return this.#kept(this.#records, name, stampOf(paths.record), false, () => readRun(paths.folder).record)
  }

  /** @throws AssayError `server/unknown-run` */
  notes(name: string): readonly Note[] {
    this.paths(name)
    const file = notesFile(this.#source, name)
    return this.#kept(this.#notes, name, stampOf(file), false, () => readNotes(file))
  }

  outcomes(name: string): readonly Outcome[] {
    const paths = this.paths(name)
    return this.#kept(this.#outcomes, name, stampOf(paths.outcomes), isBusy(paths), () => readOutcomes(paths))
  }

  /** The run with its study and findings; read anew when a trial has ended since, now and then while it goes on. */
  async reading(name: string): Promise<OneRun> {
    const paths = this.paths(name)
    const stamp = readingStamp(paths)
    const read = (): Promise<OneRun> => this.#source.readRun(paths.folder)
    const known = this.#readings.get(name)
    const value = await this.#kept(this.#readings, name, stamp, isBusy(paths), read).catch((cause: unknown) => {
      // What is wrong may be mended without a write here, such as in the study's own file.
      this.#readings.delete(name)
      throw cause
    })
    const kept = this.#readings.get(name)
    if (kept !== undefined && kept !== known) {
      // Reading is done by whoever is asked first, behind the first await: only now is it known how long it took.
      this.#readings.set(name, { ...kept, took: this.#now() - kept.at })
      this.#controls.read(name, paths, value)
    }
    return value
  }

  /** Whether trials have ended since the findings that are given out were made. */
  isBehind(name: string): boolean {
    return this.#readings.get(name)?.stamp !== readingStamp(this.paths(name))
  }

  #kept<T>(memory: Map<string, Kept<T>>, name: string, stamp: string, isBusy: boolean, read: () => T): T {
    const known = memory.get(name)
    const at = this.#now()
    const rests = known !== undefined && isBusy && at - known.at < Math.max(LEAST_REST, known.took * (REST + 1))
    const isGood = known !== undefined && (known.stamp === stamp || rests)
    const kept = isGood ? known : fresh(stamp, at, read, this.#now)
    memory.delete(name)
    memory.set(name, kept)
    const [oldest] = memory.keys()
    if (memory.size > MOST_KEPT && oldest !== undefined) memory.delete(oldest)
    return kept.value
  }
}

function fresh<T>(stamp: string, at: number, read: () => T, now: () => number): Kept<T> {
  const value = read()
  return { stamp, value, at, took: now() - at }
}

/** Runs whose rows and findings are kept at once; the one used longest ago goes first. */
const MOST_KEPT = 64

/** Agents under test, as they were asked for. */
function agentsOf({ request }: RunRecord): readonly string[] {
  const models = isObject(request) ? request['models'] : undefined
  return Array.isArray(models) ? models.filter((name) => typeof name === 'string') : []
}

/** Labels of the run itself, each once. */
function labelsOf(notes: readonly Note[]): readonly string[] {
  return [...new Set(notes.flatMap(({ on, kind, text }) => (on.type === 'run' && kind === 'label' ? [text] : [])))]
}

function isBusy(paths: RunPaths): boolean {
  return runHolder(paths.folder) !== undefined
}

function readingStamp(paths: RunPaths): string {
  return `${stampOf(paths.record)} ${stampOf(paths.outcomes)}`
}
