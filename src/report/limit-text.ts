// Without imports: the page says it with this code too.

/** Limits by the name of the field, as they are called. */
const NAMES: Readonly<Record<string, string>> = {
  turns: 'turn',
  messages: 'message',
  inputTokens: 'input token',
  outputTokens: 'output token',
  tokens: 'token',
  dollars: 'dollar',
  workingMs: 'working time',
  wallMs: 'time',
  days: 'day',
  context: 'context window',
  queries: 'query',
}

/** `stopped at the turn limit`, for the name of a limit. */
export function limitText(limit: string): string {
  return `stopped at the ${NAMES[limit] ?? limit} limit`
}

/** Why a trial ended: the reason as it is recorded, or which limit it reached. */
export function stopText(status: string, stop: string): string {
  return status === 'limit' ? limitText(stop) : stop
}
