import type { Outcome } from '../../record/index.ts'
import { clusterProportion } from '../../stats/index.ts'
import { complete, countEach } from '../complete.ts'
import type { Analysed } from '../finding.ts'
import { fewClusters } from '../mean.ts'
import { valueOf } from '../groups.ts'
import { stackName, type StackLayer } from './stack-cases.ts'
import { base, type Part } from './stack-part.ts'

/** Share of ordinary requests that a stack refuses or blocks: its price. */
export function falseRefusals(
  part: Part,
  rows: readonly Outcome[],
  refused: string,
  layers: readonly StackLayer<string, string>[],
): readonly Analysed[] {
  if (rows.length === 0) return []
  const invalid = rows.filter((row) => row.status === 'invalid').length
  return Array.from({ length: 2 ** layers.length }, (_, stack): Analysed => {
    const lost = rows.flatMap((row) => lostIn(row, stack, refused, layers))
    const behaviours = lost.map(({ behaviour }) => behaviour)
    const n = { ...countEach(lost.length, 0), clusters: new Set(behaviours).size, invalid }
    return complete({
      ...base({ ...part, n }),
      quantity: 'false refusals',
      title: 'share of benign requests that the stack refuses or blocks',
      kind: 'level',
      unit: 'proportion',
      conditions: { ...part.conditions, stack: stackName(stack, part.layers) },
      estimate: clusterProportion(
        lost.map((each) => each.lost),
        behaviours,
        part.input.level,
      ),
      caveats: [...fewClusters(n.clusters, 'behaviours'), ...part.notes],
      wrongIf: 'benign requests are not like the ones you get',
    })
  })
}

/** Whether a stack costs this ordinary request; nothing where the row was made under another setting. */
function lostIn(
  row: Outcome,
  stack: number,
  refused: string,
  layers: readonly StackLayer<string, string>[],
): readonly { readonly behaviour: string; readonly lost: number }[] {
  const stands = (at: number): boolean => ((stack >> at) & 1) === 1
  const fits = layers.every(
    (layer, at) => layer.type !== 'switched' || row.cell[layer.factor] === (stands(at) ? layer.on : layer.off),
  )
  if (!fits || row.status === 'invalid') return []
  const stopped = layers.some((layer, at) => layer.type === 'shadowed' && stands(at) && valueOf(row, layer.stops) === 1)
  const lost = stopped || valueOf(row, refused) === 1
  return [{ behaviour: row.task.split('/')[0] ?? '', lost: lost ? 1 : 0 }]
}
