/**
 * Spreads a seed over all 32 bits (the finaliser of MurmurHash3, a bijection). The sampler's generator draws close to 1
 * first when its seed is a small number, so seeds 1, 2, 3 would all begin with an unlikely token; and it takes 2^32 − 1
 * to mean "use the clock", which therefore is never given.
 *
 * @param seed whole number in [0, 2^32)
 */
export function spreadSeed(seed: number): number {
  let bits = (seed + 0x9e3779b9) | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return Math.min((bits ^ (bits >>> 16)) >>> 0, 0xfffffffe)
}
