import type { AnalysisInput } from '../analysis.ts'
import type { Analysed, Denominator } from '../finding.ts'
import { fewClusters } from '../mean.ts'
import type { Case, Settings } from './stack-cases.ts'

/** The cases of one agent in one setting, with what all findings over them say. */
export interface Part {
  readonly subject: Analysed['subject']
  readonly conditions: Readonly<Record<string, string>>
  readonly cases: readonly Case[]
  readonly n: Denominator
  readonly label: string
  readonly layers: readonly string[]
  readonly settings: Settings
  readonly input: AnalysisInput
  readonly notes: readonly string[]
}

/** What every finding over stacks says of its cases. */
export function base({
  subject,
  conditions,
  n,
  label,
  notes,
}: Part): Pick<Analysed, 'subject' | 'conditions' | 'n' | 'policies' | 'caveats' | 'wrongIf'> {
  return {
    subject,
    conditions,
    n,
    policies: {
      cases: 'those that met every setting',
      invalid: 'left out and counted',
      cluster: 'behaviour',
      attacked: label,
    },
    caveats: [
      ...fewClusters(n.clusters, 'behaviours'),
      ...(label.startsWith('attacked with and') ? [] : [label]),
      ...notes,
    ],
    wrongIf: 'an attacker that knows the stack does better than these fixed attacks',
  }
}
