import { AssayError } from '../assay-error.ts'
import type { JsonObject } from '../record/index.ts'
import { layerIdentity, type Layer, type LayerMeans, type Passing, type Stage } from './layer.ts'

/** Layers in the order in which things pass them. */
export interface Stack {
  readonly layers: readonly Layer[]
}

/** What a stack did with one thing that passed it. */
export interface Inspected {
  readonly stage: Stage
  /** As the layers that change left it. */
  readonly text: string
  /** Layers that blocked, in order. A shadowed stack asks all of them, whoever blocked before. */
  readonly blocked: readonly { readonly layer: string; readonly why: string; readonly score?: number }[]
  /** Evidence of layers that let it pass; `unread` says why one could not look. */
  readonly passed: readonly { readonly layer: string; readonly score?: number; readonly unread?: string }[]
}

/** @throws AssayError `attack/twin-layers` two layers of one name cannot be told apart */
export function stackOf(layers: readonly Layer[]): Stack {
  const names = layers.map(({ name }) => name)
  const twin = names.find((name, index) => names.indexOf(name) !== index)
  if (twin !== undefined)
    throw new AssayError('attack/twin-layers', `The layer ${twin} is in the stack twice. Give each its own name.`)
  return { layers }
}

/** What the layers of a stack cannot do without: models by their role, and names of layers that read log-probabilities. */
export function stackNeeds({ layers }: Stack): {
  readonly partners: readonly string[]
  readonly likelihood: readonly string[]
} {
  const needing = (what: Layer['needs'][number]): readonly Layer[] => layers.filter(({ needs }) => needs.includes(what))
  return {
    partners: needing('guard').length > 0 ? ['guard'] : [],
    likelihood: needing('likelihood').map(({ name }) => name),
  }
}

export function stackIdentity({ layers }: Stack): JsonObject {
  return { layers: layers.map(layerIdentity) }
}

/**
 * Passes something through the layers of its stage.
 *
 * @param shadow ask every layer, also behind one that blocked
 */
export async function inspect(
  { layers }: Stack,
  passing: Passing,
  means: LayerMeans,
  shadow: boolean,
): Promise<Inspected> {
  let { text } = passing
  const blocked: Inspected['blocked'][number][] = []
  const passed: Inspected['passed'][number][] = []
  for (const layer of layersAt(layers, passing.stage)) {
    const pending = layer.inspect({ ...passing, text }, means)
    const verdict = pending instanceof Promise ? await pending : pending
    if (verdict.type === 'change') {
      assertChanges(layer)
      text = verdict.text
      continue
    }
    if (verdict.type === 'unread') {
      passed.push({ layer: layer.name, unread: verdict.why })
      continue
    }
    const evidence = verdict.score === undefined ? {} : { score: verdict.score }
    if (verdict.type === 'pass') passed.push({ layer: layer.name, ...evidence })
    else {
      blocked.push({ layer: layer.name, why: verdict.why, ...evidence })
      if (!shadow) break
    }
  }
  return { stage: passing.stage, text, blocked, passed }
}

export function layersAt(layers: readonly Layer[], stage: Stage): readonly Layer[] {
  return layers.filter((layer) => layer.stages.includes(stage))
}

function assertChanges({ name, acts }: Layer): void {
  if (acts === 'changes') return
  throw new AssayError(
    'attack/layer',
    `The layer ${name} says that it only blocks, and changed a text: shadowed stacks with it would be wrong. Declare acts: 'changes'.`,
  )
}
