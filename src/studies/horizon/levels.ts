/** Steps of the shortest solution. */
export const LENGTHS = ['1', '2', '4', '8', '16', '32', '64', '128', '256', '512', '1024'] as const
/** Tokens in and out of one trial. */
export const BUDGETS = ['none', '32k', '64k', '128k', '256k', '512k', '1m', '4m'] as const
/** Tokens that the context may take; `model`: as long as the model's own. */
export const WINDOWS = ['32k', 'model', '2k', '3k', '4k', '6k', '8k', '16k', '64k', '128k'] as const
/** Tokens a second; `model`: the model's own, as measured. */
export const SPEEDS = ['model', '10', '30', '100', '300', '1000', '3000', '15000'] as const
/** Working time of one trial. */
export const TIMES = ['none', '10s', '30s', '1min', '5min', '30min', '2h', '8h'] as const

const SIZES: Readonly<Record<string, number>> = { k: 1_000, m: 1_000_000 }

/** `64k` as 64,000; undefined for a level that is no number. */
export function tokensOf(level: string): number | undefined {
  const [, digits, size = ''] = /^(\d+)([km]?)$/.exec(level) ?? []
  return digits === undefined ? undefined : Number(digits) * (SIZES[size] ?? 1)
}

const MS: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000 }

/** `5min` in milliseconds; undefined for `none`. */
export function msOf(level: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+)(s|min|h)$/.exec(level) ?? []
  const ms = MS[unit]
  return digits === undefined || ms === undefined ? undefined : Number(digits) * ms
}
