import type { Analysed, Analysis, AnalysisInput } from '../../findings/index.ts'
import { agentOfControl, type Outcome } from '../../record/index.ts'

/** Controls that yield to some attacks: what these attackers can do at all. */
const REFERENCES: readonly string[] = ['gullible', 'steady', 'uneven', 'backdoor', 'patient', 'imitator', 'primed']

/** Factors that decide which attack it was. */
const ATTACK: readonly string[] = ['attacker', 'tools', 'prefill']

/**
 * Where no attack on a model succeeded, says how often the same attackers succeeded on reference targets of known weakness: a
 * null from attackers who break nothing says nothing about the target.
 */
export function besideReferences<A extends Analysis>(analysis: A): A {
  return {
    ...analysis,
    run: (input: AnalysisInput) =>
      analysis.run(input).map((found) => (isNull(found) ? { ...found, ...referred(found, input.rows) } : found)),
  }
}

function isNull({ subject, estimate, conditions }: Analysed): boolean {
  if (subject.type !== 'model' || conditions['attacker'] === 'benign') return false
  return estimate.type === 'estimate' && estimate.value === 0
}

function referred({ conditions, caveats, details }: Analysed, rows: readonly Outcome[]): Partial<Analysed> {
  const same = rows.filter(({ cell, control, status }) => {
    if (!control || status === 'invalid' || cell['attacker'] === 'benign') return false
    return ATTACK.every((factor) => conditions[factor] === undefined || cell[factor] === conditions[factor])
  })
  const rates = REFERENCES.flatMap((name) => {
    const own = same.filter(({ agent }) => agent === agentOfControl(name))
    const broken = own.filter(({ values }) => values['broken'] === 1).length
    // With tools, a target that only talks is attacked by nobody.
    return own.every(({ values }) => values['attempts'] === 0) ? [] : [`${name} ${broken} of ${own.length}`]
  })
  const said =
    rates.length === 0
      ? 'no attack succeeded, and no reference target ran: nothing says what these attackers can do'
      : `no attack succeeded; on reference targets the same attackers succeeded: ${rates.join(', ')}`
  return { caveats: [...caveats, said], details: { ...details, references: rates.join(', ') } }
}

/** Without the groups of which no trial has the measure: it does not exist there. */
export function whereMeasured<A extends Analysis>(analysis: A): A {
  return { ...analysis, run: (input) => analysis.run(input).filter(({ n }) => n.trials > 0) }
}
