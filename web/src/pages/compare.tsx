import type { ReactElement } from 'react'
import type { Answer } from '../../../src/server/routes.ts'
import { Agent } from '../parts/agent.tsx'
import { Said } from '../parts/answer.tsx'
import { Choice } from '../parts/choice.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { Folds, GroupBody } from '../parts/finding.tsx'
import { Standing } from '../parts/standing.tsx'
import { formatRoute, type Route } from '../route.ts'
import { number, visible } from '../say.ts'
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
          <CompareBody data={asked.data} />
        </>
      )}
    </>
  )
}

type Compared = Answer<'/api/compare'>

function CompareBody({ data }: { readonly data: Compared }): ReactElement {
  const { first, second, findings, groups, flipped, differs, unmatched } = data
  const [lead, ...rest] = groups
  return (
    <>
      {lead !== undefined && (
        <p className="answer">
          {visible(lead.title.replace(/^[a-z](?=[a-z])/, (letter) => letter.toUpperCase()))}
          {lead.where === '' ? '' : `, ${visible(lead.where)}`}: <Said parts={lead.short} />
        </p>
      )}
      <p className="quiet">
        <a href={formatRoute(['runs', second])}>{second}</a> minus <a href={formatRoute(['runs', first])}>{first}</a>.
        This comparison was not planned, unless the record of a replication says so: it is exploratory.
      </p>
      {lead !== undefined && (
        <section className="part" aria-label="Differences">
          <h2>What changed</h2>
          <GroupBody group={lead} findings={findings} most={6} />
          {rest.length > 0 && <Folds groups={rest} findings={findings} />}
        </section>
      )}
      <section className="part" aria-label="Flipped cases">
        <h2>Flipped cases</h2>
        <Flips data={data} flipped={flipped} />
      </section>
      <section className="part" aria-label="What differs">
        <h2>What differs in the designs</h2>
        {differs.length === 0 && <p className="quiet">Nothing: the plans are the same.</p>}
        {differs.length > 0 && (
          <DataTable
            title="what differs"
            rows={differs}
            classOf={({ grave }) => (grave ? 'failure' : undefined)}
            columns={[
              { name: 'what', of: ({ what }) => what },
              { name: first, of: ({ values }) => values[0] ?? '' },
              { name: second, of: ({ values }) => values[1] ?? '' },
            ]}
          />
        )}
        {unmatched.map((each) => (
          <p key={each} className="quiet">
            Only in {each}
          </p>
        ))}
      </section>
    </>
  )
}

/** Cases that one run passed and the other did not, those that fail now first, each with both of its transcripts. */
function Flips({ data, flipped }: { readonly data: Compared; readonly flipped: Compared['flipped'] }): ReactElement {
  if (flipped.length === 0) return <p className="quiet">No case of an agent that is in both runs flipped.</p>
  const fails = flipped.filter(({ now }) => now === 'fails').length
  return (
    <>
      <p>
        <b>{fails}</b> newly failed, <b>{flipped.length - fails}</b> newly passed.
      </p>
      <DataTable
        title="flipped cases"
        rows={flipped}
        columns={[
          { name: 'case', of: (flip) => flip.case },
          { name: 'agent', of: ({ agent }) => agent, show: ({ agent }) => <Agent name={agent} /> },
          {
            name: 'now',
            of: ({ now }) => now,
            show: ({ now }) => <span className={now === 'fails' ? 'chip bad' : 'chip good'}>{now}</span>,
          },
          { name: data.first, of: ({ from }) => `${number(100 * from)}%`, num: true },
          { name: data.second, of: ({ to }) => `${number(100 * to)}%`, num: true },
          {
            name: 'transcripts',
            of: ({ trials }) => trials.join(' '),
            show: ({ trials: [a, b] }) => (
              <a
                href={formatRoute(['compare', 'trials'], {
                  first: `${data.first}/${a}`,
                  second: `${data.second}/${b}`,
                })}
              >
                side by side
              </a>
            ),
          },
        ]}
      />
    </>
  )
}
