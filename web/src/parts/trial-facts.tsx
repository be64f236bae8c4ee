import type { ReactElement } from 'react'
import { stopText } from '../../../src/report/limit-text.ts'
import type { TrialOverview } from '../../../src/server/api.ts'
import { dollars, number, visible } from '../say.ts'
import { Fact } from './fact.tsx'

export type TrialTexts = readonly (readonly [name: string, value: string])[]

/**
 * What a trial was, and how it ended, as names and texts.
 *
 * @param measured in words and units; without it the numbers stand as they are recorded
 */
export function trialFacts(
  { outcome }: TrialOverview,
  measured?: readonly { readonly name: string; readonly value: string }[],
): TrialTexts {
  if (outcome === undefined) return []
  return [
    ['agent', outcome.agent],
    ...Object.entries(outcome.cell),
    ['task', outcome.task],
    ['seed', outcome.seed],
    ['status', outcome.status],
    ['stop', stopText(outcome.status, outcome.stop)],
    ['turns', number(outcome.turns)],
    ['spent', dollars(outcome.cost.type === 'known' ? outcome.cost.dollars : undefined)],
    ...(measured?.map(({ name, value }) => [name, value] as const) ??
      Object.entries(outcome.values).map(
        ([name, value]) => [name, typeof value === 'number' ? number(value) : JSON.stringify(value)] as const,
      )),
  ]
}

export function TrialFacts({ overview }: { readonly overview: TrialOverview }): ReactElement {
  if (overview.outcome === undefined)
    return <p className="quiet">This trial has not ended: {number(overview.total)} events so far.</p>
  return (
    <dl className="facts">
      {trialFacts(overview).map(([name, value]) => (
        <Fact key={name} name={name}>
          {visible(value)}
        </Fact>
      ))}
    </dl>
  )
}
