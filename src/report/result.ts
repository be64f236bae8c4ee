import type { Finding } from '../findings/index.ts'
import { analysisSentence, calibrationSentence } from './paragraph.ts'
import { doubtsOf } from './line.ts'
import { counted, plain } from './plain.ts'
import { rawCell, validationSentence } from './validation.ts'
import { conditionsText, estimateText, findingValue, percent, sampleText, whyNoInterval } from './values.ts'

/** How many controls are named with a result. */
const CONTROLS = 4

/** The number alone: `mean net worth $184.38 (95% CI $171.26 to $197.49; 8 seeds)`. */
export function resultText(finding: Finding): string {
  const raw = rawCell(finding)
  const corrected = raw === '' ? '' : `; corrected for the check's errors, ${raw} as read`
  return `${plain(finding.title)} ${numberText(finding, `${sampleText(finding)}${corrected}`)}`
}

/**
 * The answer in one sentence, with the controls under the same conditions:
 * `Result: local/m, scaffold=few-shot: mean net worth $184.38 (95% CI …; 8 seeds). Controls: careful $193.00, idle $0.00.`
 *
 * @param all findings of the same run, which the controls are looked up in
 */
export function resultSentence(finding: Finding, all: readonly Finding[] = []): string {
  const where = conditionsText(finding.conditions)
  const flags = doubtsOf(finding)
  const controls = controlsOf(finding, all).slice(0, CONTROLS)
  const beside = controls.map(
    (each) =>
      `${plain(each.subject.type === 'all' ? '' : each.subject.name).replace(/^control\//, '')} ${valueOf(each)}`,
  )
  return `Result: ${where === '' ? '' : `${where}: `}${resultText(finding)}${flags.length === 0 ? '' : `, ${flags.join('; ')}`}.${beside.length === 0 ? '' : ` Controls: ${beside.join(', ')}.`}`
}

/**
 * The findings that answer a run's question: of agents, not of controls; those that the study shows first, or its first
 * quantity where it does not say.
 */
export function headlines(
  findings: readonly Finding[],
  isHeadline?: (finding: Finding) => boolean,
): readonly Finding[] {
  const ofAgents = findings.filter(({ subject }) => subject.type !== 'control')
  return ofAgents.filter((finding) => isHeadline?.(finding) ?? finding.quantity === ofAgents[0]?.quantity)
}

/** What a run found, a sentence a line: at most six of its headlines, and how many more there are. */
export function resultSentences(
  findings: readonly Finding[],
  isHeadline?: (finding: Finding) => boolean,
): readonly string[] {
  const found = headlines(findings, isHeadline)
  if (found.length === 0) return findings.length === 0 ? [] : ['Result: only controls ran, so no agent was measured.']
  const more = found.length - SENTENCES
  return [
    ...found.slice(0, SENTENCES).map((finding) => resultSentence(finding, findings)),
    ...(more > 0 ? [`And ${counted(more, 'more result')} in the tables.`] : []),
  ]
}

const SENTENCES = 6

/**
 * A finding as it may be cited: agent and settings, conditions, estimate, interval and method, sample and what was left
 * out, controls, planned or exploratory, version, study and hashes.
 */
export function citation(finding: Finding): string {
  const { title, conditions, n, method, policies, provenance } = finding
  const where = conditionsText(conditions)
  const { sampling } = policies
  const settings = [where, ...(sampling === undefined ? [] : [plain(sampling)])]
    .filter((each) => each !== '')
    .join('; ')
  const sample = `${plain(method)} over ${sampleText(finding)}; ${counted(n.trials, 'trial')} of ${counted(n.tasks, 'task')}, ${n.invalid} invalid, ${n.missing} missing`
  return [
    `${plain(title)} (${settings}): ${numberText(finding, sample)}.`,
    calibrationSentence(finding),
    ...[validationSentence(finding)].filter((each) => each !== ''),
    analysisSentence(finding),
    `Assay ${plain(provenance.version)}, study ${plain(provenance.study)}, run ${plain(provenance.run)}, plan ${provenance.designHash}, data ${provenance.dataHash}.`,
  ]
    .join(' ')
    .replace(/^./, (letter) => letter.toUpperCase())
}

function numberText(finding: Finding, sample: string): string {
  const { estimate } = finding
  if (estimate.type !== 'estimate')
    return estimate.value === undefined
      ? `${estimateText(finding)} (${sample})`
      : `${findingValue(finding, estimate.value)} (${whyNoInterval(finding)}; ${sample})`
  const { low, high, level } = estimate.interval
  const [bottom, top] = [findingValue(finding, low), findingValue(finding, high)]
  // A share of nothing is said with how many it is of, and with the most that it may be.
  if (isNothing(finding, estimate.value))
    return `${valueOf(finding)} (at most ${top} by its ${percent(level)} CI; ${sample})`
  return `${findingValue(finding, estimate.value)} (${percent(level)} CI ${bottom} to ${top}; ${sample})`
}

/** The same quantity of the controls, under the same conditions. */
function controlsOf({ quantity, conditions }: Finding, all: readonly Finding[]): readonly Finding[] {
  return all.filter(
    (each) =>
      each.quantity === quantity &&
      each.subject.type === 'control' &&
      Object.entries(each.conditions).every(
        ([name, level]) => name === 'agent' || (conditions[name] ?? level) === level,
      ),
  )
}

function valueOf(finding: Finding): string {
  const { value } = finding.estimate
  if (value === undefined) return 'not estimable'
  return isNothing(finding, value) ? `0 of ${finding.n.trials.toLocaleString('en-US')}` : findingValue(finding, value)
}

/** Whether it is a share of trials of which none succeeded. */
function isNothing({ unit, kind, n }: Finding, value: number): boolean {
  return unit === 'proportion' && kind === 'level' && value === 0 && n.trials === n.clusters
}
