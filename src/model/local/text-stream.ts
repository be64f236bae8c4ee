/** Where tokens become text. */
export interface TextStream<Token> {
  /** Text that can be shown now. */
  push(token: Token): string
  /** What was still held back. */
  end(): string
  /** True once a stop text has come: nothing more will be shown. */
  readonly stopped: boolean
}

/**
 * Turns tokens into text as they come. Bytes of a character that is not complete yet are held back, and so is what may be the beginning of a stop text.
 *
 * @param detokenize text of `tokens`, which follow `before`
 * @param stop texts at which the reply ends; they are left out
 */
export function textStream<Token>(
  detokenize: (tokens: readonly Token[], before: readonly Token[]) => string,
  stop: readonly string[],
): TextStream<Token> {
  const before: Token[] = []
  let pending: Token[] = []
  let held = ''
  let stopped = false
  const release = (keep: boolean): string => {
    const at = Math.min(...stop.map((text) => held.indexOf(text)).filter((index) => index >= 0))
    stopped = at !== Infinity
    const shown = stopped ? held.slice(0, at) : held.slice(0, held.length - (keep ? overlap(held, stop) : 0))
    held = stopped ? '' : held.slice(shown.length)
    return shown
  }
  const take = (): void => {
    held += detokenize(pending, before.slice(-8))
    before.push(...pending)
    pending = []
  }
  return {
    push(token) {
      if (stopped) return ''
      pending.push(token)
      // A character takes at most four bytes; a longer row of replacement characters is what the model wrote.
      if (pending.length <= 4 && detokenize(pending, before.slice(-8)).endsWith('\uFFFD')) return ''
      take()
      return release(true)
    },
    end() {
      if (stopped) return ''
      if (pending.length > 0) take()
      return release(false)
    },
    get stopped() {
      return stopped
    },
  }
}

/** Length of the longest end of `text` that begins a stop text. */
function overlap(text: string, stop: readonly string[]): number {
  let longest = 0
  for (const candidate of stop) {
    for (let length = Math.min(candidate.length - 1, text.length); length > longest; length -= 1) {
      if (candidate.startsWith(text.slice(-length))) longest = length
    }
  }
  return longest
}
