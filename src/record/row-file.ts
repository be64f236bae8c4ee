import fs from 'node:fs'
import type { z } from 'zod'
import { AssayError } from '../assay-error.ts'
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
    const parsed = parseRow(line.text, schema)
    if (parsed === undefined && line.end === size) break
    if (parsed === undefined)
      throw new AssayError(
        'record/damaged',
        `${path} is damaged in line ${number}. Restore the file, or move the run folder away.`,
        { exit: 3 },
      )
    rows.push(parsed)
    end = line.end
  }
  return { rows, end }
}

function parseRow<T>(text: string, schema: z.ZodType<T>): T | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
