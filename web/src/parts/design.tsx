import type { ReactElement } from 'react'
import type { RunPage } from '../../../src/server/api.ts'
import { DataTable } from './data-table.tsx'
import { Fact } from './fact.tsx'
import { Fold } from './fold.tsx'

/** A plan as tables: what was varied and held, who ran, with which limits; the record as it is at the end. */
export function Design({ data }: { readonly data: RunPage }): ReactElement {
  const { design, request, versions, designHash } = data
  const cells = Object.entries(objectIn(design)).filter(([, value]) => isPlain(value))
  const asked = Object.entries(objectIn(request)).filter(([, value]) => isPlain(value) || isShortList(value))
  return (
    <>
      <h3>Factors</h3>
      <DataTable
        title="factors"
        rows={data.factors}
        columns={[
          { name: 'factor', of: ({ name }) => name },
          { name: 'levels in this run', of: ({ levels }) => levels.join(', ') },
          { name: 'held', of: ({ levels }) => (levels.length > 1 ? 'varied' : 'held') },
        ]}
      />
      <h3>Agents</h3>
      <DataTable
        title="agents and trials"
        rows={data.ends}
        columns={[
          { name: 'agent', of: ({ agent }) => agent },
          { name: 'kind', of: ({ control }) => (control ? 'control' : 'under test') },
          { name: 'trials', of: ({ ends }) => ends.reduce((sum, { trials }) => sum + trials, 0), num: true },
        ]}
      />
      <h3>Asked for</h3>
      <Facts rows={[...asked, ...cells]} />
      <h3>Versions</h3>
      <Facts rows={Object.entries(versions)} />
      <div className="folds">
        <Fold asks="The record" short={`Plan ${designHash}`}>
          <pre tabIndex={0}>{JSON.stringify({ request, design }, null, 2)}</pre>
        </Fold>
      </div>
    </>
  )
}

function Facts({ rows }: { readonly rows: readonly (readonly [name: string, value: unknown])[] }): ReactElement {
  return (
    <dl className="facts">
      {rows.map(([name, value], index) => (
        <Fact
          key={`${name} ${index}`}
          name={name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}
        >
          {Array.isArray(value) ? value.join(', ') : String(value)}
        </Fact>
      ))}
    </dl>
  )
}

function objectIn(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : {}
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function isShortList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.length <= 12 && value.every(isPlain)
}
