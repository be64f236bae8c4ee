import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AssayError } from '../../src/assay-error.ts'
import type { Inside } from '../../src/model/index.ts'
import { findDirection, openInside, textsOf, conceptNamed } from '../../src/inside/index.ts'
import { cosine } from '../../src/inside/vector.ts'
import { insideContract } from './inside-contract.ts'
import { whiteboxWeights } from './whitebox.ts'

const { path, skip } = await whiteboxWeights()
const PROMPT = 'I went for a walk and'
const LAYER = 15

/** Largest difference of two roads' log-probabilities for one prompt: products of quantized weights round differently. */
const APART = 1

describe.skipIf(skip !== undefined)(`the white box on real weights ${skip ?? ''}`, () => {
  let native: Inside
  let rewritten: Inside
  let vector: Float32Array
  beforeAll(async () => {
    native = await openInside(`local/${path}`, { workers: 1 })
    rewritten = await openInside(`local/${path}`, { way: 'rewrite' })
    const { positive, negative } = textsOf(conceptNamed('sea')).train
    vector = await findDirection(
      native,
      { positive: positive.slice(0, 24), negative: negative.slice(0, 24) },
      LAYER,
      'contrast',
    )
  })
  afterAll(async () => {
    await native?.close()
    await rewritten?.close()
  })

  describe('by native calls', () => insideContract(() => native, { schedule: true, patch: true }))

  const added = (
    strength: number,
  ): { readonly injections: readonly [{ vector: Float32Array; from: number; to: number; strength: number }] } => ({
    injections: [{ vector, from: LAYER, to: LAYER, strength }],
  })

  test("agrees with node-llama-cpp's own probabilities", async () => {
    expect(apart(logprobs(await native.next(PROMPT)), await rewritten.next(PROMPT))).toBeLessThan(0.05)
  })

  test('a vector that is too large for the model is refused, and the next call knows nothing of it', async () => {
    const before = await native.next(PROMPT)
    await expect(native.next(PROMPT, added(1e25))).rejects.toThrow(/too large: take a smaller one/)
    const token = 1
    const patches = [{ layer: LAYER, token, vector: new Float32Array(native.facts.width).fill(3e38) }]
    await expect(native.next(PROMPT, { patches })).rejects.toThrow(/too large for single precision/)
    expect(await native.next(PROMPT)).toEqual(before)
  })

  test('texts that wait to be read are not read once the call is cut off', async () => {
    const texts = Array.from(
      { length: 320 },
      (_, i) => `The waves rolled gently over ${i} stones on the long grey beach.`,
    )
    const cut = new AbortController()
    const started = performance.now()
    await native.read(texts.slice(0, 32), [LAYER])
    const one = performance.now() - started
    const reading = native.read(texts, [LAYER], cut.signal)
    cut.abort()
    await expect(reading).rejects.toMatchObject({ code: 'probe/aborted' })
    await native.piece(7)
    expect(performance.now() - started - one).toBeLessThan(5 * one)
  })

  test('rewritten weights are asked two things at once and answer one after the other', async () => {
    const [plain, steered] = await Promise.all(
      [0, 4].map((strength) =>
        rewritten.write([PROMPT], { maxTokens: 3, seeds: [1], schedule: [{ at: 0, ...added(strength) }] }),
      ),
    )
    expect(plain?.[0]?.text).not.toBe(steered?.[0]?.text)
  })

  test('a vector moves the logits, and leaves nothing behind once it is gone', async () => {
    const before = await native.next(PROMPT)
    expect(apart(before, await native.next(PROMPT, added(2)))).toBeGreaterThan(5)
    expect(await native.next(PROMPT)).toEqual(before)
    // Reading with nothing added clears nothing: what writing and scoring had left on would be in these logits.
    const pairs = [{ prompt: PROMPT, continuation: ' Paris.' }]
    const [plain] = await native.score(pairs)
    const [moved] = await native.score(pairs, added(2).injections)
    expect(moved).not.toEqual(plain)
    expect(await native.next(PROMPT)).toEqual(before)
    const schedule = [{ at: 0, ...added(4) }]
    await native.write([PROMPT], { maxTokens: 3, seeds: [1], schedule })
    expect(await native.next(PROMPT)).toEqual(before)
    expect(await native.score(pairs)).toEqual([plain])
    const cut = new AbortController()
    await native
      .write([PROMPT], { maxTokens: 50, seeds: [1], schedule, onText: () => cut.abort(), signal: cut.signal })
      .catch(() => undefined)
    expect(await native.next(PROMPT)).toEqual(before)
  })

  test('adding a vector to every residual by patches is the same as injecting it', async () => {
    const patches = (await native.trace(PROMPT, LAYER)).map((state, token) => ({
      layer: LAYER,
      token,
      vector: state.vector.map((value, i) => value + 2 * (vector[i] ?? 0)),
    }))
    const patched = await native.next(PROMPT, { patches })
    expect(apart(patched, await native.next(PROMPT, added(2)))).toBeLessThan(0.01)
  })

  test('an activation of one run changes another, and its own changes nothing', async () => {
    const text = 'The capital of France is'
    const plain = await native.next(text)
    const own = (await native.trace(text, LAYER)).map(({ vector: state }, token) => ({
      layer: LAYER,
      token,
      vector: state,
    }))
    expect(apart(await native.next(text, { patches: own }), plain)).toBeLessThan(0.01)
    const other = await native.trace('The capital of Italy is', LAYER)
    const patches = other.map(({ vector: state }, token) => ({ layer: LAYER, token, vector: state }))
    const swapped = await native.next(text, { patches })
    expect(apart(swapped, await native.next('The capital of Italy is'))).toBeLessThan(apart(swapped, plain))
  })

  test('the logit lens of the last layer is the model itself', async () => {
    const { layers } = native.facts
    expect(apart(await native.next(PROMPT, { lens: layers - 1 }), await native.next(PROMPT))).toBeLessThan(0.01)
    expect(apart(await native.next(PROMPT, { lens: 5 }), await native.next(PROMPT))).toBeGreaterThan(1)
  })

  test('a batch reads what each text reads alone, and the first token stands apart from the others', async () => {
    const texts = ['The waves rolled onto the beach.', 'The teacher wrote.', PROMPT]
    const [together = []] = await native.read(texts, [LAYER])
    for (const [i, text] of texts.entries()) {
      const [[alone = new Float32Array()] = []] = await native.read([text], [LAYER])
      expect(cosine(alone, together[i] ?? alone)).toBeGreaterThan(0.9999)
    }
    const trace = await native.trace(PROMPT, LAYER)
    const lengths = trace.map(({ vector: state }) => Math.hypot(...state))
    expect(lengths[0]).toBeGreaterThan(20 * (lengths[1] ?? Infinity))
  })

  test('a text longer than one decode is read whole, and one longer than the window is refused', async () => {
    const long = 'the waves and the wind '.repeat(120)
    const [[found = new Float32Array()] = []] = await native.read([long], [2])
    const states = (await native.trace(long, 2)).slice(1)
    expect(states.length).toBeGreaterThan(512)
    const mean = Float32Array.from(found, (_, i) => states.reduce((total, state) => total + (state.vector[i] ?? 0), 0))
    expect(cosine(found, mean)).toBeGreaterThan(0.9999)
    await expect(native.read([long.repeat(5)], [2])).rejects.toThrow(/reads up to 2048: shorten it/)
  })

  test('a rewritten file steers as the native call does, within 1 nat of an effect of more than 5', async () => {
    const wanted = logprobs(await native.next(PROMPT, added(2)))
    expect(apart(wanted, logprobs(await native.next(PROMPT)))).toBeGreaterThan(5)
    expect(apart(wanted, await rewritten.next(PROMPT, added(2)))).toBeLessThan(APART)
  })

  test('a file cut off at a layer reads the same direction, and the same lens', async () => {
    const text = 'The waves rolled onto the beach.'
    const [[found = new Float32Array()] = []] = await rewritten.read([text], [LAYER])
    const scaled = (await native.trace(text, LAYER)).slice(1).map(({ vector: state }) => {
      const length = Math.hypot(...state)
      return state.map((value) => value / length)
    })
    const mean = Float32Array.from(found, (_, i) => scaled.reduce((total, state) => total + (state[i] ?? 0), 0))
    expect(cosine(found, mean)).toBeGreaterThan(0.9999)
    expect(
      apart(logprobs(await native.next(PROMPT, { lens: 20 })), await rewritten.next(PROMPT, { lens: 20 })),
    ).toBeLessThan(APART)
  })

  test('what rewriting cannot do is refused', async () => {
    const schedule = [
      { at: 0, injections: [] },
      { at: 2, injections: [] },
    ]
    await expect(rewritten.write([PROMPT], { maxTokens: 4, seeds: [1], schedule })).rejects.toThrow(
      /cannot change a vector/,
    )
    await expect(rewritten.trace(PROMPT, 1)).rejects.toThrow(AssayError)
  })
})

function logprobs(logits: Float32Array): Float32Array {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity)
  const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0))
  return logits.map((logit) => logit - most - total)
}

function apart(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0)
}
