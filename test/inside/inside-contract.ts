import { expect, test } from 'vitest'
import { AssayError } from '../../src/assay-error.ts'
import type { Inside } from '../../src/model/index.ts'
import { norm } from '../../src/inside/vector.ts'

/** What every inside keeps, whichever way it reads. @param can what this way does beyond the least */
export function insideContract(
  opened: () => Inside,
  can: { readonly schedule: boolean; readonly patch: boolean },
): void {
  const middle = (): number => Math.floor(opened().facts.layers / 2)
  const vector = (length: number): Float32Array =>
    Float32Array.from({ length: opened().facts.width }, (_, i) => (i % 2 === 0 ? length : -length))
  test('reads one vector a text and layer, of the stated width, and the same again', async () => {
    const texts = ['The waves rolled gently.', 'The teacher wrote on the board.']
    const first = await opened().read(texts, [1, middle()])
    expect(first.map((rows) => rows.map((row) => row.length))).toEqual(
      [0, 0].map(() => [opened().facts.width, opened().facts.width]),
    )
    expect(norm(first[1]?.[0] ?? new Float32Array())).toBeGreaterThan(0)
    expect(await opened().read(texts, [1, middle()])).toEqual(first)
  })

  test('writes the same text for the same seed, and no more tokens than asked', async () => {
    const options = { maxTokens: 6, seeds: [5, 6] }
    const prompts = ['I went for a walk and', 'Once upon a time']
    const first = await opened().write(prompts, options)
    expect(await opened().write(prompts, options)).toEqual(first)
    expect(first.every(({ tokens }) => tokens <= 6)).toBe(true)
  })

  test('scores continuations in nats, and strength 0 changes nothing', async () => {
    const pairs = [{ prompt: 'The waves', continuation: ' rolled on' }]
    const [plain] = await opened().score(pairs)
    expect(plain?.logprob).toBeLessThan(0)
    const nothing = [{ vector: vector(1), from: middle(), to: middle(), strength: 0 }]
    expect(await opened().score(pairs, nothing)).toEqual([plain])
  })

  test('what a continuation scores does not depend on what is scored beside it', async () => {
    const pairs = [
      { prompt: 'The waves', continuation: ' rolled on' },
      { prompt: 'The thought is about', continuation: ' the sea' },
      { prompt: 'I went for a walk and', continuation: ' saw a small boat that lay on the grey beach' },
    ]
    const together = await opened().score(pairs)
    for (const [i, pair] of pairs.entries()) expect(await opened().score([pair])).toEqual([together[i]])
    expect(await opened().score(pairs.toReversed())).toEqual(together.toReversed())
  })

  test('gives one logit a token, and the vocabulary has them as texts', async () => {
    const logits = await opened().next('The waves')
    expect(logits.length).toBe(opened().facts.vocabulary)
    expect(typeof (await opened().piece(7))).toBe('string')
  })

  test('refuses bad vectors, layers and requests in one line each, and goes on', async () => {
    const inside = opened()
    const { layers, width } = inside.facts
    const ask = (change: object) => () =>
      inside.next('The waves', {
        injections: [{ vector: vector(1), from: 1, to: 1, strength: 1, ...change }],
      })
    await refused(ask({ vector: new Float32Array(width + 1) }), 'probe/bad-request', /has \d+ numbers/)
    await refused(ask({ vector: new Float32Array(width).fill(Number.NaN) }), 'probe/bad-request', /NaN/)
    await refused(ask({ strength: Infinity }), 'probe/bad-request', /strength/)
    await refused(ask({ strength: 1e40 }), 'probe/bad-request', /too large: take a smaller one/)
    await refused(ask({ from: 0 }), 'probe/bad-request', /layers 0 to 1/)
    await refused(ask({ to: layers }), 'probe/bad-request', /the model takes them at layers/)
    await refused(() => inside.read(['a text'], [layers]), 'probe/bad-request', /no layer/)
    await refused(
      () => inside.write(['a'], { maxTokens: 0, seeds: [1] }),
      'probe/bad-request',
      /tokens cannot be written/,
    )
    await refused(() => inside.write(['a'], { maxTokens: 1, seeds: [] }), 'probe/bad-request', /seeds/)
    expect((await inside.next('The waves')).length).toBe(inside.facts.vocabulary)
  })

  test.skipIf(can.patch)('refuses what this way does not do', async () => {
    const patches = [{ layer: 1, token: 0, vector: vector(1) }]
    await refused(() => opened().next('The waves', { patches }), 'probe/cannot', /native way/)
    await refused(() => opened().trace('The waves', 1), 'probe/cannot', /native way/)
  })

  test.runIf(can.schedule)('takes a vector away between two tokens and says where', async () => {
    const injections = [{ vector: vector(1), from: middle(), to: middle(), strength: 1 }]
    const [written] = await opened().write(['I went for a walk and'], {
      maxTokens: 8,
      seeds: [1],
      schedule: [
        { at: 0, injections },
        { at: 4, injections: [] },
      ],
    })
    const [start, turn = -1] = written?.turns ?? []
    expect(start).toBe(0)
    expect(turn).toBeGreaterThan(0)
    expect(turn).toBeLessThanOrEqual(written?.text.length ?? 0)
  })
}

async function refused(work: () => Promise<unknown>, code: string, words: RegExp): Promise<void> {
  const cause = await work().then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(cause).toBeInstanceOf(AssayError)
  if (!(cause instanceof AssayError)) return
  expect(cause.code).toBe(code)
  expect(cause.message).toMatch(words)
  expect(cause.message).not.toContain('\n')
}
