import { AssayError } from '../../assay-error.ts'
import type { Library, Pointer } from './library.ts'

/** Weights in memory, with their vocabulary. */
export class Weights {
  readonly library: Library
  readonly pointer: Pointer
  readonly width: number
  readonly layers: number
  readonly vocabulary: number
  readonly trained: number
  readonly #vocab: Pointer
  readonly #addsStart: boolean

  /** @throws AssayError `probe/bad-weights` llama.cpp cannot load the file, or it is no decoder */
  constructor(library: Library, file: string, architecture = 'unknown') {
    const params = library.modelParams()
    params['n_gpu_layers'] = 0
    const pointer = library.loadModel(file, params)
    if (pointer === null)
      throw new AssayError(
        'probe/bad-weights',
        `${file} (architecture ${architecture}) cannot be used: llama.cpp does not load it.`,
      )
    this.library = library
    this.pointer = pointer
    this.width = library.width(pointer)
    this.layers = library.layers(pointer)
    this.trained = library.trained(pointer)
    this.#vocab = library.vocabulary(pointer)
    this.vocabulary = library.tokens(this.#vocab)
    this.#addsStart = library.addsStart(this.#vocab)
    if (library.hasEncoder(pointer)) {
      this.close()
      throw new AssayError(
        'probe/architecture',
        `${file} (architecture ${architecture}) has an encoder, and the white box reads decoders only.`,
      )
    }
  }

  /** @param start false for what continues a text */
  tokenize(text: string, start = true): Int32Array {
    const bytes = Buffer.byteLength(text)
    const out = new Int32Array(bytes + 8)
    const count = this.library.tokenize(this.#vocab, text, bytes, out, out.length, start && this.#addsStart, true)
    if (count < 0) throw new AssayError('probe/bad-request', 'A text could not be cut into tokens.')
    return out.slice(0, count)
  }

  /** Bytes of a token: a character may take several tokens. */
  piece(token: number): Buffer {
    const out = new Uint8Array(256)
    const count = this.library.piece(this.#vocab, token, out, out.length, 0, false)
    return Buffer.from(out.subarray(0, Math.max(0, count)))
  }

  isEnd(token: number): boolean {
    return this.library.isEnd(this.#vocab, token)
  }

  close(): void {
    this.library.freeModel(this.pointer)
  }
}
