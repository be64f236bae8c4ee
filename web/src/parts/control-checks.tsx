import type { ReactElement } from 'react'
import type { SaidFinding } from '../../../src/server/api.ts'
import { labelOf, number, visible } from '../say.ts'
import { DataTable } from './data-table.tsx'
import { Fold } from './fold.tsx'

type Checks = SaidFinding['finding']['controls']

/** The checks of each control under its name, those that failed first and open. */
export function ControlFolds({ controls }: { readonly controls: Checks }): ReactElement {
  const byName = [...Map.groupBy(distinct(controls), ({ control }) => control)]
  const failedIn = (checks: Checks): number => checks.filter(({ passed }) => !passed).length
  return (
    <div className="folds">
      {byName
        .toSorted(([, a], [, b]) => failedIn(b) - failedIn(a))
        .map(([name, checks]) => {
          const failed = failedIn(checks)
          const said =
            failed === 0
              ? `${number(checks.length)} of ${number(checks.length)} checks passed`
              : `${number(failed)} of ${number(checks.length)} checks failed`
          return (
            <Fold key={name} asks={visible(name)} short={said} unit={failed === 0 ? '✓' : '✕'} isOpen={failed > 0}>
              <ControlChecks title={`checks of ${name}`} controls={checks} />
            </Fold>
          )
        })}
    </div>
  )
}

interface ChecksProps {
  readonly title?: string
  readonly controls: Checks
}

/** Control checks: expected and measured. The same check of several findings is one row; levels that all share are said once. */
export function ControlChecks({ title = 'Controls', controls }: ChecksProps): ReactElement {
  const rows = distinct(controls)
  const isShared = ([name, level]: readonly [string, string]): boolean => rows.every(({ cell }) => cell[name] === level)
  const shared = Object.entries(rows[0]?.cell ?? {}).filter(isShared)
  return (
    <>
      {shared.length > 0 && <p className="quiet small">Under {levelsText(shared)}.</p>}
      <DataTable
        title={title}
        rows={rows}
        classOf={(check) => (check.passed ? undefined : 'doubtful')}
        columns={[
          { name: 'control', of: ({ control }) => control },
          { name: 'measure', of: ({ measure }) => labelOf(measure) },
          { name: 'where', of: ({ cell }) => levelsText(Object.entries(cell).filter((level) => !isShared(level))) },
          { name: 'expected', of: ({ expected }) => expected },
          { name: 'measured', of: ({ measured }) => measured },
          { name: 'trials', of: ({ trials }) => trials, num: true },
          { name: 'result', of: (check) => (check.passed ? 'pass' : 'FAIL') },
        ]}
      />
    </>
  )
}

function distinct(controls: Checks): Checks {
  return [...new Map(controls.map((check) => [JSON.stringify(check), check])).values()]
}

function levelsText(levels: readonly (readonly [string, string])[]): string {
  return levels.map((level) => level.join(' ')).join(', ')
}
