import type { JsonObject, Outcome } from '../../record/index.ts'
import { COLUMN, type Case } from './case.ts'

/** A run's trials as rows for `assay audit <run> --as rate`, with the file's other columns for `--by`; controls left out. */
export function caseRows(cases: readonly Case[], rows: readonly Outcome[]): readonly JsonObject[] {
  const columns = new Map(cases.map((each) => [each.id, each.columns ?? {}]))
  return rows
    .filter(({ control }) => !control)
    .map(({ task, agent, repeat, cell, status, values, cost, usage }): JsonObject => {
      const { scaffold: _, ...levels } = cell
      const groups = Object.entries(columns.get(task) ?? {}).filter(([name]) => !COLUMN.test(name))
      return {
        ...Object.fromEntries(groups),
        task,
        // An agent in another wording is another one: its trials are no repeats of the first.
        agent: [agent, ...Object.entries(levels).map((level) => level.join('='))].join(', '),
        repeat,
        status,
        ...(typeof values['correct'] === 'number' && status !== 'invalid' && { score: values['correct'] }),
        ...(cost.type === 'known' && { cost: cost.dollars }),
        ...(usage.input !== undefined && usage.output !== undefined && { tokens: usage.input + usage.output }),
      }
    })
}
