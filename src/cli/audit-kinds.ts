import { AUDIT_KINDS, columnsText } from '../audit/index.ts'

/** The kinds of rows, for `assay audit --help`. */
export function kindsText(): string {
  const width = Math.max(...AUDIT_KINDS.map(({ name }) => name.length))
  const lines = AUDIT_KINDS.map(
    (kind) => `  ${kind.name.padEnd(width)}  ${kind.about}: ${columnsText(kind).replaceAll('`', '')}`,
  )
  return `\nKinds of rows (* needed, † a blank leaves the row out):\n${lines.join('\n')}`
}
