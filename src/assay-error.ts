/**
 * The one error thrown for a user's or our own mistake. What an agent, a model or a provider does wrong is never an
 * error: it is a value in the journal.
 *
 * @param code stable, `room/what`, for programs: `record/newer-format`
 * @param message one line: what is wrong, where, and what to do
 */
export class AssayError extends Error {
  readonly code: string
  readonly exit: ExitCode

  constructor(code: string, message: string, options: { readonly cause?: unknown; readonly exit?: ExitCode } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AssayError'
    this.code = code
    this.exit = options.exit ?? 2
  }
}

/** What the process answers: 1 the answer is no; 2 the request is wrong; 3 the run could not be completed. */
export type ExitCode = 1 | 2 | 3 | 130

/** What somebody else's error says, on one line. */
export function reasonOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s*\n\s*/g, ' ')
}

/** The system's code of an error (`ENOSPC`), where it has one. */
export function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
}
