/** Journals that may wait for the disk before the next trial starts. */
const MOST = 64

/** Ends of trials under way: few enough at once, all waited for, and the first failure kept until somebody hears it. */
export class Closing {
  #open = 0
  #failure: { readonly cause: unknown } | undefined
  #waiting: (() => void)[] = []

  /**
   * Takes an end in; waits while too many are open.
   *
   * @throws whatever an earlier one threw
   */
  async add(work: Promise<void>): Promise<void> {
    this.#open++
    void this.#follow(work)
    while (this.#open >= MOST) await this.#change()
    this.#raise()
  }

  /** Waits for all of them. @throws whatever the first that failed threw */
  async end(): Promise<void> {
    while (this.#open > 0) await this.#change()
    this.#raise()
  }

  async #follow(work: Promise<void>): Promise<void> {
    try {
      await work
    } catch (cause) {
      this.#failure ??= { cause }
    }
    this.#open--
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
    })
  }

  #raise(): void {
    if (this.#failure !== undefined) throw this.#failure.cause
  }
}
