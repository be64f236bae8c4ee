import { useState, type FormEvent, type ReactElement } from 'react'
import type { Note, NoteAsk, NoteOn } from '../../../src/server/api.ts'
import { isExport, sendNote } from '../api.ts'
import { day, visible } from '../say.ts'
import { useAsked } from '../use.ts'

/** What people wrote about a run, its trials and its cases, and how to write more. */
export interface Written {
  readonly notes: readonly Note[]
  /** @returns what is wrong with it, if anything */
  readonly send: (ask: NoteAsk) => Promise<string | undefined>
}

/** @param stamp asks again when it changes */
export function useNotes(run: string, stamp = ''): Written {
  const { data: notes = [], again } = useAsked('/api/runs/:run/notes', { run }, stamp)
  return {
    notes,
    async send(ask) {
      const failure = await sendNote(run, ask)
      again()
      return failure
    },
  }
}

interface NotesProps {
  readonly written: Written
  readonly on: NoteOn
  /** The run, trial or case in words. */
  readonly what: string
}

/** Labels and notes of one thing, and a field for the next. A copy on a disk shows them and takes none. */
export function Notes({ written, on, what }: NotesProps): ReactElement | null {
  const own = written.notes.filter((note) => isOn(note, on))
  const labels = own.filter(({ kind }) => kind === 'label')
  const texts = own.filter(({ kind }) => kind === 'note')
  if (isExport && own.length === 0) return null
  const remove = (note: Note): ReactElement | false =>
    !isExport && (
      <button
        type="button"
        className="link"
        aria-label={`Remove the ${note.kind} “${note.text.slice(0, 60)}”`}
        onClick={() => void written.send({ remove: note.id })}
      >
        ×
      </button>
    )
  return (
    <section className="notes" aria-label={`Notes on ${what}`}>
      {labels.map((note) => (
        <span key={note.id} className="chip">
          {visible(note.text)} {remove(note)}
        </span>
      ))}
      {!isExport && <NoteForm written={written} on={on} what={what} />}
      {texts.map((note) => (
        <p key={note.id}>
          {visible(note.text)}{' '}
          <span className="quiet small">
            {note.by === undefined ? '' : `${visible(note.by)}, `}
            {day(note.at)} {remove(note)}
          </span>
        </p>
      ))}
    </section>
  )
}

function isOn(note: Note, on: NoteOn): boolean {
  return on.type === 'run' ? note.on.type === 'run' : note.on.type === on.type && note.on.id === on.id
}

function NoteForm({ written, on, what }: NotesProps): ReactElement {
  const [failure, setFailure] = useState<string>()
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form, submitterOf(event))
    const [text, by] = [textIn(data, 'text'), textIn(data, 'by')]
    remember(by)
    const wrong = await written.send({ on, kind: data.get('kind') === 'label' ? 'label' : 'note', text, by })
    setFailure(wrong)
    if (wrong === undefined) form.reset()
  }
  return (
    <details>
      <summary>Add a note</summary>
      <form onSubmit={(event) => void submit(event)}>
        <textarea name="text" rows={2} required aria-label={`A note or a label on ${what}`} />
        <label>
          Your name <input name="by" size={12} defaultValue={remembered()} />
        </label>
        <button name="kind" value="note">
          Add note
        </button>
        <button name="kind" value="label">
          Add label
        </button>
        {failure !== undefined && (
          <p className="failure" role="alert">
            {failure}
          </p>
        )}
      </form>
    </details>
  )
}

function submitterOf({ nativeEvent }: FormEvent<HTMLFormElement>): HTMLElement | null {
  return nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null
}

function textIn(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}

const NAME = 'assay-name'

/** A browser may keep nothing: then a name is asked for each time. */
function remembered(): string {
  try {
    return localStorage.getItem(NAME) ?? ''
  } catch {
    return ''
  }
}

function remember(name: string): void {
  try {
    localStorage.setItem(NAME, name)
  } catch {
    // See above.
  }
}
