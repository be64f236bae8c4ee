import type { Inside } from '../model/index.ts'
import { textsOf, type Concept } from './concepts/index.ts'
import type { Contrast } from './direction.ts'
import { trainProbe, type LinearProbe } from './linear-probe.ts'
import { contrastsOf } from './monitor.ts'

/** What is learned of a concept from one half of its sentences. */
export interface Learned {
  readonly contrast: Contrast
  readonly probe: LinearProbe
}

const learned = new WeakMap<Inside, Map<string, Promise<Learned>>>()

/** Residuals of a concept's training sentences at a layer, with a probe: read once a model, since it says the same again. */
export function learnedOf(inside: Inside, concept: Concept, layer: number): Promise<Learned> {
  return once(learned, inside, `${concept.name} ${layer}`, async () => {
    const [contrast = { positive: [], negative: [] }] = await contrastsOf(inside, textsOf(concept).train, [layer])
    return { contrast, probe: trainProbe(contrast) }
  })
}

/** Keeps what was read of a model, as long as the model is open. What failed is tried again by whoever asks next. */
export function once<T>(
  kept: WeakMap<Inside, Map<string, Promise<T>>>,
  inside: Inside,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  const own = kept.get(inside) ?? new Map<string, Promise<T>>()
  kept.set(inside, own)
  const found = own.get(key) ?? make()
  own.set(key, found)
  found.catch(() => own.delete(key))
  return found
}
