import type { Finding } from '../findings/index.ts'
import { controlNamed } from '../record/index.ts'
import { endsTexts } from './line.ts'
import { analysisSentence, calibrationSentence } from './paragraph.ts'
import { doubtText } from './doubt-text.ts'
import { bareValue, numberText } from './number-text.ts'
import { pairSentence } from './pair-sentence.ts'
import { counted, plain } from './plain.ts'
import { rawCell, validationSentence } from './validation.ts'
import { conditionsText, sampleText } from './values.ts'

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
  const { subject } = finding
  if (subject.type === 'pair') return pairSentence(finding, { ...subject, what: finding.title.replace(/: [^:]*$/, '') })
  const where = conditionsText(finding.conditions)
  const controls = controlsOf(finding, all).slice(0, CONTROLS)
  const beside = controls.map(
    (each) => `${controlNamed(plain('name' in each.subject ? each.subject.name : ''))} ${bareValue(each)}`,
  )
  return `Result: ${where === '' ? '' : `${where}: `}${resultText(finding)}${doubtText(finding)}.${beside.length === 0 ? '' : ` Controls: ${beside.join(', ')}.`}`
}

/**
 * The findings that answer a run's question: agents against each other, then of agents, not of controls, those that the
 * study shows first, or its first quantity where it does not say.
 */
export function headlines(
  findings: readonly Finding[],
  isHeadline?: (finding: Finding) => boolean,
): readonly Finding[] {
  const pairs = findings.filter(({ subject }) => subject.type === 'pair')
  const ofAgents = findings.filter(({ subject }) => subject.type !== 'control' && subject.type !== 'pair')
  return [
    ...pairs,
    ...ofAgents.filter((finding) => isHeadline?.(finding) ?? finding.quantity === ofAgents[0]?.quantity),
  ]
}

/** What a run found, a sentence a line: at most six of its headlines, and how many more there are. */
export function resultSentences(
  findings: readonly Finding[],
  isHeadline?: (finding: Finding) => boolean,
): readonly string[] {
  const found = headlines(findings, isHeadline)
  if (found.length === 0) return findings.length === 0 ? [] : ['Result: only controls ran, so no agent was measured.']
  const more = found.length - SENTENCES
  // Each agent's own number is in the tables too; which of them is better is told first.
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
  const sample = `${plain(method)} over ${sampleText(finding)}; ${counted(n.trials, 'trial')} of ${counted(n.tasks, 'task')}, ${[`${n.invalid} invalid`, `${n.missing} missing`, ...endsTexts(n)].join(', ')}`
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
