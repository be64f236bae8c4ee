import type { Finding } from './finding.ts'

/** What a rule of a gate and the test of a claim ask for: a quantity, under every condition that is named. */
export interface Asked {
  readonly quantity: string
  readonly where: Readonly<Record<string, string>>
}

/**
 * Whether a finding is what was asked for. A control's finding is that only where the rule names its agent: a rule that
 * names nobody asks about agents whose result is not known in advance.
 */
export function answersRule(
  finding: Pick<Finding, 'quantity' | 'conditions' | 'subject'>,
  { quantity, where }: Asked,
): boolean {
  return (
    finding.quantity === quantity &&
    (finding.subject.type !== 'control' || where['agent'] !== undefined) &&
    Object.entries(where).every(([name, level]) => finding.conditions[name] === level)
  )
}
