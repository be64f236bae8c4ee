import type { ReactElement } from 'react'
import type { SaidFinding } from '../../../src/server/api.ts'
import { formatRoute } from '../route.ts'
import { ControlChecks } from './control-checks.tsx'
import { DataTable } from './data-table.tsx'
import { Figure } from './figure.tsx'
import { fileName } from './save.tsx'

interface FindingsProps {
  readonly findings: readonly SaidFinding[]
  /** The run whose figures are drawn; without one only the table is shown. */
  readonly run?: string
  /** Changes when the run has grown. */
  readonly stamp?: string
}

/** Findings, one block a quantity: table, figure, and what would make them wrong. */
export function Findings({ findings, run, stamp }: FindingsProps): ReactElement {
  const groups = [...Map.groupBy(findings, ({ finding }) => finding.quantity)]
  return (
    <>
      {groups.map(([quantity, group]) => (
        <Quantity
          key={quantity}
          quantity={quantity}
          group={group}
          {...(run !== undefined && { run })}
          {...(stamp !== undefined && { stamp })}
        />
      ))}
    </>
  )
}

interface QuantityProps {
  readonly quantity: string
  readonly group: readonly SaidFinding[]
  readonly run?: string
  readonly stamp?: string
}

/** The rows of the table of outcomes that have a finding's conditions. */
function trialsOf(run: string, conditions: Readonly<Record<string, string>>): string {
  const where = Object.entries(conditions).map(([name, level]) => [`where.${name}`, `=${level}`])
  return formatRoute(['runs', run], { tab: 'outcomes', ...Object.fromEntries(where) })
}

function Quantity({ quantity, group, run, stamp }: QuantityProps): ReactElement {
  const [first] = group
  const title = first?.title ?? quantity
  const isDrawn = run !== undefined && group.some(({ finding }) => finding.estimate.type === 'estimate')
  return (
    <section className="quantity" aria-label={title}>
      <h3>{title}</h3>
      <DataTable
        title={title}
        rows={group}
        classOf={({ finding }) =>
          finding.calibration === 'uncalibrated' || finding.validation?.type === 'unvalidated' ? 'doubtful' : undefined
        }
        columns={[
          {
            name: 'conditions',
            of: ({ conditions }) => conditions,
            show: ({ conditions, finding }) =>
              run === undefined ? (
                conditions
              ) : (
                <a href={trialsOf(run, finding.conditions)} title="The trials under it">
                  {conditions === '' ? 'all trials' : conditions}
                </a>
              ),
          },
          {
            name: 'estimate',
            of: ({ estimate }) => estimate,
            show: ({ estimate }) => <strong>{estimate}</strong>,
            num: true,
          },
          { name: 'interval', of: ({ interval }) => interval },
          ...(group.some(({ raw }) => raw !== '') ? [{ name: 'as read', of: ({ raw }: SaidFinding) => raw }] : []),
          { name: 'sample', of: ({ n }) => n },
          { name: 'analysis', of: ({ flags }) => flags.join(', ') },
        ]}
      />
      {isDrawn && (
        <Figure
          address="/api/runs/:run/figures/quantity"
          given={{ run, quantity }}
          title={title}
          name={fileName(run, quantity)}
          {...(stamp !== undefined && { stamp })}
        />
      )}
      <details>
        <summary>In words, and what would make it wrong</summary>
        {group.map((said) => (
          <p key={said.conditions}>{said.paragraph}</p>
        ))}
        <ControlChecks
          title={`Controls that read ${title}`}
          controls={group.flatMap(({ finding }) => finding.controls)}
        />
      </details>
    </section>
  )
}
