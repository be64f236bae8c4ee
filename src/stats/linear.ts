/** Rows of a small dense matrix. */
export type Matrix = readonly (readonly number[])[]

/**
 * The inverse of a symmetric positive definite matrix by Cholesky, after scaling its diagonal to 1; undefined where it is
 * singular to working precision (a pivot below 1e-12 of its scale).
 */
export function inverse(matrix: Matrix): number[][] | undefined {
  const n = matrix.length
  const scale = matrix.map((row, i) => Math.sqrt(Math.max(0, row[i] ?? 0)))
  if (scale.some((each) => !(each > 0))) return undefined
  const lower: number[][] = []
  for (let i = 0; i < n; i += 1) {
    const row: number[] = []
    lower.push(row)
    for (let j = 0; j <= i; j += 1) {
      let sum = at(matrix, i, j) / ((scale[i] ?? 1) * (scale[j] ?? 1))
      for (let k = 0; k < j; k += 1) sum -= at(lower, i, k) * at(lower, j, k)
      if (i === j) {
        if (!(sum > 1e-12)) return undefined
        row.push(Math.sqrt(sum))
      } else {
        row.push(sum / at(lower, j, j))
      }
    }
  }
  const columns = Array.from({ length: n }, (_, column) => {
    const y: number[] = []
    for (let i = 0; i < n; i += 1) {
      let sum = i === column ? 1 : 0
      for (let k = 0; k < i; k += 1) sum -= at(lower, i, k) * (y[k] ?? 0)
      y.push(sum / at(lower, i, i))
    }
    for (let i = n - 1; i >= 0; i -= 1) {
      let sum = y[i] ?? 0
      for (let k = i + 1; k < n; k += 1) sum -= at(lower, k, i) * (y[k] ?? 0)
      y[i] = sum / at(lower, i, i)
    }
    return y
  })
  return columns.map((row, i) => row.map((each, j) => each / ((scale[i] ?? 1) * (scale[j] ?? 1))))
}

export function times(matrix: Matrix, vector: ArrayLike<number>): number[] {
  return matrix.map((row) => dot(row, vector))
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

export function at(matrix: Matrix, row: number, column: number): number {
  return matrix[row]?.[column] ?? 0
}
