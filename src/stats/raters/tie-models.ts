export interface PairCounts {
  readonly aWins: number
  readonly bWins: number
  readonly ties: number
}

/** Log-likelihood of one pair and its derivatives by the strength difference d and the log tie parameter t. */
export interface Derivatives {
  readonly value: number
  readonly d: number
  readonly t: number
  readonly dd: number
  readonly dt: number
  readonly tt: number
}

export function bradleyTerryPair({ aWins, bWins }: PairCounts, d: number): Derivatives {
  const p = logistic(d)
  const q = logistic(-d)
  const n = aWins + bWins
  return {
    value: aWins * logLogistic(d) + bWins * logLogistic(-d),
    d: aWins * q - bWins * p,
    t: 0,
    dd: -n * p * q,
    dt: 0,
    tt: 0,
  }
}

/** Outcomes weigh e^(d/2), e^(−d/2) and ν = e^t. */
export function davidsonPair({ aWins, bWins, ties }: PairCounts, d: number, t: number): Derivatives {
  const top = Math.max(Math.abs(d) / 2, t)
  const logTotal = top + Math.log(Math.exp(d / 2 - top) + Math.exp(-d / 2 - top) + Math.exp(t - top))
  const a = Math.exp(d / 2 - logTotal)
  const b = Math.exp(-d / 2 - logTotal)
  const tie = Math.exp(t - logTotal)
  const n = aWins + bWins + ties
  return {
    value: (aWins - bWins) * (d / 2) + ties * t - n * logTotal,
    d: (aWins - bWins - n * (a - b)) / 2,
    t: ties - n * tie,
    dd: (-n * (a + b - (a - b) ** 2)) / 4,
    dt: (n * tie * (a - b)) / 2,
    tt: -n * tie * (1 - tie),
  }
}

/** P(a wins) = logistic(d − t), P(b wins) = logistic(−d − t) with θ = e^t > 1; the rest are ties. */
export function raoKupperPair({ aWins, bWins, ties }: PairCounts, d: number, t: number): Derivatives {
  if (!(t > 0)) return { value: -Infinity, d: 0, t: 0, dd: 0, dt: 0, tt: 0 }
  const a = logistic(d - t)
  const b = logistic(-d - t)
  const na = aWins + ties
  const nb = bWins + ties
  // ln(θ² − 1) and its derivatives by t.
  const grown = Math.expm1(2 * t)
  const slope = (2 * (grown + 1)) / grown
  const va = na * a * (1 - a)
  const vb = nb * b * (1 - b)
  return {
    value: na * logLogistic(d - t) + nb * logLogistic(-d - t) + ties * Math.log(grown),
    d: na * (1 - a) - nb * (1 - b),
    t: -na * (1 - a) - nb * (1 - b) + ties * slope,
    dd: -va - vb,
    dt: va - vb,
    tt: -va - vb - (ties * 4 * (grown + 1)) / grown ** 2,
  }
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

function logLogistic(x: number): number {
  return x < 0 ? x - Math.log1p(Math.exp(x)) : -Math.log1p(Math.exp(-x))
}
