import type { Break } from '../break.ts'
import { answerBreaks } from './answers.ts'
import { attackBreaks } from './attacks.ts'
import { awarenessBreaks } from './awareness.ts'
import { insideBreaks } from './inside.ts'
import { monitoringBreaks } from './monitoring.ts'
import { readerBreaks } from './readers.ts'
import { vendingBreaks } from './vending.ts'
import { workBreaks } from './work.ts'

/** Every break, over all studies. */
export const BREAKS: readonly Break[] = [
  ...vendingBreaks,
  ...workBreaks,
  ...attackBreaks,
  ...insideBreaks,
  ...answerBreaks,
  ...readerBreaks,
  ...monitoringBreaks,
  ...awarenessBreaks,
]
