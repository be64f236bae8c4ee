import type { Analysed, ControlReading, Finding } from './finding.ts'

/** Whether controls show that a number is measured right, with the checks that say so. */
export type Calibration = Pick<Finding, 'calibration' | 'whyUncalibrated' | 'controls'>

/**
 * What the run's control checks say of one finding. It is calibrated only if a control has a known value for this very
 * quantity under these conditions, held against the same analysis, and nothing that bears on it failed: no trial of any
 * control, and no finding of this quantity under any conditions.
 *
 * @param checks all control checks of the run
 * @returns the checks that bear on the finding, and where it is uncalibrated, why
 */
export function calibrationOf(
  analysed: Pick<Analysed, 'quantity' | 'measure' | 'conditions' | 'subject'>,
  checks: readonly ControlReading[],
): Calibration {
  const { measure, conditions } = analysed
  const quantity = instrumentOf(analysed)
  const same = checks.filter((each) => each.of === 'finding' && each.measure === quantity)
  const here = same.filter(({ cell }) => Object.entries(cell).every(([name, level]) => isAt(conditions, name, level)))
  const failed = checks.filter((each) => !each.passed && (each.of === 'trials' || same.includes(each)))
  const controls = [...failed, ...here.filter(({ passed }) => passed)]
  // A measure that trials are known to read is not yet a number that an analysis makes of them.
  const isRead = checks.some((each) => each.of === 'trials' && each.measure === measure)
  const what = same.length > 0 ? `${quantity} under these conditions` : isRead ? quantity : (measure ?? quantity)
  const why = whyNot(checks.length, failed, here.length > 0, what)
  return why === undefined
    ? { calibration: 'calibrated', controls }
    : { calibration: 'uncalibrated', whyUncalibrated: why, controls }
}

/** What controls are held against: the quantity, which of two agents is the same whichever two they are. */
export function instrumentOf({
  quantity,
  measure,
  subject,
}: Pick<Analysed, 'quantity' | 'measure' | 'subject'>): string {
  return subject.type === 'pair' && measure !== undefined ? eachTwo(measure) : quantity
}

/** The name of the comparison of each two agents of a run. */
export function eachTwo(measure: string): string {
  return `difference(${measure}: each two agents)`
}

function isAt(conditions: Finding['conditions'], name: string, level: string): boolean {
  return (conditions[name] ?? level) === level
}

function whyNot(ran: number, failed: readonly ControlReading[], isRead: boolean, what: string): string | undefined {
  if (ran === 0) return 'no control ran'
  const names = [...new Set(failed.map(({ control }) => control))]
  if (names.length > 0) return `${names.length === 1 ? 'control' : 'controls'} ${names.join(', ')} failed`
  return isRead ? undefined : `no control has a known value for ${what}`
}
