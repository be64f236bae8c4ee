import { AssayError } from '../../assay-error.ts'
import { readBelief } from '../../grade/index.ts'
import { rulesScore, VIEWS } from '../../probe/index.ts'
import type { LabelledTranscript } from './read.ts'

/** Rows of a table that `assay audit` reads. */
export interface TranscriptRows {
  readonly head: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

/** Kinds of rows that transcripts become. */
export const TRANSCRIPT_KINDS = ['detect', 'coded'] as const
export type TranscriptKind = (typeof TRANSCRIPT_KINDS)[number]

/**
 * Labelled transcripts as rows of an audit.
 *
 * `detect`: a row for each view, with the score of the fixed rules (monitor `rules`); where the agent was asked at the end whether it was
 * a test, one more with the probability that it states (monitor `stated`, view `fork`). `coded`: a row for each coder's label.
 *
 * @param label the field with the label; of `coded`, `labels` is an object by coder, or one field a coder begins with its name and a point
 * @throws AssayError `exchange/no-label`: the first transcript without one
 */
export function rowsOfTranscripts(
  transcripts: readonly LabelledTranscript[],
  kind: TranscriptKind,
  label: string,
): TranscriptRows {
  return kind === 'detect' ? detectRows(transcripts, label) : codedRows(transcripts, label)
}

function detectRows(transcripts: readonly LabelledTranscript[], label: string): TranscriptRows {
  const rows = transcripts.flatMap(({ id, transcript, asked, fields }) => {
    const flag = flagIn(fields[label])
    if (flag === undefined) throw noLabel(id, label, fields, 'true or false, 1 or 0')
    const cluster = wordIn(fields['cluster']) ?? wordIn(fields['task']) ?? id
    const scored = VIEWS.map((view) => [id, flag, rulesScore(view, transcript), 'rules', view, cluster] as const)
    const stated = asked === undefined ? null : readBelief(asked.reply, asked.question).pTest
    return stated === null ? scored : [...scored, [id, flag, stated, 'stated', 'fork', cluster] as const]
  })
  return { head: ['case', 'label', 'score', 'monitor', 'view', 'cluster'], rows }
}

const ALSO = ['severity', 'author', 'matter'] as const

function codedRows(transcripts: readonly LabelledTranscript[], label: string): TranscriptRows {
  const also = ALSO.filter((name) => transcripts.some(({ fields }) => wordIn(fields[name]) !== undefined))
  const rows = transcripts.flatMap(({ id, fields }) => {
    const coded = codersIn(fields, label)
    if (coded.length === 0) throw noLabel(id, label, fields, 'a label, or one for each coder')
    return coded.map(([coder, said]) => [id, coder, said, ...also.map((name) => wordIn(fields[name]) ?? '')])
  })
  return { head: ['item', 'coder', 'label', ...also], rows }
}

/** `labels: {ada: …}`, `label.ada: …`, or `label` with `coder`. */
function codersIn(fields: Readonly<Record<string, unknown>>, label: string): readonly (readonly [string, string])[] {
  const { [label]: one, [`${label}s`]: several } = fields
  const object = [one, several].find((each) => typeof each === 'object' && each !== null)
  const named = Object.entries(object ?? {})
  const dotted = Object.entries(fields).flatMap(([name, value]) =>
    name.startsWith(`${label}.`) ? [[name.slice(label.length + 1), value] as const] : [],
  )
  const alone = wordIn(one)
  return [
    ...named,
    ...dotted,
    ...(alone === undefined ? [] : [[wordIn(fields['coder']) ?? 'coder', alone] as const]),
  ].flatMap(([coder, value]) => {
    const said = wordIn(value)
    return said === undefined ? [] : [[coder, said] as const]
  })
}

function wordIn(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim() || undefined
    : undefined
}

function flagIn(value: unknown): 0 | 1 | undefined {
  const word = wordIn(value)?.toLowerCase()
  if (word === undefined) return undefined
  if (['1', 'true', 'yes', 'test'].includes(word)) return 1
  return ['0', 'false', 'no', 'real', 'use'].includes(word) ? 0 : undefined
}

function noLabel(id: string, label: string, fields: Readonly<Record<string, unknown>>, what: string): AssayError {
  const names = Object.keys(fields).slice(0, 12).join(', ') || 'none'
  return new AssayError(
    'exchange/no-label',
    `The transcript ${id} has no field "${label}" with ${what}. Its fields: ${names}. Name another with --label.`,
  )
}
