import { hardening, keywordFilter, outputCheck, stackOf, type Stack } from '../../attack/index.ts'

/** Stacks by the name of their level. */
export const DEFENCES: Readonly<Record<'none' | 'hardened' | 'filtered' | 'stacked', Stack>> = {
  none: stackOf([]),
  hardened: stackOf([hardening]),
  filtered: stackOf([keywordFilter(), outputCheck('literal')]),
  stacked: stackOf([hardening, keywordFilter(), outputCheck('literal')]),
}

/**
 * Whether a defence stops what a target gave away: how much of a scripted target's yielding it lets pass is not known. By
 * name and not by its layers, since a stack that lost them must not tell controls what to expect.
 */
export function blocks(defence: keyof typeof DEFENCES): boolean {
  return defence === 'filtered' || defence === 'stacked'
}

/** Whether a defence hardens the rules, by name too. */
export function hardens(defence: keyof typeof DEFENCES): boolean {
  return defence === 'hardened' || defence === 'stacked'
}
