import { AssayError } from '../../assay-error.ts'
import type { Injection } from '../../model/index.ts'
import type { Pointer } from './library.ts'
import type { Weights } from './weights.ts'

/** One token to decode. `out`: its logits are wanted. */
export interface Item {
  readonly token: number
  readonly position: number
  readonly sequence: number
  readonly out: boolean
}

/** Tokens of one decode, and logits of one decode: both cost memory for as long as the context lives. */
export const MOST_TOKENS = 512
export const MOST_OUTPUTS = 64
/** Texts side by side. */
export const MOST_SEQUENCES = 32

export interface ContextOptions {
  /** Tokens of all sequences together. */
  readonly cells: number
  /** Called for every tensor of the graph; see {@link Taps}. */
  readonly onTensor?: (tensor: Pointer, ask: boolean) => boolean
}

/** A context of llama.cpp: a memory of tokens, and the vector that is added while it decodes. */
export class Context {
  readonly weights: Weights
  readonly #pointer: Pointer
  readonly #memory: Pointer
  readonly #callback: Pointer | undefined
  // C reads these by their addresses: they must live as long as the context.
  readonly #tokens = new Int32Array(MOST_TOKENS)
  readonly #positions = new Int32Array(MOST_TOKENS)
  readonly #counts = new Int32Array(MOST_TOKENS).fill(1)
  readonly #sequences = new Int32Array(MOST_TOKENS)
  readonly #sequenceLists = new BigUint64Array(MOST_TOKENS)
  readonly #outputs = new Int8Array(MOST_TOKENS)
  readonly #addresses: Readonly<Record<string, Pointer>>

  constructor(weights: Weights, { cells, onTensor }: ContextOptions) {
    const { library } = weights
    this.weights = weights
    this.#callback = onTensor === undefined ? undefined : library.evalCallback(onTensor)
    const params = Object.assign(library.contextParams(), {
      n_ctx: cells,
      n_batch: MOST_TOKENS,
      n_ubatch: MOST_TOKENS,
      n_seq_max: MOST_SEQUENCES,
      n_outputs_max: MOST_OUTPUTS,
      n_outputs_max_per_seq: MOST_OUTPUTS,
      // More threads than free cores crawl; a second session uses the second core.
      n_threads: 1,
      n_threads_batch: 1,
      no_perf: true,
      kv_unified: true,
      cb_eval: this.#callback ?? null,
    })
    const pointer = library.newContext(weights.pointer, params)
    if (pointer === null) {
      if (this.#callback !== undefined) library.release(this.#callback)
      throw new AssayError('probe/no-memory', `llama.cpp made no context of ${cells} tokens: free some memory.`, {
        exit: 3,
      })
    }
    this.#pointer = pointer
    this.#memory = library.memory(pointer)
    const start = library.address(this.#sequences)
    for (let i = 0; i < MOST_TOKENS; i++) this.#sequenceLists[i] = start + BigInt(4 * i)
    this.#addresses = {
      token: library.address(this.#tokens),
      pos: library.address(this.#positions),
      n_seq_id: library.address(this.#counts),
      seq_id: library.address(this.#sequenceLists),
      logits: library.address(this.#outputs),
    }
  }

  /** Forgets every token. */
  clear(): void {
    this.weights.library.clear(this.#memory, true)
  }

  /** @param items at most {@link MOST_TOKENS}, with at most {@link MOST_OUTPUTS} outputs */
  decode(items: readonly Item[]): void {
    for (const [i, { token, position, sequence, out }] of items.entries()) {
      this.#tokens[i] = token
      this.#positions[i] = position
      this.#sequences[i] = sequence
      this.#outputs[i] = out ? 1 : 0
    }
    const code = this.weights.library.decode(this.#pointer, { ...this.#addresses, n_tokens: items.length, embd: null })
    if (code !== 0)
      throw new AssayError('probe/decode', `llama.cpp could not decode ${items.length} tokens (code ${code})`)
  }

  /** Logits of the item of this index in the latest decode; valid until the next one. */
  logits(index: number): Float32Array {
    const { library, vocabulary } = this.weights
    const pointer = library.logits(this.#pointer, index)
    if (pointer === null) throw new AssayError('probe/decode', `llama.cpp kept no logits of token ${index}`)
    const found = library.floats(pointer, vocabulary)
    // One residual that overflows makes every logit no number, and a token drawn from those would look like any other.
    if (Number.isNaN(found[0]))
      throw new AssayError(
        'probe/bad-request',
        "The model's logits are not numbers: its weights are broken, or too much was added to it.",
      )
    return found
  }

  /** Adds these vectors from the next decode on; none takes away what was added. */
  steer(injections: readonly Injection[]): void {
    const { library, width, layers } = this.weights
    const acting = injections.filter(({ strength }) => strength !== 0)
    let code: number
    if (acting.length === 0) code = library.steer(this.#pointer, null, 0, width, -1, -1)
    else {
      // Rows begin with block 1: the library adds nothing to block 0.
      const rows = new Float32Array(width * (layers - 1))
      for (const { vector, from, to, strength } of acting) {
        for (let layer = from; layer <= to; layer++) {
          const start = (layer - 1) * width
          for (let i = 0; i < width; i++) rows[start + i] = (rows[start + i] ?? 0) + strength * (vector[i] ?? 0)
        }
      }
      const from = Math.min(...acting.map((each) => each.from))
      const to = Math.max(...acting.map((each) => each.to))
      code = library.steer(this.#pointer, rows, rows.length, width, from, to)
    }
    if (code !== 0) throw new AssayError('probe/decode', `llama.cpp did not take the vector (code ${code})`)
  }

  close(): void {
    const { library } = this.weights
    library.freeContext(this.#pointer)
    if (this.#callback !== undefined) library.release(this.#callback)
  }
}
