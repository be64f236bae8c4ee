/** Two numbers that a worker and its owner share: whether rest is asked for, and whether the worker is at work. */
export class Rest {
  readonly memory: SharedArrayBuffer
  readonly #cells: Int32Array<SharedArrayBuffer>

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.memory = memory
    this.#cells = new Int32Array(memory)
  }

  get asked(): boolean {
    return Atomics.load(this.#cells, 0) === 1
  }

  ask(): void {
    Atomics.store(this.#cells, 0, 1)
  }

  work(busy: boolean): void {
    Atomics.store(this.#cells, 1, busy ? 1 : 0)
    if (!busy) Atomics.notify(this.#cells, 1)
  }

  /** Asks for rest and blocks this thread until it has come, or the time is up. */
  wait(milliseconds: number): void {
    this.ask()
    Atomics.wait(this.#cells, 1, 1, milliseconds)
  }
}
