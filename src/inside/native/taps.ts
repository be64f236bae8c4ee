import type { Library, Pointer } from './library.ts'

/** What is to be read and written while a graph runs, by layer. */
export interface Wanted {
  /** Layers whose output is kept. */
  readonly read: ReadonlySet<number>
  /** Changes a layer's output in place: rows of `width` floats, one a token of the decode (the last block: one an output). */
  readonly write: ReadonlyMap<number, (rows: Float32Array) => void>
  /** The graph ends behind this layer, and nothing above it is computed. */
  readonly stop?: number
}

const NOTHING: Wanted = { read: new Set(), write: new Map() }
const NAME = /^l_out-(\d+)$/

/** Reads and changes the residual stream while llama.cpp computes it: tensors are known by their names, `l_out-N`. */
export class Taps {
  readonly #library: Library
  readonly #names = new Map<string, number>()
  #wanted: Wanted = NOTHING
  #kept = new Map<number, Float32Array>()
  #failures: unknown[] = []

  constructor(library: Library) {
    this.#library = library
  }

  /**
   * Runs one decode under these wishes.
   *
   * @returns what was read, by layer; a layer is missing where the architecture does not name it
   */
  during(wanted: Wanted, decode: () => void): ReadonlyMap<number, Float32Array> {
    this.#wanted = wanted
    this.#kept = new Map()
    this.#failures = []
    try {
      decode()
    } finally {
      this.#wanted = NOTHING
    }
    if (this.#failures.length > 0) throw this.#failures[0]
    return this.#kept
  }

  /** Called by llama.cpp for each tensor: first whether it is wanted, then once it is computed. False then ends the graph. */
  readonly onTensor = (tensor: Pointer, ask: boolean): boolean => {
    try {
      const layer = this.#layerOf(this.#library.tensorName(tensor))
      const { read, write, stop } = this.#wanted
      const change = write.get(layer)
      const isRead = read.has(layer)
      if (ask) return isRead || change !== undefined || layer === stop
      if (isRead || change !== undefined) {
        const bytes = new Uint8Array(Number(this.#library.tensorBytes(tensor)))
        this.#library.tensorGet(tensor, bytes, 0, bytes.length)
        const rows = new Float32Array(bytes.buffer)
        if (isRead) this.#kept.set(layer, change === undefined ? rows : rows.slice())
        if (change !== undefined) {
          change(rows)
          this.#library.tensorSet(tensor, bytes, 0, bytes.length)
        }
      }
      return layer !== stop
    } catch (cause) {
      // An exception must not travel through native frames.
      this.#failures.push(cause)
      return false
    }
  }

  /** −1 for any other tensor. The same few thousand names come with every decode. */
  #layerOf(name: string): number {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    const layer = Number(NAME.exec(name)?.[1] ?? -1)
    this.#names.set(name, layer)
    return layer
  }
}
