import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { AssayError } from '../../assay-error.ts'
import { forward } from '../forward.ts'
import { TINY_SHAPE, tinyGguf, tinyModel } from '../tiny.ts'
import { writeGguf } from '../write-gguf.ts'
import { Engine } from './engine.ts'
import type { Library } from './library.ts'
import { PINS } from './pins.ts'
import { Weights } from './weights.ts'

/** Largest difference of a logit or residual that half-precision keys and values explain; the vector moves logits by 1 and more. */
const TOLERANCE = 0.02
const TOKENS = [3, 17, 42, 8, 25]
const LAYER = 2

/**
 * Decodes five tokens of a model that is small enough to be computed by hand, plain and with a vector added, and compares
 * residuals and logits with the computed ones. Sizes say that a struct looks right; only this says that it is.
 *
 * @throws AssayError `probe/self-test`
 */
export function selfTest(library: Library): void {
  const model = tinyModel('canary')
  const vector = Float32Array.from({ length: TINY_SHAPE.width }, (_, i) => (i % 3) - 1)
  const plain = forward(model, TOKENS)
  const steered = forward(model, TOKENS, (layer, _token, residual) =>
    layer === LAYER ? residual.map((value, i) => value + 2 * (vector[i] ?? 0)) : residual,
  )
  const injections = [{ vector, from: LAYER, to: LAYER, strength: 2 }]
  const engine = new Engine(tinyWeights(library), 'llama')
  try {
    hold('logits', engine.nextOfTokens(TOKENS), plain.logits)
    hold('logits under a vector', engine.nextOfTokens(TOKENS, injections), steered.logits)
    hold('logits without the vector', engine.nextOfTokens(TOKENS), plain.logits)
    const residuals = (plain.residuals[LAYER] ?? []).flatMap((row) => [...row])
    hold('residuals', engine.rowsOfTokens(TOKENS, LAYER), residuals)
  } finally {
    engine.close()
  }
}

function tinyWeights(library: Library): Weights {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-canary-'))
  try {
    const file = path.join(folder, 'canary.gguf')
    writeGguf(tinyGguf(tinyModel('canary')), file)
    return new Weights(library, file)
  } finally {
    // The file is mapped into memory by now, and its pages outlive its name.
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

function hold(what: string, found: ArrayLike<number>, wanted: ArrayLike<number>): void {
  let most = found.length === wanted.length ? 0 : Infinity
  for (let i = 0; i < wanted.length; i++) {
    const away = Math.abs((found[i] ?? Number.NaN) - (wanted[i] ?? 0))
    if (!(away <= most)) most = away
  }
  if (most <= TOLERANCE) return
  throw new AssayError(
    'probe/self-test',
    `llama.cpp and the white box disagree on the ${what} of a known model (by ${most.toPrecision(2)}): install node-llama-cpp ${PINS.libllama} and koffi ${PINS.koffi} exactly.`,
  )
}
