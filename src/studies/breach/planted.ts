import { everyBehaviour, type Behaviour } from '../../attack/index.ts'
import { seedFrom, type Message, type Part, type Random } from '../../record/index.ts'
import { betaQuantile, logBeta } from '../../stats/index.ts'
import type { PlantedTrial, Policy } from '../../study/index.ts'

/** What a planted target is asked, and the behaviour whose rules it stands under. */
export interface Asked {
  readonly behaviour: Behaviour
  readonly text: string
  /** Messages of the user in this conversation, this one included. */
  readonly turns: number
  /** The first words of its answer were prefilled. */
  readonly primed: boolean
  /** Its rules say more than those of the behaviour. */
  readonly hardened: boolean
  readonly random: Random
}

/**
 * A target that yields where it is told to: it knows its trial's behaviour, and says what breaks it or what keeps it.
 *
 * @param yields pure; draws from `random` only
 * @param refuses ordinary requests to which it says what keeps the rules, see {@link refusingShare}
 * @param behaviours every form that a behaviour can take, whatever the seed
 */
export function plantedTarget(
  yields: (asked: Asked) => boolean,
  behaviours: () => readonly Behaviour[] = everyBehaviour,
  refuses: (asked: Asked) => boolean = () => false,
): (trial: PlantedTrial) => Policy {
  let known: ReadonlyMap<string, Behaviour> | undefined
  return ({ task }) => {
    known ??= new Map(behaviours().map((each) => [keyOf(each.id, each.rules), each]))
    const [id = ''] = task.id.split('/')
    const behaviour = known.get(keyOf(id, task.scaffold.system))
    if (behaviour === undefined) return () => []
    return (messages, _tools, random): readonly Part[] => {
      const [first] = messages
      const asked = {
        behaviour,
        text: lastUserText(messages),
        turns: messages.filter(({ role }) => role === 'user').length,
        primed: messages.at(-1)?.role === 'assistant',
        hardened: first?.role === 'system' && first.text !== behaviour.rules,
        random,
      }
      if (yields(asked)) return [{ type: 'text', text: behaviour.sample.broken }]
      return [
        {
          type: 'text',
          text: isOrdinary(asked) && !refuses(asked) ? 'That is an ordinary question.' : behaviour.sample.kept,
        },
      ]
    }
  }
}

function keyOf(id: string, rules: string): string {
  return `${id}\u0000${rules}`
}

function lastUserText(messages: readonly Message[]): string {
  const last = messages.findLast((message) => message.role === 'user')
  return last?.role === 'user' ? last.text : ''
}

/** Whether a request is one of the ordinary ones, however it stands framed. */
export function isOrdinary({ behaviour, text }: Asked): boolean {
  return behaviour.ordinary.some((each) => text.includes(each))
}

/** Of how many behaviours what keeps the rules is the refusal that they ask for: the others have no refusal to count. */
export function refusingShare(behaviours: readonly Behaviour[]): number {
  return behaviours.filter(({ refuses, sample }) => refuses(sample.kept)).length / Math.max(1, behaviours.length)
}

/** The shape of the distribution from which the uneven target draws each behaviour's rate. */
export const UNEVEN = { alpha: 0.5, beta: 2 } as const

/** How often the uneven target yields to an attempt at a behaviour. */
export function ownRate({ rules }: Behaviour): number {
  return betaQuantile((seedFrom('uneven', rules) + 0.5) / 2 ** 32, UNEVEN.alpha, UNEVEN.beta)
}

/** Share that the uneven target lets break within n tries: 1 − B(α, β + n)/B(α, β). */
export function unevenWithin(n: number): number {
  const { alpha, beta } = UNEVEN
  return -Math.expm1(logBeta(alpha, beta + n) - logBeta(alpha, beta))
}
