import { plainName } from './column-names.ts'
import { NUMBER } from './loaded.ts'
import { numbersIn, type ReportInput, type ReportItem } from './report-item.ts'
import { filled, name } from './sql.ts'

/** Rows that say the same, and rows of one key. */
export async function duplicates(input: ReportInput): Promise<readonly ReportItem[]> {
  const { database, shaped, checked, kind } = input
  const items: ReportItem[] = []
  const key = kind.key.filter((column) => checked.columns.has(column))
  const told = key.includes('repeat') || !kind.key.includes('repeat')
  const groups = async (columns: readonly string[], from: string): Promise<readonly [number, readonly number[]]> => {
    const [row] = await database.query(
      `select coalesce(sum(n - 1), 0) as n, min(last, 3) as first from (select count(*) as n, max(${name(NUMBER)}) as last from ${from} group by ${grouped(columns)} having count(*) > 1)`,
    )
    return [Number(row?.['n'] ?? 0), numbersIn(row?.['first'])]
  }
  const [again, againRows] = await groups(key, 'kept')
  // Rows whose keys differ are not the same.
  const [same, sameRows] = again === 0 ? [0, []] : await groups(shaped.columns, 'mapped')
  if (same > 0) {
    const text = told
      ? 'rows say the same as another row'
      : 'rows say the same as another row; with no column repeat they may be repeats'
    items.push({ check: 'duplicates', count: same, text, rows: sameRows })
  }
  if (!told && again > same) {
    const apart = await tellingApart(input, key)
    // A column of seeds says by its name that rows of one task are repeats, as they are read.
    if (!apart.some((column) => REPEAT.test(plainName(column))))
      items.push({
        check: 'duplicates',
        count: again,
        text: `rows have the ${key.join(' and ')} of another row, and no column repeat says why: read as repeats${apartText(apart)}`,
        rows: againRows,
      })
  }
  if (told && again > same) {
    const text = `rows have the ${key.join(', ')} of another row${same > 0 ? ', those counted above among them' : ''}`
    items.push({ check: 'duplicates', count: again, text, rows: againRows })
  }
  return items
}

/** Columns up to which rows are compared as they are; wider ones by a hash, since groups of many columns fill the memory. */
const WIDE = 32

function grouped(columns: readonly string[]): string {
  const names = columns.map(name).join(', ')
  return columns.length > WIDE ? `hash(${names})` : names
}

const cell = (column: string): string => filled(name(column))

/** Rows of one key that are looked at for what tells them apart. */
const LOOKED_AT = 500

/** Names of the number of a repeat. */
const REPEAT =
  /^(?:seed|run|trial|epoch|attempt|rep|repeat|replicate|iteration|try|draw|round|sample)(?:_(?:id|no|nr|num|number|index|idx))?$/

/** Columns that tell the rows of every cell apart: the number of the repeat, or a part of the task's name. */
async function tellingApart(
  { database, shaped, checked }: ReportInput,
  key: readonly string[],
): Promise<readonly string[]> {
  const keys = key.map(name).join(', ')
  const others = shaped.columns.filter((column) => !checked.columns.has(column))
  if (others.length === 0) return []
  const first = await database.query(
    `select ${others.map((column, i) => `cast(${name(column)} as varchar) as c${i}`).join(', ')} from mapped where ${name(NUMBER)} in (select unnest(rows) from (select list(${name(NUMBER)}) as rows from kept group by ${keys} having count(*) > 1 order by min(${name(NUMBER)}) limit 1)) limit ${LOOKED_AT}`,
  )
  const likely = others
    .filter((_, i) => {
      const cells = first.map((row) => String(row[`c${i}`] ?? '').trim())
      // Fractions (times, costs) differ anyway.
      const fractions = cells.some((each) => Number.isFinite(Number(each)) && !Number.isInteger(Number(each)))
      return !fractions && !cells.includes('') && new Set(cells).size === cells.length
    })
    .slice(0, 8)
  if (likely.length === 0) return []
  const every = likely.map((_, i) => `bool_and(d${i}) as d${i}`).join(', ')
  const counts = likely.map((column, i) => `count(distinct ${cell(column)}) = count(*) as d${i}`).join(', ')
  const [all] = await database.query(`select ${every} from (select ${counts} from mapped group by ${keys})`)
  return likely.filter((_, i) => all?.[`d${i}`] === true)
}

function apartText(found: readonly string[]): string {
  const [one] = found
  return one === undefined
    ? ''
    : `; ${found.slice(0, 3).join(' or ')} ${found.length === 1 ? 'tells' : 'tell'} them apart (--map repeat=${one} if they are repeats; if not, it belongs to the task)`
}
