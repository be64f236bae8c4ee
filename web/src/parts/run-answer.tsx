import type { ReactElement } from 'react'
import type { RunPage, SaidFinding } from '../../../src/server/api.ts'
import { number, visible } from '../say.ts'
import { Agent } from './agent.tsx'
import { RunAnswer } from './answer.tsx'
import { ControlChecks } from './control-checks.tsx'
import { Design } from './design.tsx'
import { Figure } from './figure.tsx'
import { Folds, GroupBody, membersOf, type Group } from './finding.tsx'
import { Fold } from './fold.tsx'
import { Forest, highestOf, isControl, panelsOf } from './forest.tsx'
import { curvesOf, Lines } from './lines.tsx'

interface PartProps {
  readonly run: string
  readonly data: RunPage
}

/** What was asked, the answer, and the one figure that shows it. */
export function Hero({ run, data }: PartProps): ReactElement {
  return (
    <div className="hero">
      <div>
        <p className="question">{data.row.question}</p>
        <RunAnswer {...data.answer} />
      </div>
      <HeroFigure run={run} data={data} />
    </div>
  )
}

function HeroFigure({ run, data }: PartProps): ReactElement | null {
  const [first] = data.groups
  const [title] = data.series
  if (title !== undefined && !data.isDrawn && data.answer.answer !== undefined)
    return (
      <Figure
        address="/api/runs/:run/figures/series/:number"
        given={{ run, number: '0' }}
        title={title}
        name={`${run}-series-0`}
        stamp={data.reading.dataHash}
      />
    )
  const own = first === undefined ? [] : membersOf(first, data.findings)
  const agents = own.filter((said) => !isControl(said))
  const highest = highestOf(agents.length > 0 ? agents : own)
  const curves = curvesOf(data.findings)

  const panels = panelsOf(curves)
  const drawn = panels.get(highest?.[0] ?? '') ?? [...panels.values()][0]
  if (drawn !== undefined) {
    const title = figureTitle(panels.size === 1 ? '' : (highest?.[0] ?? ''), drawn)
    return (
      <figure>
        <figcaption>{title}</figcaption>
        <Lines title={title} findings={drawn} />
      </figure>
    )
  }
  if (highest === undefined || first === undefined) return null
  const [condition, said] = highest
  return (
    <figure>
      <figcaption>
        {first.title}
        {condition === '' ? '' : `, ${condition}`}
      </figcaption>
      <Forest title={first.title} findings={said.slice(0, MOST)} axis={first.axis} />
    </figure>
  )
}

function figureTitle(condition: string, findings: readonly SaidFinding[]): string {
  const figure = findings[0]?.finding.figure
  return `${capital(figure?.y ?? '')} by ${figure?.x ?? ''}${condition === '' ? '' : `, ${condition}`}`
}

/** Rows of the first figure. */
const MOST = 8

interface Section {
  readonly id: string
  readonly title: string
  readonly hint: string
  readonly body: ReactElement
}

/** The findings by question, how trials ended, the controls and the method; each a part of one page with its contents. */
export function AnswerTab({ run, data }: PartProps): ReactElement {
  const sections = sectionsOf({ run, data })
  return (
    <div className="split">
      <nav className="contents" aria-label="On this page">
        {sections.map(({ id, title, hint }) => (
          // Not an address of its own: the address says which view it is.
          <a
            key={id}
            href={window.location.hash}
            onClick={(event) => {
              event.preventDefault()
              document.getElementById(id)?.scrollIntoView({ behavior: 'smooth' })
            }}
          >
            {title}
            <small>{hint}</small>
          </a>
        ))}
      </nav>
      <div>
        {sections.map(({ id, title, body }) => (
          <section key={id} id={id} className="part" aria-label={title}>
            <h2>{title}</h2>
            {body}
          </section>
        ))}
      </div>
    </div>
  )
}

function sectionsOf({ run, data }: PartProps): readonly Section[] {
  const { groups, findings, series, reading } = data
  const stamp = reading.dataHash
  const [first] = groups
  const rest = groups.slice(1)
  const of = (section: Group['section']): readonly Group[] => rest.filter((group) => group.section === section)
  const folds = (own: readonly Group[]): ReactElement => (
    <Folds groups={own} findings={findings} run={run} stamp={stamp} />
  )
  const measured = [...of('headline'), ...of('measured')]
  const differences = of('difference')
  const others = [...series.keys()].slice(data.answer.answer === undefined || data.isDrawn ? 0 : 1)
  return [
    ...(first === undefined
      ? []
      : [
          {
            id: 'headline',
            title: capital(first.title),
            hint: first.short.flatMap(({ type, text }) => (type === 'number' ? [text] : [])).join(' · '),
            body: <GroupBody group={first} findings={findings} run={run} stamp={stamp} most={6} />,
          },
        ]),
    ...(others.length === 0
      ? []
      : [
          {
            id: 'series',
            title: data.isDrawn ? 'The figure of the study' : 'Over time',
            hint: others.length === 1 ? '1 figure' : `${others.length} figures`,
            body: <Series run={run} data={data} which={others} />,
          },
        ]),
    ...(measured.length === 0
      ? []
      : [{ id: 'measured', title: 'What else was measured', hint: questions(measured), body: folds(measured) }]),
    ...(differences.length === 0
      ? []
      : [
          {
            id: 'differences',
            title: 'What makes a difference',
            hint: questions(differences),
            body: folds(differences),
          },
        ]),
    { id: 'ends', title: 'How trials ended', hint: data.trust[3]?.value ?? '', body: <EndsTable ends={data.ends} /> },
    { id: 'checks', title: 'Controls', hint: data.trust[0]?.value ?? '', body: <Controls data={data} /> },
    { id: 'method', title: 'How it was measured', hint: data.trust[4]?.value ?? '', body: <Method data={data} /> },
  ]
}

function questions(groups: readonly Group[]): string {
  return groups.length === 1 ? '1 question' : `${groups.length} questions`
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function Series({ run, data, which }: PartProps & { readonly which: readonly number[] }): ReactElement {
  return (
    <div className="folds">
      {which.map((index) => (
        <Fold key={index} asks="Figure" short={data.series[index] ?? ''}>
          <Figure
            address="/api/runs/:run/figures/series/:number"
            given={{ run, number: String(index) }}
            title={data.series[index] ?? ''}
            name={`${run}-series-${index}`}
            stamp={data.reading.dataHash}
          />
        </Fold>
      ))}
    </div>
  )
}

/** How the trials of each agent ended, to scale; those of controls folded. */
function EndsTable({ ends }: { readonly ends: RunPage['ends'] }): ReactElement {
  const agents = ends.filter(({ control }) => !control)
  const controls = ends.filter(({ control }) => control)
  return (
    <>
      {agents.length > 0 && <EndRows ends={agents} />}
      {controls.length > 0 && (
        <div className="folds">
          <Fold asks="Controls" short={`${controls.length} controls, ${number(trialsIn(controls))} trials`}>
            <EndRows ends={controls} />
          </Fold>
        </div>
      )}
    </>
  )
}

function trialsIn(ends: RunPage['ends']): number {
  return ends.reduce((sum, each) => sum + each.ends.reduce((own, { trials }) => own + trials, 0), 0)
}

function EndRows({ ends }: { readonly ends: RunPage['ends'] }): ReactElement {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="How trials ended">
      <table className="ends">
        <thead>
          <tr>
            <th scope="col">agent</th>
            <th scope="col">how its trials ended</th>
            <th scope="col" className="num">
              trials
            </th>
          </tr>
        </thead>
        <tbody>
          {ends.map((each) => {
            const all = trialsIn([each])
            return (
              <tr key={each.agent}>
                <td>
                  <Agent name={each.agent} control={each.control} />
                </td>
                <td>
                  <span className="share">
                    {each.ends.map(({ how, isCut, trials }) => (
                      <span
                        key={how}
                        className={isCut ? 'cut' : undefined}
                        style={{ width: `${(100 * trials) / all}%` }}
                      >
                        {number(trials)} {visible(how)}
                      </span>
                    ))}
                  </span>
                </td>
                <td className="num">{number(all)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Controls({ data }: { readonly data: RunPage }): ReactElement {
  const names = [...new Set(data.reading.controls.map(({ control }) => control))]
  return (
    <div className="folds">
      <Fold
        asks={names.slice(0, 8).join(', ')}
        short={data.controlsSentence}
        unit={data.trust[0]?.status === 'good' ? 'pass' : ''}
      >
        <ControlChecks controls={data.reading.controls} />
      </Fold>
    </div>
  )
}

function Method({ data }: { readonly data: RunPage }): ReactElement {
  const wrong = [...new Set(data.findings.map(({ finding }) => finding.wrongIf))]
  return (
    <div className="folds">
      <Fold asks="Design" short={`${number(data.row.planned)} trials, fixed before the run`}>
        <Design data={data} />
      </Fold>
      <Fold asks="What would make it wrong" short={wrong[0] ?? 'No finding yet.'}>
        <ul>
          {wrong.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </Fold>
      <Fold
        asks="Where it comes from"
        short={`Assay ${data.versions['assay'] ?? ''}, plan ${data.designHash.slice(0, 12)}`}
      >
        <p>
          Plan hash <code>{data.designHash}</code>, fingerprint of the rows <code>{data.reading.dataHash}</code>.
        </p>
      </Fold>
    </div>
  )
}
