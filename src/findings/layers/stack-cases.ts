import type { Outcome } from '../../record/index.ts'
import { countEach } from '../complete.ts'
import type { Denominator } from '../finding.ts'
import { valueOf } from '../groups.ts'

/** A layer as a study's rows tell of it. */
export type StackLayer<M extends string, F extends string> =
  /** It only blocks: a measure is 1 where it stopped a case, asked on every case whoever stopped it before. */
  | { readonly name: string; readonly type: 'shadowed'; readonly stops: M }
  /** It changes what the target sees: a factor tells whether it stood there. */
  | { readonly name: string; readonly type: 'switched'; readonly factor: F; readonly on: string; readonly off: string }

/** One attack on one behaviour of one agent, under each setting of the layers that change what the target sees. */
export interface Case {
  readonly agent: string
  readonly behaviour: string
  readonly family: string
  /** By the settings of switched layers, `01`: the target's own yielding, and which shadowed layers stopped it. */
  readonly under: ReadonlyMap<string, Met>
}

export interface Met {
  readonly yielded: boolean
  readonly stopped: readonly boolean[]
}

/** Where each layer's bit stands: among the switched or among the shadowed ones. */
export interface Settings {
  readonly switched: readonly number[]
  readonly shadowed: readonly number[]
}

export function settingsOf(layers: readonly StackLayer<string, string>[]): Settings {
  const of = (type: StackLayer<string, string>['type']): readonly number[] =>
    layers.flatMap((layer, index) => (layer.type === type ? [index] : []))
  return { switched: of('switched'), shadowed: of('shadowed') }
}

export function casesIn(
  rows: readonly Outcome[],
  yielded: string,
  layers: readonly StackLayer<string, string>[],
): { readonly cases: readonly Case[]; readonly n: Denominator } {
  const switched = layers.filter((layer) => layer.type === 'switched')
  const shadowed = layers.filter((layer) => layer.type === 'shadowed')
  const wanted = 2 ** switched.length
  const factors = new Set(switched.map(({ factor }) => factor))
  const others = (row: Outcome): string =>
    JSON.stringify(Object.entries(row.cell).filter(([factor]) => !factors.has(factor)))
  const groups = [
    ...Map.groupBy(rows, (row) => `${row.agent}\u0000${row.task}\u0000${row.seed}\u0000${others(row)}`).values(),
  ]
  const cases = groups.flatMap((own): readonly Case[] => {
    const under = new Map<string, Met>()
    for (const row of own) {
      const did = valueOf(row, yielded)
      const stops = shadowed.map((layer) => valueOf(row, layer.stops))
      if (did === undefined || stops.includes(undefined)) continue
      const key = switched.map((layer) => (row.cell[layer.factor] === layer.on ? '1' : '0')).join('')
      under.set(key, { yielded: did === 1, stopped: stops.map((stop) => stop === 1) })
    }
    const [{ agent, task } = { agent: '', task: '' }] = own
    const [behaviour = ''] = task.split('/')
    return under.size === wanted ? [{ agent, behaviour, family: behaviour.split('-')[0] ?? '', under }] : []
  })
  return {
    cases,
    n: {
      ...countEach(cases.length, groups.length - cases.length),
      clusters: new Set(cases.map(({ behaviour }) => behaviour)).size,
      invalid: rows.filter((row) => row.status === 'invalid').length,
    },
  }
}

/** Whether a case gets through a stack: `stack` has a bit for each layer, in their order. */
export function breaches({ under }: Case, stack: number, { switched, shadowed }: Settings): boolean {
  const key = switched.map((layer) => ((stack >> layer) & 1 ? '1' : '0')).join('')
  const met = under.get(key)
  return (
    met !== undefined &&
    met.yielded &&
    shadowed.every((layer, at) => !((stack >> layer) & 1) || met.stopped[at] !== true)
  )
}

export function stackName(stack: number, layers: readonly string[]): string {
  const names = layers.filter((_, index) => (stack >> index) & 1)
  return names.length === 0 ? 'none' : names.join('+')
}

/** A row of kind `layers`. */
export type LayerRow = Readonly<Record<'case' | 'agent' | 'layer' | 'breached' | 'stratum', string | number>>

/** A run's cases as rows of kind `layers`: each layer alone, on every case. */
export function rowsAlone(cases: readonly Case[], layers: readonly string[], settings: Settings): readonly LayerRow[] {
  return cases.flatMap((each, index) =>
    layers.map((layer, at) => ({
      case: `${each.behaviour}/${index}`,
      agent: each.agent,
      layer,
      breached: breaches(each, 1 << at, settings) ? 1 : 0,
      stratum: each.family,
    })),
  )
}
