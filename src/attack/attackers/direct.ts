import { defineAttacker, NO_WORK, type Attacker } from '../attacker.ts'

/** The plain request, again and again: what sampling alone gives away. */
export const direct: Attacker = defineAttacker({
  name: 'direct',
  about: 'puts the plain request, each time in a new conversation',
  knows: 'nothing',
  plants: true,
  independent: true,
  humanHours: NO_WORK,
  next: (_history, _left, { goal }) => ({ type: 'attempt', text: goal.request }),
})
