import { byColumn, type Rows } from '../rows/index.ts'
import type { Subject } from '../findings/index.ts'
import type { AuditContext, AuditKind, Part } from './audited.ts'
import { text } from './cells.ts'

/**
 * The whole table, then each stratum of `--by`.
 *
 * @param published whether a number is compared with the rows
 */
export async function partsOf(rows: Rows, kind: AuditKind, published: boolean): Promise<readonly Part[]> {
  const by = rows.by.map((_, index) => byColumn(index))
  const columns = kind.columns.map(({ name }) => `"${name}"`)
  const all = await rows.query(
    kind.select?.(by, published) ?? `select ${[...columns, ...by].join(', ')} from kept order by "#"`,
  )
  const whole: Part = { rows: all, subject: { type: 'all' }, conditions: {} }
  if (by.length === 0) return [whole]
  const strata = Map.groupBy(all, (row) => JSON.stringify(by.map((each) => row[each])))
  return [
    whole,
    ...[...strata.values()].map((part) => ({
      ...whole,
      rows: part,
      conditions: Object.fromEntries(rows.by.map((each, index) => [each, text(part[0]?.[byColumn(index)])])),
    })),
  ]
}

/** Parts of a part by columns; a column that the table lacks tells nothing apart and is no condition. */
export function split(part: Part, columns: readonly string[], { has }: AuditContext): readonly Part[] {
  const there = columns.filter(has)
  if (there.length === 0) return [part]
  return [...Map.groupBy(part.rows, (row) => JSON.stringify(there.map((each) => row[each]))).values()].map((rows) => {
    const levels = there.map((each) => [each, text(rows[0]?.[each] ?? BLANK)] as const)
    const [about] = levels.flatMap(([column, name]): readonly Subject[] => {
      const type = ABOUT[column]
      return type === undefined ? [] : [{ type, name }]
    })
    return { rows, subject: about ?? part.subject, conditions: { ...part.conditions, ...Object.fromEntries(levels) } }
  })
}

/** Columns that name what a number is about; any other tells only under what it holds. */
const ABOUT: Readonly<Record<string, Exclude<Subject['type'], 'all' | 'control' | 'pair'>>> = {
  agent: 'model',
  target: 'model',
  attack: 'attack',
  layer: 'layer',
  monitor: 'monitor',
}

/** What a level is called that no cell names. */
const BLANK = '(blank)'
