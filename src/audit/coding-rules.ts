import type { CodedItem } from './coders.ts'

/** Whether a label is the one in question. */
export type Says = (label: string) => boolean

/** Share of an item's coders who say so. */
export function valueOf({ codings }: CodedItem, says: Says): number {
  return codings.filter(({ label }) => says(label)).length / codings.length
}

export interface Rule {
  readonly policy: string
  /** Undefined where the rule says nothing of an item. */
  readonly value: (item: CodedItem, says: Says) => number | undefined
}

/** What others make one label of several coders by. */
export function rulesOf(items: readonly CodedItem[]): readonly Rule[] {
  const coders = [...new Set(items.flatMap(({ codings }) => codings.map(({ coder }) => coder)))]
  if (coders.length < 2 && items.every(({ key }) => key === undefined)) return []
  return [
    { policy: 'any coder says so', value: (item, says) => flag(valueOf(item, says) > 0) },
    { policy: 'all coders say so', value: (item, says) => flag(valueOf(item, says) === 1) },
    { policy: 'most coders say so', value: (item, says) => flag(valueOf(item, says) > 0.5) },
    { policy: 'the key alone', value: ({ key }, says) => (key === undefined ? undefined : flag(says(key))) },
    {
      policy: 'adjudicated: the label that coders agree on, else the key',
      value: ({ key, codings }, says) => {
        const [first] = codings
        const label = codings.every((each) => each.label === first?.label) ? first?.label : key
        return label === undefined ? undefined : flag(says(label))
      },
    },
    ...coders.map((coder): Rule => ({
      policy: `coder ${coder} alone`,
      value: ({ codings }, says) => {
        const own = codings.find((each) => each.coder === coder)
        return own === undefined ? undefined : flag(says(own.label))
      },
    })),
  ]
}

/** Mean over items of which a rule says something; undefined where there is none. */
export function average(
  items: readonly CodedItem[],
  value: (item: CodedItem) => number | undefined,
): number | undefined {
  const known = items.flatMap((item) => value(item) ?? [])
  return known.length === 0 ? undefined : known.reduce((sum, each) => sum + each, 0) / known.length
}

function flag(holds: boolean): number {
  return holds ? 1 : 0
}
