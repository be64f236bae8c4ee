import type { Rules } from './rules.ts'

/** Nothing goes: a context that no longer fits ends the trial as a `context` limit. */
export const none: Rules = { shrink: () => undefined }
