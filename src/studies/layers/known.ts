import { isAllButSure, share, type Expectation, type Found } from '../../study/index.ts'
import { BLIND, BLOCKING, MISSES, MISSES_ELSE } from './stack.ts'

type Passing = (layers: number) => number

/** Share of attacks that a stack of k independent planted layers lets pass. */
export const independent: Passing = (layers) => MISSES ** layers
/** The same of layers that are blind to the same attacks. */
export const common: Passing = (layers) => (layers === 0 ? 1 : BLIND + (1 - BLIND) * MISSES_ELSE ** layers)

/** Correlation of what two planted layers miss. */
export function phiOf(passing: Passing): number {
  return (passing(2) - MISSES ** 2) / (MISSES * (1 - MISSES))
}

/** Behaviours from which the bootstrap over them is held to a number: the interval of fewer misses too often. */
const MANY = 20

export function stopping({ attack }: { readonly attack: string }): Expectation | undefined {
  return attack === 'each-template' ? share(1 - MISSES) : undefined
}

/** What is known of stacks of planted layers around a target that yields to all: hardened rules do nothing to it. */
export function stacked(passing: Passing): Readonly<Record<string, Found>> {
  const ratio = passing(3) / independent(3)
  const names = BLOCKING.map(({ name }) => name)
  const pairs = names.flatMap((first, at) => names.slice(at + 1).map((second) => `(${first}, ${second})`))
  const phis = pairs.flatMap((pair) => [`phi${pair}`, `phi given yield${pair}`])
  // Two layers that always agree, or of which one never misses, have no φ.
  const alike = Math.max(1 - MISSES, 1 - 2 * (MISSES - passing(2)))
  const showsPhi = ({ attacks }: Attacked): boolean => isAllButSure(1 - alike, attacks)
  const showsRatio = ({ attacks, behaviours }: Attacked): boolean =>
    behaviours >= MANY && isAllButSure(passing(3), attacks)
  return whereSeen({
    'stack breach': ({ stack = '' }) => passing(blockingIn(stack)),
    // A layer asked about an ordinary request draws as it does of an attack.
    'false refusals': ({ stack = '' }) => 1 - passing(blockingIn(stack)),
    joint: () => passing(3),
    ratio: whereShown(showsRatio, ratio),
    'ratio within strata': whereShown(showsRatio, ratio),
    'ratio given yield': () => ratio,
    // Three layers alike share what they prevent alike.
    contribution: ({ layer = '' }) => (names.includes(layer) ? (1 - passing(3)) / 3 : 0),
    ...Object.fromEntries(phis.map((name) => [name, whereShown(showsPhi, phiOf(passing))])),
  })
}

/** What attacked a stack: attacks whose layers drew independently, and the behaviours that they are of. */
interface Attacked {
  readonly attacks: number
  readonly behaviours: number
}

/** A number that is known where the attacks are all but sure to give it. */
function whereShown(shows: (attacked: Attacked) => boolean, value: number): Found {
  return (conditions, trials) => {
    // A design records it of every cell, however few its trials are.
    if ('hardening' in conditions) return value
    const tasks = new Set(trials.flatMap(({ cell, task }) => (cell['attack'] === 'each-template' ? [task] : [])))
    const behaviours = new Set([...tasks].map((task) => task.split('/')[0]))
    return shows({ attacks: tasks.size, behaviours: behaviours.size }) ? value : undefined
  }
}

/**
 * What is known, where the run's trials can show it: of stacks, where every template met rules with and without hardening; of
 * false refusals, where benign requests met the rules of that stack. A run of fewer levels asks nothing else. A design records
 * it cell by cell, and a cell has one level only.
 */
export function whereSeen(finds: Readonly<Record<string, Found>>): Readonly<Record<string, Found>> {
  return Object.fromEntries(
    Object.entries(finds).map(([quantity, found]): [string, Found] => [
      quantity,
      (conditions, trials) => {
        const met = (attack: string, hardening: string): boolean =>
          trials.some(
            ({ cell }) => cell['attack'] === attack && (cell['hardening'] === hardening || 'hardening' in conditions),
          )
        const seen =
          quantity === 'false refusals'
            ? met('benign', isHardened(conditions['stack'] ?? '') ? 'on' : 'off')
            : met('each-template', 'on') && met('each-template', 'off')
        return seen ? found(conditions, trials) : undefined
      },
    ]),
  )
}

export function isHardened(stack: string): boolean {
  return stack.split('+').includes('hardening')
}

export function blockingIn(stack: string): number {
  return stack.split('+').filter((name) => BLOCKING.some((layer) => layer.name === name)).length
}
