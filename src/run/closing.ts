/** Journals that may wait for the disk before the next trial starts. */
const MOST = 64

/** Ends of trials under way: few enough at once, all waited for, and the first failure kept until somebody hears it. */
export class Closing {
  readonly #open = new Set<Promise<void>>()
  #failure: { readonly cause: unknown } | undefined

  /**
   * Takes an end in; waits when too many are open.
   *
   * @throws whatever an earlier one threw
   */
  async add(work: Promise<void>): Promise<void> {
    const done = work
      .catch((cause: unknown) => {
        this.#failure ??= { cause }
      })
      .finally(() => this.#open.delete(done))
    this.#open.add(done)
    while (this.#open.size >= MOST) await Promise.race(this.#open)
    this.#raise()
  }

  /** Waits for all of them. @throws whatever the first that failed threw */
  async end(): Promise<void> {
    await Promise.all(this.#open)
    this.#raise()
  }

  #raise(): void {
    if (this.#failure !== undefined) throw this.#failure.cause
  }
}
