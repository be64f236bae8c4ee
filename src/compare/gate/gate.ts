import { renamedCell, renamedQuantity } from '../../record/index.ts'
import type { Reading } from '../../study/index.ts'
import { answersRule, type Finding } from '../../findings/index.ts'
import { conditionsText, findingLine, idleThreshold, tooSmallText, UNVALIDATED, valueText } from '../../report/index.ts'
import type { GatePolicy, GateRule } from './policy.ts'

/** One rule held against one finding, or against none where there is none. */
export interface GateCheck {
  readonly rule: string
  readonly passed: boolean
  /** Why it failed; empty where it passed. */
  readonly reasons: readonly string[]
  /** The threshold in words. */
  readonly wanted: string
  readonly finding?: Finding
  /** The finding on one line. */
  readonly read?: string
}

export interface GateResult {
  readonly policy: string
  readonly run: string
  readonly passed: boolean
  readonly checks: readonly GateCheck[]
}

/**
 * Holds the findings of a run against a policy: by the bound of the interval, never by the estimate. A finding that is
 * missing, uncalibrated, incomplete, exploratory or not estimable fails its rule, and so does any finding of a run that cannot be read.
 */
export function gate(
  policy: GatePolicy,
  run: {
    readonly run: string
    readonly createdAt: string
    readonly reading: Reading
    /** Whose names the policy may use, old ones too. Absent: the policy's names are taken as they are. */
    readonly study?: string
  },
): GateResult {
  const late = policy.setAt !== undefined && Date.parse(policy.setAt) > Date.parse(run.createdAt)
  const standing = [
    ...(late ? [`the policy was set at ${policy.setAt}, after the run began at ${run.createdAt}`] : []),
    ...run.reading.unreadable.map(
      ({ where, invalid, trials }) => `the run cannot be read: ${invalid} of ${trials} trials are invalid in ${where}`,
    ),
  ]
  const checks = policy.rules.flatMap((rule) => checksOf(ruleNow(rule, run.study), run.reading, standing))
  return {
    policy: policy.name ?? 'gate',
    run: run.run,
    passed: checks.every((check) => check.passed),
    checks,
  }
}

/** A rule in the names that its study has now. */
function ruleNow(rule: GateRule, study?: string): GateRule {
  if (study === undefined) return rule
  return { ...rule, quantity: renamedQuantity(study, rule.quantity), where: renamedCell(study, rule.where) }
}

function checksOf(rule: GateRule, reading: Reading, standing: readonly string[]): readonly GateCheck[] {
  const where = conditionsText(rule.where)
  const name = rule.name ?? `${rule.quantity}${where === '' ? '' : ` (${where})`}`
  const matches = reading.findings.filter((finding) => answersRule(finding, rule))
  if (matches.length === 0) {
    const reasons = [...standing, missing(rule, reading)]
    return [{ rule: name, passed: false, reasons, wanted: wantedText(rule) }]
  }
  return matches.map((finding) => {
    const reasons = [...standing, ...breaches(rule, finding)]
    return {
      rule: matches.length === 1 ? name : `${name}: ${conditionsText(finding.conditions)}`,
      passed: reasons.length === 0,
      reasons,
      wanted: wantedText(rule, finding),
      finding,
      read: findingLine(finding),
    }
  })
}

function missing(rule: GateRule, { findings }: Reading): string {
  const same = findings.filter((finding) => finding.quantity === rule.quantity)
  if (same.length === 0) {
    const known = [...new Set(findings.map((finding) => finding.quantity))].join(', ')
    return `the run has no finding ${rule.quantity}; it has ${known === '' ? 'none' : known}`
  }
  return `no finding ${rule.quantity} of a real agent has these conditions; there are ${same.map((finding) => conditionsText(finding.conditions)).join('; ')}`
}

function breaches(rule: GateRule, finding: Finding): readonly string[] {
  const { estimate, n, unit, kind } = finding
  const reasons: string[] = []
  const print = (value: number): string => valueText(value, unit, kind)
  if (finding.calibration === 'uncalibrated')
    reasons.push(`it is uncalibrated: ${finding.whyUncalibrated ?? 'no control has a known value for it'}`)
  if (finding.validation?.type === 'unvalidated') reasons.push(`it is unvalidated: ${UNVALIDATED}`)
  if (finding.standing === 'incomplete') reasons.push('it is incomplete: the run is unfinished')
  if (finding.standing === 'exploratory') reasons.push('it is exploratory: its analysis was not in the plan')
  if (unit !== rule.unit) return [...reasons, `it is in ${unit}, the policy is in ${rule.unit}`]
  const idle = idleThreshold(finding, [rule.atLeast, rule.atMost])
  if (idle !== undefined) reasons.push(idle)
  if (rule.minClusters !== undefined && n.clusters < rule.minClusters)
    reasons.push(`it has ${n.clusters} clusters, the policy asks for ${rule.minClusters}`)
  if (estimate.type !== 'estimate') return [...reasons, `it is not estimable: ${estimate.reason}`]
  const { low, high } = estimate.interval
  if (rule.atLeast !== undefined && !(low >= rule.atLeast))
    reasons.push(`its lower bound ${print(low)} is below ${print(rule.atLeast)}`)
  if (rule.atMost !== undefined && !(high <= rule.atMost))
    reasons.push(`its upper bound ${print(high)} is above ${print(rule.atMost)}`)
  const small = tooSmallText(finding)
  if (reasons.length > 0 && small !== '') reasons.push(small)
  return reasons
}

/** The threshold in words; without a finding nobody knows whether it is of a change, so it is written plainly. */
function wantedText({ unit, atLeast, atMost }: GateRule, finding?: Finding): string {
  const print = (value: number): string => valueText(value, unit, finding?.kind)
  const said = [
    ...(atLeast === undefined ? [] : [`lower bound at least ${print(atLeast)}`]),
    ...(atMost === undefined ? [] : [`upper bound at most ${print(atMost)}`]),
  ]
  return said.join(', ')
}
