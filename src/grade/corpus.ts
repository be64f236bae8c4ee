import { AssayError, didYouMean, reasonOf } from '../assay-error.ts'
import type { Check } from './check.ts'

/**
 * The lines of a corpus: JSON, one a line.
 *
 * @param read what is made of a line that `line` accepts, with what makes its faults
 * @param file its name, for messages
 * @throws AssayError `grade/not-a-corpus` with the line: broken, an unknown field or label, an id twice
 */
export function corpusLines<T extends { readonly id: string }>(
  { fields, line }: Pick<Check, 'fields' | 'line'>,
  read: (json: unknown, fault: (what: string) => AssayError) => T,
  text: string,
  file: string,
): readonly T[] {
  const seen = new Map<string, number>()
  return text.split('\n').flatMap((each, place) => {
    if (each.trim() === '') return []
    const fault = (what: string): AssayError =>
      new AssayError('grade/not-a-corpus', `${file}, line ${place + 1}: ${what}`)
    let json: unknown
    try {
      json = JSON.parse(each)
    } catch (cause) {
      throw fault(`this is not JSON (${reasonOf(cause)}).`)
    }
    const unknown = Object.keys(Object(json)).find((field) => !fields.includes(field))
    if (unknown !== undefined)
      throw fault(`unknown field "${unknown}".${didYouMean(unknown, fields)} Fields: ${fields.join(', ')}.`)
    const parsed = line.safeParse(json)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw fault(`${(issue?.path ?? []).join('.') || 'the line'}: ${issue?.message ?? 'not as a line should be'}.`)
    }
    const made = read(json, fault)
    const before = seen.get(made.id)
    if (before !== undefined) throw fault(`id "${made.id}" is also on line ${before}. Give each line its own.`)
    seen.set(made.id, place + 1)
    return [made]
  })
}
