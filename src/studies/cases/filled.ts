import { AssayError } from '../../assay-error.ts'

const HOLE = /\{\{\s*([^{}]+?)\s*\}\}/g

/**
 * A text with the cells of a row in the place of `{{column}}`.
 *
 * @param option what the text was given with, for the message
 * @throws AssayError `cases/template` where the row has no such column
 */
export function filled(text: string, columns: Readonly<Record<string, string>>, option: string): string {
  return text.replaceAll(HOLE, (_, name: string) => {
    const value = columns[name] ?? columns[name.toLowerCase()]
    if (value !== undefined) return value
    throw new AssayError(
      'cases/template',
      `${option} asks for {{${name.slice(0, 40)}}}, and the questions have no such column. Columns: ${Object.keys(columns).join(', ').slice(0, 150)}.`,
    )
  })
}
