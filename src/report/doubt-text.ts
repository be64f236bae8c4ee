import type { Finding } from '../findings/index.ts'
import { plain } from './plain.ts'
import { UNVALIDATED } from './validation.ts'

/** What keeps a finding from deciding anything; empty where nothing does: `incomplete; uncalibrated: no control ran`. */
export function doubtText({ standing, calibration, whyUncalibrated, validation }: Finding): string {
  const doubts = [
    ...(standing === 'planned' ? [] : [standing]),
    ...(calibration === 'calibrated'
      ? []
      : [`uncalibrated: ${plain(whyUncalibrated ?? 'no control has a known value for it')}`]),
    ...(validation?.type === 'unvalidated' ? [`unvalidated: ${UNVALIDATED}`] : []),
  ]
  return doubts.join('; ')
}
