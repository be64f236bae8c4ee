import { randomFrom } from '../record/index.ts'
import type { Gguf, GgufTensor } from './gguf.ts'
import { floatEntry, floatTensor, textEntry, wholeEntry } from './write-gguf.ts'

/** Shape of a llama model. */
export interface TinyShape {
  readonly vocabulary: number
  readonly width: number
  readonly layers: number
  readonly heads: number
  readonly hidden: number
  readonly window: number
}

/** A llama model small enough to be computed by hand: weights by tensor name, each row after the other. */
export interface TinyModel {
  readonly shape: TinyShape
  readonly weights: ReadonlyMap<string, Float32Array>
}

export const TINY_SHAPE: TinyShape = { vocabulary: 48, width: 32, layers: 4, heads: 2, hidden: 64, window: 64 }
export const ROPE_BASE = 10_000
export const EPSILON = 1e-5

/** Normal weights drawn from a seed: the same on every machine. */
export function tinyModel(seed: string, shape: TinyShape = TINY_SHAPE): TinyModel {
  const random = randomFrom('tiny model', seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const drawn = (length: number, scale: number): Float32Array => Float32Array.from({ length }, () => scale * normal())
  const { vocabulary, width, layers, hidden } = shape
  const square = width * width
  const scale = 1 / Math.sqrt(width)
  const weights = new Map([['token_embd.weight', drawn(vocabulary * width, 1)]])
  for (let block = 0; block < layers; block++) {
    const add = (name: string, values: Float32Array): void => void weights.set(`blk.${block}.${name}.weight`, values)
    add('attn_norm', new Float32Array(width).fill(1))
    for (const name of ['attn_q', 'attn_k', 'attn_v', 'attn_output']) add(name, drawn(square, scale))
    add('ffn_norm', new Float32Array(width).fill(1))
    add('ffn_gate', drawn(hidden * width, scale))
    add('ffn_up', drawn(hidden * width, scale))
    add('ffn_down', drawn(hidden * width, 1 / Math.sqrt(hidden)))
  }
  weights.set('output_norm.weight', new Float32Array(width).fill(1))
  weights.set('output.weight', drawn(vocabulary * width, scale))
  return { shape, weights }
}

/** The model as a GGUF file of 32-bit floats, with bare token numbers for a vocabulary. */
export function tinyGguf({ shape, weights }: TinyModel): Gguf {
  const { vocabulary, width, layers, heads, hidden, window } = shape
  const keys = new Map([
    textEntry('general.architecture', 'llama'),
    textEntry('tokenizer.ggml.model', 'no_vocab'),
    wholeEntry('llama.vocab_size', vocabulary),
    wholeEntry('llama.context_length', window),
    wholeEntry('llama.embedding_length', width),
    wholeEntry('llama.block_count', layers),
    wholeEntry('llama.feed_forward_length', hidden),
    wholeEntry('llama.attention.head_count', heads),
    wholeEntry('llama.rope.dimension_count', width / heads),
    floatEntry('llama.rope.freq_base', ROPE_BASE),
    floatEntry('llama.attention.layer_norm_rms_epsilon', EPSILON),
  ])
  const tensors = [...weights].map(([name, values]): GgufTensor => {
    const rows = name.endsWith('norm.weight') ? undefined : values.length / inputsOf(name, shape)
    return floatTensor(name, rows === undefined ? [values.length] : [inputsOf(name, shape), rows], values)
  })
  return { file: '', align: 32, keys, tensors }
}

function inputsOf(name: string, { width, hidden }: TinyShape): number {
  return name.endsWith('ffn_down.weight') ? hidden : width
}
