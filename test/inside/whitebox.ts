import { createRequire } from 'node:module'
import { weights, type Weights } from '../model/local/weights.ts'

/** Why native calls cannot be tested here, or undefined where they can. */
export function noNative(): string | undefined {
  const missing = ['koffi', 'node-llama-cpp'].filter((name) => {
    try {
      createRequire(import.meta.url).resolve(name)
      return false
    } catch {
      return true
    }
  })
  if (process.platform !== 'linux') return `(skipped: tried on Linux only, and this is ${process.platform})`
  return missing.length === 0 ? undefined : `(skipped: ${missing.join(' and ')} not installed)`
}

/** Real weights for the white box, or why there is nothing to test with. */
export async function whiteboxWeights(): Promise<Weights> {
  const reason = noNative()
  if (reason !== undefined) {
    console.warn(`The white box is not tested: ${reason}`)
    return { skip: reason }
  }
  return weights()
}
