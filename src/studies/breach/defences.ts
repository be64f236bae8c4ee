import { hardening, keywordFilter, outputCheck, stackOf, type Stack } from '../../attack/index.ts'

/** Stacks by the name of their level. */
export const DEFENCES: Readonly<Record<'none' | 'hardened' | 'filtered' | 'stacked', Stack>> = {
  none: stackOf([]),
  hardened: stackOf([hardening]),
  filtered: stackOf([keywordFilter(), outputCheck('literal')]),
  stacked: stackOf([hardening, keywordFilter(), outputCheck('literal')]),
}

/** Whether a defence stops what a target gave away: how much of a planted target's yielding it lets pass is not known. */
export function blocks(defence: keyof typeof DEFENCES): boolean {
  return DEFENCES[defence].layers.some(({ acts }) => acts === 'blocks')
}
