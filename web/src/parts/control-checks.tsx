import type { ReactElement } from 'react'
import type { SaidFinding } from '../../../src/server/api.ts'
import { DataTable } from './data-table.tsx'

type Checks = SaidFinding['finding']['controls']

/** Control checks: expected and measured. The same check of several findings is one row. */
export function ControlChecks({
  title,
  controls,
}: {
  readonly title: string
  readonly controls: Checks
}): ReactElement {
  const distinct = [...new Map(controls.map((check) => [JSON.stringify(check), check])).values()]
  return (
    <DataTable
      title={title}
      rows={distinct}
      classOf={(check) => (check.passed ? undefined : 'doubtful')}
      columns={[
        { name: 'control', of: ({ control }) => control },
        { name: 'measure', of: ({ measure }) => measure },
        {
          name: 'cell',
          of: ({ cell }) =>
            Object.entries(cell)
              .map((level) => level.join(' = '))
              .join(', '),
        },
        { name: 'expected', of: ({ expected }) => expected },
        { name: 'measured', of: ({ measured }) => measured },
        { name: 'trials', of: ({ trials }) => trials, num: true },
        { name: 'result', of: (check) => (check.passed ? 'pass' : 'FAIL') },
      ]}
    />
  )
}
