import type { ReactElement } from 'react'
import { Choice } from '../parts/choice.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { Folds } from '../parts/finding.tsx'
import { Standing } from '../parts/standing.tsx'
import { formatRoute, type Route } from '../route.ts'
import { useAsked, useTitle } from '../use.ts'

/** Two runs of one study beside each other. */
export function ComparePage({ route }: { readonly route: Route }): ReactElement {
  const { first = '', second = '' } = route.query
  const list = useAsked('/api/runs', {})
  const ready = first !== '' && second !== '' && first !== second
  const asked = useAsked('/api/compare', ready ? { first, second } : undefined)
  const runs = list.data?.runs ?? []
  const study = runs.find(({ run }) => run === first)?.study
  useTitle(ready ? `${second} minus ${first}` : 'Compare two runs')
  return (
    <>
      <h1>Compare two runs</h1>
      <p className="bar">
        <Choice name="first" value={first} values={runs.map(({ run }) => run)} route={route} none="choose a run" />
        <Choice
          name="second"
          value={second}
          none="choose a run"
          values={runs.filter((row) => study === undefined || row.study === study).map(({ run }) => run)}
          route={route}
        />
        <a href="#/compare/trials">Compare trials instead</a>
      </p>
      {first !== '' && first === second && <p className="flag">Both are the same run.</p>}
      {ready && <Standing asked={asked} what="the comparison" />}
      {ready && asked.data !== undefined && (
        <>
          <p>
            <a href={formatRoute(['runs', asked.data.second])}>{asked.data.second}</a> minus{' '}
            <a href={formatRoute(['runs', asked.data.first])}>{asked.data.first}</a>. This comparison was not planned,
            unless the record of a replication says so: it is exploratory.
          </p>
          {asked.data.differs.length > 0 && (
            <DataTable
              title="what differs"
              rows={asked.data.differs}
              classOf={({ grave }) => (grave ? 'failure' : undefined)}
              columns={[
                { name: 'what', of: ({ what }) => what },
                { name: asked.data.first, of: ({ values }) => values[0] ?? '' },
                { name: asked.data.second, of: ({ values }) => values[1] ?? '' },
              ]}
            />
          )}
          <Folds findings={asked.data.findings} groups={asked.data.groups} />
          {asked.data.unmatched.map((each) => (
            <p key={each} className="quiet">
              Only in {each}
            </p>
          ))}
        </>
      )}
    </>
  )
}
