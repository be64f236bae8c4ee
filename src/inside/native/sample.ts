import type { Random } from '../../record/index.ts'

/**
 * Draws a token. Tokens less likely than `minP` of the likeliest are left out before the temperature is applied.
 *
 * @param temperature 0 is greedy
 */
export function sample(logits: Float32Array, temperature: number, minP: number, random: Random): number {
  let best = 0
  for (let i = 1; i < logits.length; i++) if ((logits[i] ?? 0) > (logits[best] ?? 0)) best = i
  if (temperature <= 0) return best
  const most = logits[best] ?? 0
  const cut = most + Math.log(minP)
  const tokens: number[] = []
  const weights: number[] = []
  let total = 0
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i] ?? 0
    if (logit < cut) continue
    const weight = Math.exp((logit - most) / temperature)
    tokens.push(i)
    weights.push(weight)
    total += weight
  }
  let left = random() * total
  for (const [i, weight] of weights.entries()) {
    left -= weight
    if (left <= 0) return tokens[i] ?? best
  }
  return tokens.at(-1) ?? best
}

/** Log-probability (nats) of one token under these logits. */
export function logprobOf(logits: Float32Array, token: number): number {
  let most = -Infinity
  for (const logit of logits) if (logit > most) most = logit
  let total = 0
  for (const logit of logits) total += Math.exp(logit - most)
  return (logits[token] ?? -Infinity) - most - Math.log(total)
}
