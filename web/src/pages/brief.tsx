import type { ReactElement } from 'react'
import type { BriefPage as BriefData, SaidClaim } from '../../../src/server/api.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Fact } from '../parts/fact.tsx'
import { Figure } from '../parts/figure.tsx'
import { fileName, SaveCsv } from '../parts/save.tsx'
import { Standing } from '../parts/standing.tsx'
import { formatRoute } from '../route.ts'
import { number } from '../say.ts'
import { useAsked, useTitle } from '../use.ts'

/** Never told by colour alone. */
const SIGNS: Readonly<Record<string, string>> = {
  supported: '✓',
  contradicted: '✗',
  unresolved: '?',
  uncalibrated: '!',
  unvalidated: '!',
  untested: '–',
}

/** Briefs that lie here. */
export function BriefsPage(): ReactElement {
  useTitle('Briefs')
  const asked = useAsked('/api/briefs', {})
  return (
    <>
      <h1>Briefs</h1>
      <Standing asked={asked} what="briefs" />
      {asked.data?.length === 0 && (
        <p>
          No brief is here. Show one with <code>npx assay view --brief brief.yaml</code>, make one with{' '}
          <code>npx assay brief new brief.yaml</code>.
        </p>
      )}
      <dl>
        {asked.data?.map(({ brief, title, claims, why }) => (
          <div key={brief}>
            <dt>
              <a href={formatRoute(['briefs', brief])}>{title ?? brief}</a>
            </dt>
            <dd className={why === undefined ? 'quiet' : 'failure'}>
              {why ?? `${brief}, ${number(claims ?? 0)} claims`}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** A brief: what may be said, by which rule, and the trials under it. */
export function BriefPage({ brief }: { readonly brief: string }): ReactElement {
  const asked = useAsked('/api/briefs/:brief', { brief })
  const { data } = asked
  useTitle(data?.title ?? brief)
  return (
    <>
      <p className="crumbs">
        <a href="#/briefs">Briefs</a>
      </p>
      <h1>{data?.title ?? brief}</h1>
      <Standing asked={asked} what="the brief" />
      {data !== undefined && <BriefBody data={data} />}
    </>
  )
}

function BriefBody({ data }: { readonly data: BriefData }): ReactElement {
  const told = new Set<string>()
  const fresh = (ids: readonly string[]): readonly SaidClaim[] =>
    ids.flatMap((id) => {
      const claim = told.has(id) ? undefined : data.claims.find((each) => each.id === id)
      told.add(id)
      return claim ?? []
    })
  const sections = data.sections.map(({ title, claims }) => ({ title, claims: fresh(claims) }))
  const rest = fresh(data.claims.map(({ id }) => id))
  return (
    <>
      <dl className="facts">
        {[...(data.updated === undefined ? [] : [['updated', data.updated] as const]), ...Object.entries(data.counts)]
          .filter(([, count]) => count !== 0)
          .map(([name, value]) => (
            <Fact key={name} name={name}>
              {value}
            </Fact>
          ))}
      </dl>
      <p>{data.confidence}</p>
      <SaveCsv
        name={`${data.brief} claims`}
        head={['claim', 'verdict', 'run', 'rule', 'given', 'because', 'places']}
        rows={() =>
          data.claims.map((claim) => [
            claim.text,
            claim.status,
            claim.run ?? null,
            claim.rule,
            claim.inputs,
            claim.reasons.join('; '),
            claim.places.join('; '),
          ])
        }
      />
      {data.takeaways.length > 0 && (
        <section>
          <h2>Key takeaways</h2>
          <ul>
            {data.takeaways.map((id) => {
              const claim = data.claims.find((each) => each.id === id)
              return (
                claim !== undefined && (
                  <li key={id}>
                    {claim.text} <Badge status={claim.status} />
                  </li>
                )
              )
            })}
          </ul>
        </section>
      )}
      {[...sections, { title: sections.length === 0 ? 'Claims' : 'Other claims', claims: rest }].map(
        ({ title, claims }, index) =>
          claims.length > 0 && (
            <section key={index}>
              <h2>{title}</h2>
              {claims.map((claim) => (
                <Claim key={claim.id} brief={data.brief} claim={claim} />
              ))}
            </section>
          ),
      )}
      <Lines title="Watchlist" lines={data.watchlist} />
      <Lines title="Unknowns" lines={data.unknowns} />
      <Lines
        title="Sources"
        lines={data.sources.map(({ title, url }) => (url === undefined ? title : `${title}: ${url}`))}
      />
    </>
  )
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }): ReactElement | null {
  if (lines.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}

function Badge({ status }: { readonly status: string }): ReactElement {
  return (
    <span className={`verdict ${status}`}>
      <span aria-hidden="true">{SIGNS[status] ?? ''}</span> {status}
    </span>
  )
}

/** A claim with its verdict, the rule and what the rule was given, and the events under it. */
function Claim({ brief, claim }: { readonly brief: string; readonly claim: SaidClaim }): ReactElement {
  const { id, text, status, rule, inputs, reasons, next, quotes, run, study, finding, wrongIf, controls } = claim
  return (
    <article className="claim" id={id}>
      <h3>
        {text} <Badge status={status} />
      </h3>
      <dl className="rows">
        {quotes.map((quote) => (
          <Fact key={quote.text} name="said">
            <q>{quote.text}</q>{' '}
            <span className="quiet">
              {quote.told === '' ? '' : `${quote.told}; `}
              {quote.source}
            </span>
          </Fact>
        ))}
        <Fact name="rule">{rule}</Fact>
        {inputs !== '' && <Fact name="given">{inputs}</Fact>}
        {reasons.length > 0 && <Fact name="because">{reasons.join('; ')}</Fact>}
        {next !== undefined && (
          <Fact name="next">
            <code>{next}</code>
          </Fact>
        )}
        {run !== undefined && (
          <Fact name="run">
            <a href={formatRoute(['runs', run])}>{run}</a>
          </Fact>
        )}
        {study !== undefined && (
          <Fact name="study">
            <a href={formatRoute(['studies', study])}>{study}</a>
          </Fact>
        )}
        {controls !== undefined && <Fact name="controls">{controls}</Fact>}
        {wrongIf !== undefined && <Fact name="wrong if">{wrongIf}</Fact>}
      </dl>
      {finding !== undefined && (
        <>
          <Figure
            address="/api/briefs/:brief/claims/:claim/figure"
            given={{ brief, claim: id }}
            title="First row: the finding that the rule was given. Dashed upright: the threshold."
            name={fileName(brief, id)}
          />
          <details>
            <summary>How it was measured</summary>
            <p>{finding.paragraph}</p>
          </details>
        </>
      )}
      {run !== undefined && claim.trialCount > 0 && (
        <details>
          <summary>
            {number(claim.trialCount)} trials under it, and the event that holds what was measured in each
          </summary>
          <DataTable
            title={`trials under ${id}`}
            rows={claim.trials}
            columns={[
              {
                name: 'event',
                of: ({ trial, event }) => `${trial} ${event}`,
                show: ({ trial, event }) => (
                  <a href={formatRoute(['runs', run, 'trials', trial], { event: String(event) })}>
                    {trial}, event {event}
                  </a>
                ),
              },
              { name: 'measured', of: ({ value }) => value ?? 'missing', num: true },
              { name: 'where', of: ({ where }) => where },
            ]}
          />
          {claim.trials.length < claim.trialCount && (
            <p className="quiet">The first {number(claim.trials.length)} of them.</p>
          )}
        </details>
      )}
    </article>
  )
}
