import { EPSILON, ROPE_BASE, type TinyModel } from './tiny.ts'
import { dot } from './vector.ts'

/** What a forward pass computed: the residual stream at the output of every block, and the last token's logits. */
export interface ForwardPass {
  /** By layer, then by token. */
  readonly residuals: readonly (readonly Float64Array[])[]
  readonly logits: Float64Array
}

/** Changes the residual stream at the output of a block; returns what goes on. */
export type Touch = (layer: number, token: number, residual: Float64Array) => Float64Array

/**
 * The llama architecture written out in double precision: the oracle that the native road is held against. Slow, and
 * right by being short.
 *
 * @see Touvron et al. (2023), arXiv 2302.13971; rotary positions over neighbouring pairs, Su et al. (2021), arXiv 2104.09864
 */
export function forward({ shape, weights }: TinyModel, tokens: readonly number[], touch?: Touch): ForwardPass {
  const { width, heads, layers } = shape
  const head = width / heads
  const tensor = (name: string): Float32Array => weights.get(name) ?? new Float32Array()
  const embedding = tensor('token_embd.weight')
  let stream: Float64Array[] = tokens.map((token) =>
    Float64Array.from(embedding.subarray(token * width, (token + 1) * width)),
  )
  const residuals: Float64Array[][] = []
  for (let block = 0; block < layers; block++) {
    const own = (name: string): Float32Array => tensor(`blk.${block}.${name}.weight`)
    const normed = stream.map((x) => rmsNorm(x, own('attn_norm')))
    const query = normed.map((x, at) => rotate(times(own('attn_q'), x), at, head))
    const key = normed.map((x, at) => rotate(times(own('attn_k'), x), at, head))
    const value = normed.map((x) => times(own('attn_v'), x))
    const attended = stream.map((x, at) => {
      const mixed = new Float64Array(width)
      for (let h = 0; h < heads; h++) {
        const part = (v: Float64Array | undefined): Float64Array => v?.subarray(h * head, (h + 1) * head) ?? mixed
        const scores = Array.from({ length: at + 1 }, (_, j) => dot(part(query[at]), part(key[j])) / Math.sqrt(head))
        for (const [j, share] of softmax(scores).entries()) {
          for (const [d, v] of part(value[j]).entries()) mixed[h * head + d] = (mixed[h * head + d] ?? 0) + share * v
        }
      }
      return sum(x, times(own('attn_output'), mixed))
    })
    stream = attended.map((x, token) => {
      const input = rmsNorm(x, own('ffn_norm'))
      const up = times(own('ffn_up'), input)
      const gated = times(own('ffn_gate'), input).map((g, i) => (g / (1 + Math.exp(-g))) * (up[i] ?? 0))
      const out = sum(x, times(own('ffn_down'), gated))
      return touch === undefined ? out : touch(block, token, out)
    })
    residuals.push(stream)
  }
  const last = rmsNorm(stream.at(-1) ?? new Float64Array(width), tensor('output_norm.weight'))
  return { residuals, logits: times(tensor('output.weight'), last) }
}

function rmsNorm(x: Float64Array, weight: Float32Array): Float64Array {
  const scale = 1 / Math.sqrt(dot(x, x) / x.length + EPSILON)
  return x.map((v, i) => v * scale * (weight[i] ?? 1))
}

function times(matrix: Float32Array, x: Float64Array): Float64Array {
  const out = new Float64Array(matrix.length / x.length)
  for (let row = 0; row < out.length; row++) {
    let total = 0
    for (let i = 0; i < x.length; i++) total += (matrix[row * x.length + i] ?? 0) * (x[i] ?? 0)
    out[row] = total
  }
  return out
}

function rotate(x: Float64Array, position: number, head: number): Float64Array {
  const out = Float64Array.from(x)
  for (let i = 0; i < x.length; i += 2) {
    const angle = position * ROPE_BASE ** (-(i % head) / head)
    const [a, b] = [x[i] ?? 0, x[i + 1] ?? 0]
    out[i] = a * Math.cos(angle) - b * Math.sin(angle)
    out[i + 1] = a * Math.sin(angle) + b * Math.cos(angle)
  }
  return out
}

function softmax(scores: readonly number[]): readonly number[] {
  const most = Math.max(...scores)
  const weights = scores.map((score) => Math.exp(score - most))
  const total = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / total)
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((v, i) => v + (b[i] ?? 0))
}
