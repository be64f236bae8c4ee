import { audits } from './audits.ts'
import { briefs } from './briefs.ts'
import { plans } from './plans.ts'
import { studies } from './studies.ts'
import type { Scene } from './play.ts'

/** All that is frozen but the local model, which is slow and may not be here. */
export const scenes: readonly Scene[] = [audits, ...studies, ...plans, briefs]
