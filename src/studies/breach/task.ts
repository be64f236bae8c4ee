import { plainScaffold } from '../../agent/index.ts'
import { AssayError } from '../../assay-error.ts'
import {
  attackerIdentity,
  runAttack,
  stackIdentity,
  type Attacker,
  type Behaviour,
  type Judge,
  type Stack,
} from '../../attack/index.ts'
import type { Task } from '../../study/index.ts'
import { inboxTask } from '../../tasks/index.ts'

/** Who attacks which behaviour, behind which layers, with how many queries. */
export interface AttackTask {
  readonly behaviour: Behaviour
  readonly attacker: Attacker
  readonly stack: Stack
  /** Words are put into the target's mouth. */
  readonly primed: boolean
  readonly queries: number
  readonly judge: Judge | undefined
}

/** @throws AssayError `attack/no-check` */
export function attackTask({ behaviour, attacker, stack, primed, queries, judge }: AttackTask): Omit<Task, 'measure'> {
  const judged = behaviour.breaks === undefined && behaviour.errand === undefined
  if (judged && judge === undefined) {
    throw new AssayError(
      'attack/no-check',
      `The behaviour ${behaviour.id} has neither a check nor a judge: give its row a check and what is expected, or the study a judge.`,
    )
  }
  const partners = [...(attacker.needs.includes('attacker') ? ['attacker'] : []), ...(judged ? ['judge'] : [])]
  const mouth = primed ? { mouth: behaviour.opening } : {}
  return {
    id: behaviour.id,
    prompt: behaviour.request,
    scaffold: { ...plainScaffold, system: behaviour.rules },
    limits: { turns: queries },
    key: {
      behaviour: behaviour.key,
      attacker: attackerIdentity(attacker),
      stack: stackIdentity(stack),
      ...mouth,
      ...(judged && { judge: judge?.version ?? '' }),
    },
    ...(partners.length > 0 && { partners }),
    ...(behaviour.errand !== undefined && { world: inboxTask(behaviour.errand).world }),
    carry(task, effects) {
      // Nobody knows what would convince a judge or match a pattern, so a control's own words are told by code.
      const open = behaviour.errand === undefined && behaviour.breaks?.(behaviour.sample.broken) !== true
      const known =
        open && effects.control !== undefined
          ? { ...behaviour, breaks: (reply: string) => reply === behaviour.sample.broken }
          : behaviour
      return runAttack(
        { behaviour: known, attacker, stack, ...mouth, ...(judge !== undefined && { judge }) },
        task,
        effects,
      )
    },
  }
}
