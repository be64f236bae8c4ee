import type { Finding } from '../findings/index.ts'
import { plain } from './plain.ts'
import { UNVALIDATED } from './validation.ts'

/** What keeps a finding from deciding anything, to be written after it: `, incomplete; uncalibrated: no control ran`. */
export function doubtText({ standing, calibration, controls, validation }: Finding): string {
  const failed = [...new Set(controls.filter((each) => !each.passed).map(({ control }) => plain(control)))]
  const why =
    failed.length === 0
      ? 'no control ran'
      : `${failed.length === 1 ? 'control' : 'controls'} ${failed.join(', ')} failed`
  const doubts = [
    ...(standing === 'planned' ? [] : [standing]),
    ...(calibration === 'calibrated' ? [] : [`uncalibrated: ${why}`]),
    ...(validation?.type === 'unvalidated' ? [`unvalidated: ${UNVALIDATED}`] : []),
  ]
  return doubts.length === 0 ? '' : `, ${doubts.join('; ')}`
}
