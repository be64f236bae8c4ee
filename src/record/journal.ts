import fs from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { AssayError } from '../assay-error.ts'
import { renamedEvent } from './aliases.ts'
import { AppendFile, type Durability } from './append-file.ts'
import { FORMAT, type BodyOf, type Event, type EventBody, type EventType } from './event.ts'
import { allEvents, type Placed } from './journal-reader.ts'
import { isObject, jsonObject, shallow, type JsonObject } from './json.ts'
import type { Redact } from './redact.ts'

/** What a journal is given from outside. `now` is milliseconds since 1970. */
export interface JournalOptions {
  readonly durability: Durability
  readonly now: () => number
  readonly redact: Redact
  /** Measures of the study that came after the run was planned: its grades lack them. Default none. */
  readonly later?: readonly string[]
}

/**
 * The one durable step through which everything enters a trial. While the journal already holds the steps, they are
 * read back from it; the first missing one is made and written. So a trial that was cut off anywhere goes on by being
 * run again from its start. A torn last line is a step that did not happen: it is cut off before the first write.
 */
export class Journal {
  readonly path: string
  readonly #options: JournalOptions
  readonly #past: Generator<Placed, void, void> | undefined
  #file: AppendFile | undefined
  #next: Event | undefined
  #kept = 0
  #seq = 0
  #study = ''
  #startedAt: number | undefined
  #lastAt = 0
  #activeMs = 0

  constructor(path: string, options: JournalOptions) {
    this.path = path
    this.#options = options
    if (fs.existsSync(path)) this.#past = allEvents(path)
    this.#advance()
  }

  /** True while steps come from the file. */
  get replaying(): boolean {
    return this.#next !== undefined
  }

  /** What the journal holds next, while it is replayed: for steps that a process may have begun and not finished. */
  get next(): EventType | undefined {
    return this.#next?.type
  }

  /** The number the next event will have. */
  get seq(): number {
    return this.#seq
  }

  /** When the latest event was written, milliseconds since 1970; 0 before the first. */
  get lastAt(): number {
    return this.#lastAt
  }

  /** When the first event was written, milliseconds since 1970; 0 before it. */
  get startedAt(): number {
    return this.#startedAt ?? 0
  }

  /** Milliseconds from the first event to the latest, without the time in which no process was at work. */
  get wallMs(): number {
    return this.#activeMs
  }

  /**
   * A step that is the same whenever it is made: compared with the journal while replaying.
   *
   * @returns the body as recorded, secrets out
   * @throws AssayError `record/diverged` when the journal holds something else here
   */
  record<B extends EventBody>(body: B): B {
    if (this.#next === undefined) return this.#write(body)
    const past = this.#take(body.type)
    const { seq: _seq, v: _v, at: _at, resumed: _resumed, ...stored } = past
    const again = parsedAgain(this.#options.redact(JSON.stringify(shallow(body))), body)
    if (body.type === 'trial.start') this.#study = body.study
    // An older version may have called its fields and levels otherwise.
    if (!isDeepStrictEqual(stored, again)) {
      const [was, now] = [this.#renamed(stored), this.#renamed(again)]
      const then = body.type === 'grade' ? gradedThen(was, now, this.#options.later ?? []) : now
      if (!isDeepStrictEqual(was, then)) this.#diverged(past, body.type)
    }
    return again
  }

  /**
   * A step whose result comes from outside the process: made only when the journal does not hold it yet.
   *
   * @throws AssayError `record/diverged`
   */
  async step<T extends EventType>(type: T, make: () => Promise<BodyOf<T>>): Promise<BodyOf<T>> {
    if (this.#next === undefined) return this.#write(await make())
    return this.#take(type)
  }

  /** Forces the journal to the disk and lets go of it. */
  async close(): Promise<void> {
    this.#past?.return()
    await this.#file?.close()
  }

  #write<B extends EventBody>(given: B): B {
    const body = shallow(given)
    this.#file ??= new AppendFile(this.path, { ...this.#options, keep: this.#kept })
    const at = this.#options.now()
    const resumed = this.#file.appended || this.#seq === 0 ? '' : '"resumed":true,'
    const plain = JSON.stringify(body)
    const clean = this.#options.redact(plain)
    this.#file.append(`{"seq":${this.#seq},"v":${FORMAT},"at":${at},${resumed}${clean.slice(1)}`)
    this.#passed(at, resumed !== '')
    return clean === plain ? body : parsedAgain(clean, body)
  }

  #take<T extends EventType>(type: T): Event & BodyOf<T> {
    const past = this.#next
    if (past === undefined) throw new AssayError('record/diverged', `${this.path} has no event ${this.#seq}.`)
    if (!isOfType(past, type)) this.#diverged(past, type)
    this.#passed(past.at, past.resumed === true)
    this.#advance()
    return past
  }

  #renamed(body: object): JsonObject {
    return renamedEvent(this.#study, jsonObject.parse(body))
  }

  #passed(at: number, resumed: boolean): void {
    this.#seq++
    // A journal of an earlier version may hold a wall clock that was set back.
    if (this.#startedAt !== undefined && !resumed) this.#activeMs += Math.max(0, at - this.#lastAt)
    this.#startedAt ??= at
    this.#lastAt = at
  }

  #advance(): void {
    const step = this.#past?.next()
    if (step === undefined || step.done === true) {
      this.#next = undefined
      return
    }
    this.#next = step.value.event
    this.#kept = step.value.end
  }

  #diverged(past: Event, type: EventType): never {
    throw new AssayError(
      'record/diverged',
      `${this.path}: event ${past.seq} is a ${past.type} that this version does not make again (it made a ${type}). The study or Assay changed since the run started: finish it with the version named in run.json, or start a new run.`,
      { exit: 3 },
    )
  }
}

/** A grade without measures that came later, and without an explanation where none was written then. All else must agree. */
function gradedThen(was: JsonObject, now: JsonObject, later: readonly string[]): JsonObject {
  const [{ values: then }, { values, explanation, ...rest }] = [was, now]
  if (!isObject(values) || !isObject(then)) return now
  const known = Object.entries(values).filter(([name]) => then[name] !== undefined || !later.includes(name))
  const explained = was['explanation'] !== undefined && explanation !== undefined
  return { ...rest, ...(explained && { explanation }), values: Object.fromEntries(known) }
}

function isOfType<T extends EventType>(past: Event, type: T): past is Event & BodyOf<T> {
  return past.type === type
}

/** Text that we wrote ourselves a moment ago and only took secrets out of. */
function parsedAgain<B extends EventBody>(text: string, _like: B): B {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- replacing inside strings keeps a body's shape
  return JSON.parse(text) as B
}
