import { AssayError } from '../assay-error.ts'
import type { InsideFacts, Injection, NextOptions, WriteOptions } from '../model/index.ts'
import { norm } from './vector.ts'

/** @throws AssayError `probe/bad-request` naming the layer that the model does not have */
export function checkLayers({ layers }: InsideFacts, asked: readonly number[]): void {
  if (asked.length === 0) throw bad('no layer was asked for')
  const wrong = asked.find((layer) => !Number.isInteger(layer) || layer < 0 || layer >= layers)
  if (wrong !== undefined) throw bad(`there is no layer ${wrong}: the model has layers 0 to ${layers - 1}`)
}

/** @throws AssayError `probe/bad-request` a vector of another length, a number that is none, a block that takes no vector */
export function checkInjections({ layers, width }: InsideFacts, injections: readonly Injection[]): void {
  for (const { vector, from, to, strength } of injections) {
    checkVector(vector, width)
    if (!Number.isFinite(strength)) throw bad(`a strength is ${strength}: give a number`)
    if (isTooLong(strength * norm(vector)))
      throw bad(`a strength of ${strength} makes the vector's numbers too large: take a smaller one`)
    if (![from, to].every((layer) => Number.isInteger(layer) && layer >= 1 && layer < layers) || from > to)
      throw bad(
        `a vector cannot be added at layers ${from} to ${to}: the model takes them at layers 1 to ${layers - 1}`,
      )
  }
}

/** @throws AssayError `probe/bad-request` */
export function checkWrite(
  facts: InsideFacts,
  prompts: readonly string[],
  { maxTokens, temperature = 0.8, minP = 0.05, seeds, schedule = [] }: Omit<WriteOptions, 'onText' | 'signal'>,
): void {
  if (!Number.isInteger(maxTokens) || maxTokens < 1) throw bad(`${maxTokens} tokens cannot be written`)
  if (!(temperature >= 0)) throw bad(`the temperature is ${temperature}: give a number from 0 up`)
  if (!(minP > 0 && minP <= 1)) throw bad(`minP is ${minP}: give a share above 0 and up to 1`)
  if (seeds.length !== prompts.length) throw bad(`${prompts.length} prompts came with ${seeds.length} seeds`)
  for (const { at, injections } of schedule) {
    if (!Number.isInteger(at) || at < 0) throw bad(`a schedule has an entry at token ${at}`)
    checkInjections(facts, injections)
  }
}

/** @throws AssayError `probe/bad-request` */
export function checkNext(
  facts: InsideFacts,
  tokens: number,
  { injections = [], patches = [], lens }: NextOptions,
): void {
  checkInjections(facts, injections)
  if (lens !== undefined) checkLayers(facts, [lens])
  for (const { layer, token, vector } of patches) {
    checkLayers(facts, [layer])
    checkVector(vector, facts.width)
    if (!Number.isInteger(token) || token < 0 || token >= tokens)
      throw bad(`there is no token ${token} to patch: the text has tokens 0 to ${tokens - 1}`)
  }
}

function checkVector(vector: Float32Array, width: number): void {
  if (vector.length !== width) throw bad(`a vector has ${vector.length} numbers, and the model's residual has ${width}`)
  if (!vector.every(Number.isFinite)) throw bad('a vector holds a number that is none (NaN or infinite)')
  if (isTooLong(norm(vector))) throw bad("a vector's numbers are too large for single precision")
}

/** A block's norm squares what it reads in single precision: beyond that, every residual reads as nothing at all. */
function isTooLong(length: number): boolean {
  return !Number.isFinite(Math.fround(length ** 2))
}

function bad(why: string): AssayError {
  return new AssayError('probe/bad-request', `${why[0]?.toUpperCase() ?? ''}${why.slice(1)}.`)
}
