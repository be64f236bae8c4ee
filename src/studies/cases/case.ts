import { AssayError } from '../../assay-error.ts'
import { csvRows } from '../../rows/index.ts'
import { checkNames, type CheckName } from './check.ts'

/** One question with its known answer. `id` is the row's own, or its number. */
export interface Case {
  readonly id: string
  readonly prompt: string
  readonly expected: string
  readonly check: CheckName
}

/** A file larger than this is no quick look; it would be read whole. */
const LARGEST = 256 << 20

/**
 * Reads cases from CSV or TSV: columns `prompt` and `expected`, and if wanted `check` and `id`. Everything else is left
 * alone.
 *
 * @throws AssayError `cases/…`, naming file and line
 */
export function readCases(path: string): readonly Case[] {
  const records = csvRows(path, 'cases/', (names) => names.map((name) => name.trim().toLowerCase()), LARGEST)
  const [first] = records
  if (first === undefined)
    throw new AssayError(
      'cases/empty',
      `${path} has no rows. It needs a first line (prompt,expected) and one row per case.`,
    )
  for (const name of ['prompt', 'expected']) {
    if (!(name in first.record)) {
      throw new AssayError(
        'cases/column',
        `${path} needs columns prompt and expected. It has ${Object.keys(first.record).join(', ')}: rename them.`,
      )
    }
  }
  const seen = new Set<string>()
  return records.map(({ record, line }, index) => {
    const each = caseOf(path, record, line, index)
    if (seen.has(each.id))
      throw new AssayError('cases/twin', `${path}, line ${line}: the id "${each.id}" is there twice.`)
    seen.add(each.id)
    return each
  })
}

function caseOf(path: string, record: Readonly<Record<string, string>>, line: number, index: number): Case {
  const { prompt = '', expected = '' } = record
  if (prompt.trim() === '') throw new AssayError('cases/prompt', `${path}, line ${line}: the prompt is empty.`)
  const check = checkOf(path, line, record['check'] ?? '')
  if (check === 'regex') assertRegex(path, line, expected)
  if (check === 'number' && !Number.isFinite(Number(expected.trim() || 'none'))) {
    throw new AssayError(
      'cases/number',
      `${path}, line ${line}: expected "${expected}" is not a number, which check "number" needs.`,
    )
  }
  const id = record['id']?.trim()
  return { id: id === undefined || id === '' ? `case-${index + 1}` : id, prompt, expected, check }
}

function checkOf(path: string, line: number, text: string): CheckName {
  const name = text.trim().toLowerCase()
  if (name === '') return 'exact'
  const known = checkNames.find((each) => each === name)
  if (known !== undefined) return known
  throw new AssayError(
    'cases/check',
    `${path}, line ${line}: there is no check "${text}". Checks: ${checkNames.join(', ')}.`,
  )
}

function assertRegex(path: string, line: number, source: string): void {
  try {
    void new RegExp(source, 'u')
  } catch (cause) {
    throw new AssayError('cases/regex', `${path}, line ${line}: "${source}" is not a regular expression. Correct it.`, {
      cause,
    })
  }
}
