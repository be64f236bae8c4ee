import { AssayError } from '../../assay-error.ts'
import { answerCheck, withinLine, type AnswerCheck } from '../../grade/index.ts'
import { csvRows } from '../../rows/index.ts'

/** One check of a case, as it is written: `contains` of `Paris`. */
export interface CaseCheck {
  readonly check: string
  readonly expected: string
}

/** One question with its known answer. `id` is the row's own, or its number. */
export interface Case extends CaseCheck {
  readonly id: string
  readonly prompt: string
  /** Further checks: an answer is right when it passes all. Default: none. */
  readonly also?: readonly CaseCheck[]
  /** An answer that passes all checks, for patterns, schemas and several checks that no answer could be made for. */
  readonly answer?: string
}

/** The checks of a case, made, with an answer that passes them all. */
export interface MadeCase {
  readonly passes: (answer: string) => boolean
  readonly known: string
}

/** A file larger than this is no quick look; it would be read whole. */
const LARGEST = 256 << 20

const COLUMN = /^(?:id|prompt|answer|(?:expected|check)(?:\.[1-9]\d?)?)$/

/**
 * Reads cases from CSV or TSV: columns `prompt` and `expected`, and if wanted `check`, `id` and `answer`; several checks as `check.1`,
 * `expected.1` and so on, or as a JSON list in `check`. Everything else is left alone.
 *
 * @throws AssayError `cases/…`, naming file and line
 */
export function readCases(path: string): readonly Case[] {
  const records = csvRows(path, 'cases/', (names) => columnsOf(path, names), LARGEST)
  const [first] = records
  if (first === undefined)
    throw new AssayError(
      'cases/empty',
      `${path} has no rows. It needs a first line (prompt,expected) and one row per case.`,
    )
  const columns = Object.keys(first.record)
  if (!columns.includes('prompt') || !columns.some((name) => /^expected(?:\.|$)/.test(name))) {
    throw new AssayError(
      'cases/column',
      `${path} needs columns prompt and expected. It has ${columns.join(', ')}: rename them.`,
    )
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

/** Ours in small letters, whatever case they are written in; two of one name would hide each other. */
function columnsOf(path: string, names: readonly string[]): string[] {
  const columns = names.map((name) => {
    const small = name.trim().toLowerCase()
    return COLUMN.test(small) ? small : name
  })
  const twice = columns.find((name, place) => COLUMN.test(name) && columns.indexOf(name) !== place)
  if (twice === undefined) return columns
  const written = names.filter((_, place) => columns[place] === twice)
  throw new AssayError('cases/column', `${path}: two columns are called ${written.join(' and ')}. Rename or drop one.`)
}

function caseOf(path: string, record: Readonly<Record<string, string>>, line: number, index: number): Case {
  const { prompt = '' } = record
  const wrong = (what: string): AssayError => new AssayError('cases/row', `${path}, line ${line}: ${what}`)
  if (prompt.trim() === '') throw wrong('the prompt is empty.')
  const [check, ...also] = checksOf(record, wrong)
  if (check === undefined) throw wrong('expected is empty. Write the answer that passes.')
  const [id, answer] = [record['id']?.trim() ?? '', record['answer'] ?? '']
  const made: Case = {
    id: id === '' ? `case-${index + 1}` : id,
    prompt,
    ...check,
    ...(also.length > 0 && { also }),
    ...(answer.trim() !== '' && { answer }),
  }
  try {
    madeCase(made)
  } catch (cause) {
    throw cause instanceof AssayError ? wrong(withinLine(cause.message)) : cause
  }
  return made
}

/** The checks of a row: `check` and `expected`, each a text or a JSON list, and numbered ones. */
function checksOf(record: Readonly<Record<string, string>>, wrong: (what: string) => AssayError): readonly CaseCheck[] {
  const { expected = '' } = record
  const names = listIn(record['check'] ?? '')
  const values = names === undefined ? undefined : listIn(expected)
  if (names !== undefined && values !== undefined && values.length !== names.length)
    throw wrong(
      `check lists ${names.length} checks and expected ${values.length} values. List one value for each check.`,
    )
  const listed = names?.map((check, place) => ({
    check: check.trim() || 'exact',
    expected: values?.[place] ?? expected,
  }))
  const first = { check: record['check']?.trim() || 'exact', expected }
  const numbered = Object.keys(record).flatMap((name) => /^(?:check|expected)\.(\d+)$/.exec(name)?.[1] ?? [])
  const more = [...new Set(numbered)].flatMap((number) => {
    const [check, value] = [record[`check.${number}`]?.trim() ?? '', record[`expected.${number}`]]
    if (check === '' && (value ?? '').trim() === '') return []
    return [{ check: check || 'exact', expected: value === undefined || value.trim() === '' ? expected : value }]
  })
  // With numbered checks alone, expected is only what they fall back on.
  const own = more.length > 0 && (record['check'] ?? '').trim() === '' ? [] : (listed ?? [first])
  return [...own, ...more]
}

/** A list of texts in JSON; nothing where it is not one. */
function listIn(text: string): readonly string[] | undefined {
  if (!text.trim().startsWith('[')) return undefined
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.length > 0 && list.every((each) => typeof each === 'string') ? list : undefined
  } catch {
    return undefined
  }
}

/**
 * Makes the checks of a case.
 *
 * @throws AssayError `grade/check`: a check cannot be made, or no answer is known that passes all of them
 */
export function madeCase({ prompt, check, expected, also = [], answer }: Case): MadeCase {
  const checks = [{ check, expected }, ...also].map((each) => answerCheck(each.check, each.expected, prompt))
  const passes = (said: string): boolean => checks.every((each) => each.passes(said))
  if (answer !== undefined && !passes(answer))
    throw new AssayError(
      'grade/check',
      `The answer "${answer.slice(0, 60)}" does not pass ${failing(checks, answer)}. Correct one of them.`,
    )
  const samples = checks.flatMap(({ sample }) => sample ?? [])
  const known = answer ?? [...samples, samples.join(' '), samples.join('\n')].find(passes)
  if (known === undefined)
    throw new AssayError('grade/check', 'No answer could be made that passes. Add a column answer with one that does.')
  return { passes, known }
}

function failing(checks: readonly AnswerCheck[], answer: string): string {
  return checks.flatMap(({ name, passes }) => (passes(answer) ? [] : [`"${name}"`])).join(', ')
}
