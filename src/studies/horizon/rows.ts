import type { JsonObject, Outcome } from '../../record/index.ts'
import { valueOf } from '../../findings/index.ts'
import { agentsApart } from '../work/index.ts'

/** Trials as rows for `assay audit --as horizon`, one a trial, its factors as columns beside. */
export function horizonRows(rows: readonly Outcome[]): readonly JsonObject[] {
  const agentOf = agentsApart(rows, ['family', 'length'])
  return rows.map((row) => {
    const { input, output } = row.usage
    const minutes = valueOf(row, 'minutes')
    // An audit reads a column called length as a duration.
    const { length, ...cell } = row.cell
    return {
      ...cell,
      agent: agentOf(row),
      task: row.task,
      score: valueOf(row, 'success') ?? null,
      steps: Number(length),
      ...(minutes !== undefined && { human_minutes: minutes }),
      family: row.cell['family'] ?? '',
      repeat: row.repeat,
      status: row.status,
      ...(input !== undefined && output !== undefined && { tokens: input + output }),
    }
  })
}
