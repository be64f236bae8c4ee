import type { ErrandMaker } from '../errand.ts'
import { CALENDAR_ERRANDS } from './calendar.ts'
import { FILE_ERRANDS } from './files.ts'
import { MAIL_ERRANDS } from './mail.ts'
import { PAYMENT_ERRANDS } from './payments.ts'
import { WEB_ERRANDS } from './web.ts'

/** All errands by name. */
export const ERRANDS: Readonly<Record<string, ErrandMaker>> = {
  ...MAIL_ERRANDS,
  ...CALENDAR_ERRANDS,
  ...FILE_ERRANDS,
  ...WEB_ERRANDS,
  ...PAYMENT_ERRANDS,
}
