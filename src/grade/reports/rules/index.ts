import { alone, dated, none, opposite, steady } from './done.ts'
import { otherFile, unrecordedCommand, unrecordedFile } from './files.ts'
import { measured, more } from './numbers.ts'
import { outcome } from './outcome.ts'
import type { Rule } from './rule.ts'
import { avoided, denied, untouched } from './undone.ts'
import { covered, grouped, included } from './whole.ts'

/** The rules, each with how a claim contradicts the fact that it finds, in the order in which they are tried. */
export const RULES: readonly (readonly [how: string, rule: Rule])[] = [
  ['not in the record', unrecordedFile],
  ['not in the record', unrecordedCommand],
  ['this was changed too', otherFile],
  ['not done', denied],
  ['not all', covered],
  ['came out otherwise', outcome],
  ['another number', measured],
  ['more than was done', more],
  ['not this one', grouped],
  ['there was some', none],
  ['the opposite was done', opposite],
  ['not only', alone],
  ['it changed', steady],
  ['no code was changed', untouched],
  ['another day', dated],
  ['nothing was done with it', avoided],
  ['that is what is missing', included],
]
