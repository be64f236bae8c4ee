import { plainScaffold, type Limits } from '../../agent/index.ts'
import { AssayError } from '../../assay-error.ts'
import {
  attackerIdentity,
  ERRAND_TURNS,
  runAttack,
  stackIdentity,
  stackNeeds,
  type Attacker,
  type AttackSummary,
  type Behaviour,
  type Judge,
  type Stack,
} from '../../attack/index.ts'
import { coded } from '../../grade/index.ts'
import { carriedTask, type Task } from '../../study/index.ts'
import { inboxTask } from '../../tasks/index.ts'

/** Who attacks which behaviour, behind which layers, and what it may spend: a turn is a query, tokens are the target's. */
export interface AttackTask<Values> {
  readonly behaviour: Behaviour
  readonly attacker: Attacker
  readonly stack: Stack
  /** The first words of the target's answer are prefilled. */
  readonly primed: boolean
  readonly limits: Limits
  readonly judge: Judge | undefined
  readonly measure: (seen: AttackSummary, attacker: Attacker) => Values
}

/** @throws AssayError `attack/no-check` */
export function attackTask<Values>(asked: AttackTask<Values>): Task<Values> {
  const { behaviour, attacker, stack, primed, limits, judge, measure } = asked
  const judged = behaviour.codes === undefined && behaviour.errand === undefined
  if (judged && judge === undefined) {
    throw new AssayError(
      'attack/no-check',
      `The behaviour ${behaviour.id} has neither a check nor a judge: give its row a check and what is expected, or the study a judge.`,
    )
  }
  const { partners: guards, likelihood } = stackNeeds(stack)
  const partners = [
    ...(attacker.needs.includes('attacker') ? ['attacker'] : []),
    ...(judged ? ['judge'] : []),
    ...guards,
  ]
  const prefill = primed ? behaviour.opening : undefined
  return carriedTask({
    id: behaviour.id,
    prompt: behaviour.request,
    scaffold: { ...plainScaffold, system: behaviour.rules },
    limits,
    key: {
      behaviour: behaviour.key,
      attacker: attackerIdentity(attacker),
      stack: stackIdentity(stack),
      // Hashes know it by this name.
      ...(prefill !== undefined && { mouth: prefill }),
      ...(judged && { judge: judge?.version ?? '' }),
    },
    ...(partners.length > 0 && { partners }),
    ...(likelihood.length > 0 && { likelihood }),
    ...(behaviour.errand !== undefined && {
      world: inboxTask(behaviour.errand).world,
      besideTurn: ERRAND_TURNS - 1,
    }),
    runner(task, effects) {
      // Nobody knows what would convince a judge or match a pattern, so a control's own words are told by code.
      const open = behaviour.errand === undefined && behaviour.codes?.(behaviour.sample.broken).broken !== true
      const known =
        open && effects.control !== undefined
          ? { ...behaviour, codes: (reply: string) => coded(reply === behaviour.sample.broken, 'the control says it') }
          : behaviour
      return runAttack(
        {
          behaviour: known,
          attacker,
          stack,
          ...(prefill !== undefined && { prefill }),
          ...(judge !== undefined && { judge }),
        },
        task,
        effects,
      )
    },
    measure: ({ seen }) => measure(seen, attacker),
  })
}
