import { AssayError } from '../../assay-error.ts'
import type { Injection } from '../../model/index.ts'
import { bad, numberKey, readGguf, textKey, type Gguf } from '../gguf.ts'
import { floatTensor, wholeEntry, writeGguf } from '../write-gguf.ts'

/**
 * Reads weights that can be rewritten.
 *
 * @throws AssayError `probe/bad-weights`; `probe/architecture` for any but llama: others do not take a bias there
 */
export function readLlama(file: string): { readonly gguf: Gguf; readonly layers: number; readonly width: number } {
  const gguf = readGguf(file)
  const architecture = textKey(gguf, 'general.architecture') ?? 'unknown'
  if (architecture !== 'llama') {
    throw new AssayError(
      'probe/architecture',
      `${file} is of the architecture ${architecture}, and rewriting takes llama only: use the native way.`,
    )
  }
  const layers = numberKey(gguf, 'llama.block_count')
  const width = numberKey(gguf, 'llama.embedding_length')
  if (layers === undefined || width === undefined) throw bad(file, 'its header does not say how deep and wide it is')
  return { gguf, layers, width }
}

/** Writes the weights with vectors built in: a bias behind a block's last product adds the same to every token. */
export function bake(file: string, injections: readonly Injection[], to: string): void {
  const { gguf, width } = readLlama(file)
  const biases = new Map<number, Float32Array>()
  for (const { vector, from, to: last, strength } of injections) {
    for (let layer = from; layer <= last; layer++) {
      const sum = biases.get(layer) ?? new Float32Array(width)
      biases.set(
        layer,
        sum.map((value, i) => value + strength * (vector[i] ?? 0)),
      )
    }
  }
  const names = new Map([...biases].map(([layer, bias]) => [`blk.${layer}.ffn_down.bias`, bias]))
  const clash = gguf.tensors.find(({ name }) => names.has(name))
  if (clash !== undefined) throw bad(file, `it has a ${clash.name} of its own`)
  const added = [...names].map(([name, bias]) => floatTensor(name, [width], bias))
  writeGguf({ ...gguf, tensors: [...gguf.tensors, ...added] }, to)
}

/**
 * Writes the first blocks alone, so that the model ends where it is to be read.
 *
 * @param plainNorm true: the last norm scales every residual to the same length and does no more. False: it stays as it
 *   is, and the logits are the logit lens of that depth
 */
export function cut(file: string, blocks: number, plainNorm: boolean, to: string): void {
  const { gguf, width } = readLlama(file)
  const kept = gguf.tensors.filter(({ name }) => Number(/^blk\.(\d+)\./.exec(name)?.[1] ?? -1) < blocks)
  const tensors = kept.map((tensor) =>
    plainNorm && tensor.name === 'output_norm.weight'
      ? floatTensor(tensor.name, [width], new Float32Array(width).fill(1))
      : tensor,
  )
  const keys = new Map([...gguf.keys, wholeEntry('llama.block_count', blocks)])
  writeGguf({ ...gguf, keys, tensors }, to)
}
