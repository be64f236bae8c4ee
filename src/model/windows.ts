/**
 * Tokens of context that hosted models hold at most, as their providers published it; the first pattern that fits counts. They
 * bound what a run can cost, and nothing else: a run finds out where a window ends when a request does not fit.
 */
const WINDOWS: readonly (readonly [model: RegExp, tokens: number])[] = [
  [/^anthropic\/claude-haiku-4-5/, 200_000],
  [/^anthropic\/claude-opus-4-5/, 200_000],
  // Sonnet 4.5 holds as much in a beta that is not asked for here.
  [/^anthropic\/claude-(?:fable-5|opus-5|sonnet-5|opus-4-[678]|sonnet-4-[56])/, 1_000_000],
  [/^openai\/gpt-5/, 400_000],
  [/^openai\/gpt-4\.1/, 1_047_576],
  [/^openai\/gpt-4o/, 128_000],
  [/^openai\/(?:o3|o4-mini)$/, 200_000],
]

/** The published window of a hosted model in tokens, by its full name; undefined where none is known. */
export function publishedWindow(name: string): number | undefined {
  return WINDOWS.find(([model]) => model.test(name))?.[1]
}
