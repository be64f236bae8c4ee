import { AssayError } from '../../assay-error.ts'
import { withinLine } from '../../grade/index.ts'
import { csvRows, textRows } from '../../rows/index.ts'
import { madeCase } from './made-case.ts'

/** One check of a case, as it is written: `contains` of `Paris`. */
export interface CaseCheck {
  readonly check: string
  readonly expected: string
}

/** One question with its known answer. `id` is the row's own, or its number. */
export interface Case extends CaseCheck {
  readonly id: string
  readonly prompt: string
  /** What the user says next, one text after each reply; the last reply is checked. Default: none. */
  readonly follow?: readonly string[]
  /** The row's cells by column, for templates and groups. Default: none. */
  readonly columns?: Readonly<Record<string, string>>
  /** Further checks: an answer is right when it passes all. Default: none. */
  readonly also?: readonly CaseCheck[]
  /** An answer that passes all checks: for rubrics, functions, and whatever else no answer could be made for. */
  readonly answer?: string
  /** An answer that does not pass; with `answer`, it shows how often a judge or a function errs. */
  readonly wrong?: string
  /** Where it is written: `q.csv, line 3`. */
  readonly place?: string
}

/** A file larger than this is no quick look; it would be read whole. */
const LARGEST = 256 << 20

/** Columns that are not for templates and groups. */
export const COLUMN: RegExp = /^(?:id|answer|answer\.wrong|(?:prompt|expected|check)(?:\.[1-9]\d?)?)$/

/**
 * Reads cases from CSV or TSV: columns `prompt` and `expected`, and if wanted `check`, `id`, `answer` and `answer.wrong`; several checks as `check.1`,
 * `expected.1` and so on, or as a JSON list in `check`; several turns as `prompt.1`, `prompt.2`, or as a JSON list in `prompt`. Other
 * columns are for templates and groups.
 *
 * @throws AssayError `cases/…`, naming file and line
 */
export function readCases(path: string): readonly Case[] {
  const records = csvRows(path, 'cases/', (names) => columnsOf(path, names), LARGEST)
  return casesIn(
    path,
    records.map(({ record, line }) => ({ record, place: `line ${line}` })),
  )
}

/** The same from JSONL, JSON or Parquet: what is not a text there is read as JSON. @throws AssayError also `rows/…` */
export async function readCaseRows(path: string): Promise<readonly Case[]> {
  const rows = await textRows(path)
  const names = Object.keys(rows[0]?.record ?? {})
  const columns = columnsOf(path, names)
  const unit = /\.jsonl$/i.test(path) ? 'line' : 'row'
  return casesIn(
    path,
    rows.map(({ record, row }) => ({
      record: Object.fromEntries(names.map((name, at) => [columns[at] ?? name, record[name] ?? ''])),
      place: `${unit} ${row}`,
    })),
  )
}

interface CaseRow {
  readonly record: Readonly<Record<string, string>>
  /** `line 3`. */
  readonly place: string
}

function casesIn(path: string, records: readonly CaseRow[]): readonly Case[] {
  const [first] = records
  if (first === undefined)
    throw new AssayError(
      'cases/empty',
      `${path} has no rows. It needs a first line (prompt,expected) and one row per case.`,
    )
  const columns = Object.keys(first.record)
  // A template makes the prompt of any other columns: it is missed when the study is made.
  if (!columns.some((name) => /^expected(?:\.|$)/.test(name))) {
    throw new AssayError(
      'cases/column',
      columns.length === 1
        ? `${path} needs columns prompt and expected. It has one column, ${columns[0]}: put commas between the columns.`
        : `${path} needs columns prompt and expected. It has ${columns.join(', ')}: rename them.`,
    )
  }
  const seen = new Set<string>()
  return records.map(({ record, place }, index) => {
    const each = caseOf(path, record, place, index)
    if (seen.has(each.id)) throw new AssayError('cases/twin', `${path}, ${place}: the id "${each.id}" is there twice.`)
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

function caseOf(path: string, record: CaseRow['record'], place: string, index: number): Case {
  const wrong = (what: string): AssayError => new AssayError('cases/row', `${path}, ${place}: ${what}`)
  const [prompt = '', ...follow] = turnsOf(record)
  const asks = Object.keys(record).some((name) => /^prompt(?:\.|$)/.test(name))
  if (asks && [prompt, ...follow].some((turn) => turn.trim() === '')) throw wrong('the prompt is empty.')
  const [check, ...also] = checksOf(record, wrong)
  if (check === undefined) throw wrong('expected is empty. Write the answer that passes.')
  const [id, answer, no] = [record['id']?.trim() ?? '', record['answer'] ?? '', record['answer.wrong'] ?? '']
  const made: Case = {
    id: id === '' ? `case-${index + 1}` : id,
    prompt,
    ...(follow.length > 0 && { follow }),
    columns: record,
    ...check,
    ...(also.length > 0 && { also }),
    ...(answer.trim() !== '' && { answer }),
    ...(no.trim() !== '' && { wrong: no }),
    place: `${path}, ${place}`,
  }
  try {
    madeCase(made)
  } catch (cause) {
    throw cause instanceof AssayError ? wrong(withinLine(cause.message)) : cause
  }
  return made
}

/** What the user says, a text a turn: `prompt`, a JSON list in it, or `prompt.1`, `prompt.2` and so on. */
function turnsOf(record: CaseRow['record']): readonly string[] {
  const numbers = Object.keys(record).flatMap((name) => /^prompt\.(\d+)$/.exec(name)?.[1] ?? [])
  const later = numbers.toSorted((a, b) => Number(a) - Number(b)).map((number) => record[`prompt.${number}`] ?? '')
  // A row may have fewer turns than the table has columns for.
  while (later.length > 1 && (later.at(-1) ?? '').trim() === '') later.pop()
  const { prompt } = record
  const first = prompt === undefined ? [] : (listIn(prompt) ?? [prompt])
  return prompt === undefined || (prompt.trim() === '' && later.length > 0)
    ? later
    : [...first, ...later.filter((turn) => turn.trim() !== '')]
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
