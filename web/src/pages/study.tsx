import type { ReactElement } from 'react'
import { DataTable } from '../parts/data-table.tsx'
import { Fact } from '../parts/fact.tsx'
import { Standing } from '../parts/standing.tsx'
import { formatRoute } from '../route.ts'
import { day } from '../say.ts'
import { useAsked, useTitle } from '../use.ts'

/** What can be asked. */
export function StudiesPage(): ReactElement {
  useTitle('Studies')
  const asked = useAsked('/api/studies', {})
  return (
    <>
      <h1>Studies</h1>
      <Standing asked={asked} what="studies" />
      <dl>
        {asked.data?.map(({ name, question }) => (
          <Fact key={name} name={<a href={formatRoute(['studies', name])}>{name}</a>}>
            {question}
          </Fact>
        ))}
      </dl>
    </>
  )
}

/** One study: what it asks, what it varies, and which controls prove that it reads true. */
export function StudyPage({ study }: { readonly study: string }): ReactElement {
  useTitle(`Study ${study}`)
  const asked = useAsked('/api/studies/:study', { study })
  const runs = useAsked('/api/runs', {})
  const { data } = asked
  return (
    <>
      <p className="crumbs">
        <a href="#/studies">Studies</a>
      </p>
      <h1>{study}</h1>
      <Standing asked={asked} what="the study" />
      {data !== undefined && (
        <>
          <p className="question">{data.question}</p>
          <h2>Factors</h2>
          <DataTable
            title={`${study} factors`}
            rows={data.factors}
            columns={[
              { name: 'factor', of: ({ name }) => name },
              { name: 'levels', of: ({ levels }) => levels.join(', ') },
              { name: 'default', of: ({ standard }) => standard.join(', ') },
            ]}
          />
          <h2>Measures</h2>
          <DataTable
            title={`${study} measures`}
            rows={data.measures}
            columns={[
              { name: 'measure', of: ({ name }) => name },
              { name: 'unit', of: ({ unit }) => unit },
              { name: 'in every trial', of: ({ optional }) => (optional ? 'where there is one' : 'yes') },
            ]}
          />
          <h2>Controls, in every run</h2>
          <DataTable
            title={`${study} controls`}
            rows={data.controls}
            columns={[
              { name: 'control', of: ({ name }) => name },
              { name: 'known property', of: ({ property }) => property },
            ]}
          />
          <h2>Findings</h2>
          <ul>
            {data.findings.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </>
      )}
      <h2>Runs</h2>
      <ul>
        {runs.data?.runs
          .filter((row) => row.study === study)
          .map((row) => (
            <li key={row.run}>
              <a href={formatRoute(['runs', row.run])}>{row.run}</a> <span className="quiet">{day(row.createdAt)}</span>
            </li>
          ))}
      </ul>
    </>
  )
}
