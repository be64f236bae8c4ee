import fs from 'node:fs'
import type { z } from 'zod'
import { damaged } from './append-file.ts'
import { parseJson } from './json.ts'
import { linesOf } from './lines.ts'

/** The rows of an append-only JSONL file and the offset behind the last whole one. */
export interface Rows<T> {
  readonly rows: readonly T[]
  readonly end: number
}

/**
 * Reads every whole row. A torn last line is a row that was never written.
 *
 * @throws AssayError `record/damaged` naming file and line
 */
export function readRows<T>(path: string, schema: z.ZodType<T>): Rows<T> {
  const rows: T[] = []
  let end = 0
  if (!fs.existsSync(path)) return { rows, end }
  const size = fs.statSync(path).size
  let number = 0
  for (const line of linesOf(path)) {
    number++
    const row = parseRow(line.text, schema)
    // Only what is no JSON at all can be torn: a whole row that we do not understand must never be cut off.
    if (row.type === 'no-json' && line.end === size) break
    if (row.type !== 'row')
      throw damaged(
        `${path} is damaged in line ${number}${row.type === 'odd' ? ` (${row.why})` : ''}. Restore the file, or move the run folder away.`,
      )
    rows.push(row.data)
    end = line.end
  }
  return { rows, end }
}

type Row<T> =
  | { readonly type: 'row'; readonly data: T }
  | { readonly type: 'odd'; readonly why: string }
  | { readonly type: 'no-json' }

function parseRow<T>(text: string, schema: z.ZodType<T>): Row<T> {
  let data: unknown
  try {
    data = parseJson(text)
  } catch {
    return { type: 'no-json' }
  }
  const parsed = schema.safeParse(data)
  if (parsed.success) return { type: 'row', data: parsed.data }
  const issue = parsed.error.issues[0]
  return { type: 'odd', why: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` }
}
