/**
 * Runs `work` over the items in order, at most `concurrency` at once. The first error stops the taking of new items;
 * what is under way is waited for, and then the error is thrown.
 */
export async function pool<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0
  let failure: { readonly cause: unknown } | undefined
  const lane = async (): Promise<void> => {
    for (;;) {
      const item = items[next++]
      if (item === undefined || failure !== undefined) return
      try {
        await work(item)
      } catch (cause) {
        failure ??= { cause }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, items.length)) }, lane))
  if (failure !== undefined) throw failure.cause
}
