import { readEvents } from '../record/index.ts'
import type { LiveMessage } from './api.ts'
import type { Given } from './routes.ts'
import type { RunStore } from './run-store.ts'
import { trialJournal } from './source.ts'
import { stampOf } from './stamp.ts'

/** What one viewer wants to hear of. Without a run: the list of runs. */
export type Subject = Given<'/api/live'>

type Hear = (message: LiveMessage) => void

/** How often files are looked at, milliseconds. The run that writes them is not asked for anything. */
const EVERY = 500

/**
 * Tells viewers what changed, by the sizes of the files: one look a subject and period, however many viewers there are,
 * and none at all while nobody looks.
 */
export class Watch {
  readonly #store: RunStore
  readonly #subjects = new Map<string, { readonly subject: Subject; readonly heard: Set<Hear>; last: string }>()
  #timer: NodeJS.Timeout | undefined

  constructor(store: RunStore) {
    this.#store = store
  }

  /** @returns how to stop hearing */
  hear(subject: Subject, hear: Hear): () => void {
    const key = JSON.stringify([subject.run, subject.trial])
    const entry = this.#subjects.get(key) ?? { subject, heard: new Set<Hear>(), last: this.#stamp(subject) }
    entry.heard.add(hear)
    this.#subjects.set(key, entry)
    this.#timer ??= setInterval(() => this.#look(), EVERY).unref()
    return () => {
      entry.heard.delete(hear)
      if (entry.heard.size === 0) this.#subjects.delete(key)
      if (this.#subjects.size === 0) this.close()
    }
  }

  close(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #look(): void {
    for (const entry of this.#subjects.values()) {
      const stamp = this.#stamp(entry.subject)
      if (stamp === entry.last) continue
      entry.last = stamp
      const message = this.#message(entry.subject, stamp)
      if (message !== undefined) for (const hear of entry.heard) hear(message)
    }
  }

  /** What viewers of the subject have been told; the files themselves are asked for nothing but their sizes. */
  #stamp(subject: Subject): string {
    return (
      quietly(() => {
        if (subject.run === undefined) {
          const { runs, unreadable } = this.#store.list()
          return [...runs.map((row) => JSON.stringify(row)), ...unreadable.map(({ run }) => run)].join('\n')
        }
        if (subject.trial === undefined) return JSON.stringify(this.#store.row(subject.run))
        const journal = trialJournal(this.#store.paths(subject.run).folder, subject.trial)
        return `${stampOf(journal)} ${stampOf(this.#store.paths(subject.run).outcomes)}`
      }) ?? GONE
    )
  }

  #message({ run, trial }: Subject, stamp: string): LiveMessage | undefined {
    if (run === undefined) return { type: 'runs' }
    if (stamp === GONE) return { type: 'gone' }
    if (trial === undefined) return quietly(() => ({ type: 'run', row: this.#store.row(run) }))
    return quietly(() => {
      const journal = trialJournal(this.#store.paths(run).folder, trial)
      return { type: 'trial', trial, total: readEvents(journal, { from: 0, to: 0 }).total }
    })
  }
}

const GONE = 'gone'

/** A file that is being written, moved or deleted while we look: the next look will tell. */
function quietly<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
