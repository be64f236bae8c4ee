/** Milliseconds. Each is a limit on one try, not on the whole question. */
export interface Timeouts {
  /** Name lookup, TCP, proxy and TLS together. */
  readonly connect: number
  /** From the connection to the first byte of the body. Models that think before they speak need long. */
  readonly firstByte: number
  /** Silence between two pieces. Keep-alive comments count as a sign of life. */
  readonly idle: number
  /** One try in all. */
  readonly total: number
}

export const defaultTimeouts: Timeouts = { connect: 15_000, firstByte: 600_000, idle: 120_000, total: 3_600_000 }
