import type { ReactElement } from 'react'
import type { RunPage, SaidFinding } from '../../../src/server/api.ts'
import { visible } from '../say.ts'
import { Said } from './answer.tsx'
import { ControlChecks } from './control-checks.tsx'
import { Figure } from './figure.tsx'
import { Fold } from './fold.tsx'
import { Forest, highestOf, isControl, markOf } from './forest.tsx'
import { fileName, SaveCsv } from './save.tsx'
import { Strip } from './strip.tsx'

export type Group = RunPage['groups'][number]

interface GroupProps {
  readonly group: Group
  /** All findings, of which the group names its own by their places. */
  readonly findings: readonly SaidFinding[]
  readonly run?: string
  /** Changes when the run has grown. */
  readonly stamp?: string
}

/** Questions with their short answers, each folded. */
export function Folds({
  groups,
  ...rest
}: Omit<GroupProps, 'group'> & { readonly groups: readonly Group[] }): ReactElement {
  return (
    <div className="folds">
      {groups.map((group) => (
        <FindingFold key={`${group.title} ${group.members.join(' ')}`} group={group} {...rest} />
      ))}
    </div>
  )
}

function FindingFold({ group, findings, ...rest }: GroupProps): ReactElement {
  const own = membersOf(group, findings)
  const agents = own.filter((said) => !isControl(said))
  // The strip shows the condition that the short answer is about.
  const told = highestOf(agents.length > 0 ? agents : own)?.[1] ?? []
  return (
    <Fold
      asks={visible(group.title.replace(/^[a-z](?=[a-z])/, (letter) => letter.toUpperCase()))}
      short={
        <>
          <Said parts={group.short} {...(group.doubt !== undefined && { doubt: group.doubt })} />
          {group.where !== '' && <span className="quiet"> {visible(group.where)}</span>}
          {group.doubt !== undefined && (
            <>
              {' '}
              <span className="chip warn" title={group.doubt}>
                {group.doubt.split(':')[0]}
              </span>
            </>
          )}
        </>
      }
      strip={<Strip axis={{ low: group.axis.low, high: group.axis.high }} marks={told.flatMap(markOf).slice(0, 8)} />}
      unit={own.length === 1 ? '' : `${own.length} numbers`}
    >
      <GroupBody group={group} findings={findings} {...rest} />
    </Fold>
  )
}

export function membersOf({ members }: Group, findings: readonly SaidFinding[]): readonly SaidFinding[] {
  return members.flatMap((place) => findings[place] ?? [])
}

/** Intervals in rows, then what all of them share said once, the figure, and each of them in words. */
export function GroupBody({
  group,
  findings,
  run,
  stamp,
  most,
}: GroupProps & { readonly most?: number }): ReactElement {
  const own = membersOf(group, findings)
  const quantities = [...new Set(own.map(({ finding }) => finding.quantity))]
  const [quantity] = quantities
  return (
    <>
      <Forest
        title={group.title}
        findings={own}
        axis={group.axis}
        {...(run !== undefined && { run })}
        {...(most !== undefined && { most })}
      />
      <p className="caption">
        {sharedText(own)}{' '}
        <SaveCsv
          name={group.title}
          head={['conditions', 'estimate', 'interval', 'sample', 'analysis']}
          rows={() => own.map((said) => [said.conditions, said.estimate, said.interval, said.n, said.flags.join(', ')])}
        />
      </p>
      <Words
        own={own}
        title={group.title}
        {...(run !== undefined && { run })}
        {...(quantity !== undefined && quantities.length === 1 && { quantity })}
        {...(stamp !== undefined && { stamp })}
      />
    </>
  )
}

interface WordsProps {
  readonly own: readonly SaidFinding[]
  readonly title: string
  readonly run?: string
  readonly quantity?: string
  readonly stamp?: string
}

function Words({ own, title, run, quantity, stamp }: WordsProps): ReactElement {
  const isDrawn = own.some(({ finding }) => finding.estimate.type === 'estimate')
  return (
    <Fold asks="In words, and what would make it wrong" short={wrongText(own)}>
      {run !== undefined && quantity !== undefined && isDrawn && (
        <Figure
          address="/api/runs/:run/figures/quantity"
          given={{ run, quantity }}
          title={title}
          name={fileName(run, quantity)}
          {...(stamp !== undefined && { stamp })}
        />
      )}
      {own.map((said, index) => (
        <p key={index}>{said.paragraph}</p>
      ))}
      <ControlChecks title={`Controls that read ${title}`} controls={own.flatMap(({ finding }) => finding.controls)} />
    </Fold>
  )
}

function wrongText(own: readonly SaidFinding[]): string {
  const [first] = new Set(own.map(({ finding }) => finding.wrongIf))
  return first === undefined ? '' : `It would be wrong if ${first.replace(/\.$/, '')}.`
}

/** What all have in common; else that they differ. */
function one(values: readonly string[], many: string): string {
  const [first = '', ...others] = new Set(values)
  return others.length === 0 ? first : many
}

/** What a reader must know of every row, said once: method, sample, and what differs from row to row only as such. */
function sharedText(own: readonly SaidFinding[]): string {
  const estimated = own.flatMap(({ finding }) => (finding.estimate.type === 'estimate' ? [finding] : []))
  const methods = [...new Set(estimated.map(({ method }) => method))].slice(0, 2).join('; ')
  const sample = one(
    own.map(({ n }) => n),
    'samples differ',
  )
  const flags = one(
    own.map((said) => said.flags.join(', ')),
    '',
  )
  const raw = own.some((said) => said.raw !== '') ? 'Corrected for the errors of its check.' : ''
  const level =
    estimated[0]?.estimate.type === 'estimate'
      ? `${Number((100 * estimated[0].estimate.interval.level).toPrecision(4))}% intervals`
      : 'No intervals'
  return [
    `${level}${methods === '' ? '' : ` (${methods})`}, ${sample} each.`,
    raw,
    flags === '' ? '' : `All of them: ${flags}.`,
  ]
    .filter((each) => each !== '')
    .join(' ')
}
