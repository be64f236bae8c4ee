/** Plain arithmetic on residuals; all vectors of one call have the same length. */
export type Vector = Float32Array | Float64Array

export function dot(a: Vector, b: Vector): number {
  let total = 0
  for (let i = 0; i < a.length; i++) total += (a[i] ?? 0) * (b[i] ?? 0)
  return total
}

export function norm(a: Vector): number {
  return Math.sqrt(dot(a, a))
}

/** Cosine of the angle between two vectors; 0 where one of them has no length. */
export function cosine(a: Vector, b: Vector): number {
  const length = norm(a) * norm(b)
  return length === 0 ? 0 : dot(a, b) / length
}

export function meanOf(vectors: readonly Vector[]): Float64Array {
  const out = new Float64Array(vectors[0]?.length ?? 0)
  for (const vector of vectors) for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) + (vector[i] ?? 0)
  return out.map((value) => value / Math.max(1, vectors.length))
}

export function minus(a: Vector, b: Vector): Float64Array {
  return Float64Array.from(a, (value, i) => value - (b[i] ?? 0))
}

/** The same direction with this length; a vector without length stays as it is. */
export function withNorm(a: Vector, length: number): Float32Array {
  const own = norm(a)
  return Float32Array.from(a, (value) => (own === 0 ? 0 : (value * length) / own))
}
