import { randomFrom, type Random } from '../../record/index.ts'
import { monthFactor, weatherOn, weekdayFactor } from './calendar.ts'

/** What demand depends on in a product. */
export interface Appeal {
  /** Units that customers want on an ordinary day at the reference price. */
  readonly base: number
  /** Change of demand, as a share of the base, for a price 100% above the reference. Negative. */
  readonly elasticity: number
  /** The price in cents that customers know from elsewhere. */
  readonly reference: number
}

/** Standard deviation of a day's noise as a share of its mean: days differ, weeks hardly. */
const NOISE = 0.2

/**
 * Variety: few kinds make a machine not worth the walk, a full face of different kinds makes the choice tiresome. Index
 * is the number of different products that have stock and a price.
 */
const VARIETY = [1, 0.7, 0.78, 0.85, 0.9, 0.95, 1, 1.03, 1.05, 1.05, 1.03, 1, 0.96] as const

export function varietyFactor(kinds: number): number {
  return VARIETY[Math.min(kinds, VARIETY.length - 1)] ?? 1
}

/** What a day brings to every product alike, and the day's own luck for each. */
export interface Market {
  /** Weekday · month · weather. */
  readonly factor: number
  /** The luck of product number `index`. Does not depend on what is in the machine. */
  readonly luck: (index: number) => Luck
}

interface Luck {
  /** Noise, mean 1, never negative. */
  readonly noise: number
  /** In [0, 1): which way to round. */
  readonly rounding: number
}

/** The market of one day. Depends on seed and day alone, so that two shopkeepers with one seed meet the same customers. */
export function marketOn(seed: string, day: number): Market {
  return {
    factor: weekdayFactor(day) * monthFactor(day) * weatherOn(seed, day).factor,
    luck(index) {
      const random = randomFrom(seed, 'demand', day, index)
      return { noise: Math.max(0, 1 + NOISE * roughlyNormal(random)), rounding: random() }
    },
  }
}

/**
 * Units wanted of one product on one day, before stock limits it:
 * base · (1 + elasticity · relative price gap) · weekday · month · weather · variety, with noise, rounded.
 *
 * Rounding goes up with the probability of the fraction, so that means are kept: to the nearest whole, what sells once in
 * three days would never sell at all. It is the same draw at every price, so a lower price never sells less.
 *
 * @param price in cents, positive
 * @param variety {@link varietyFactor} of the machine as it stands
 * @param index the product's number, which picks its luck
 * @see Vending-Bench, arXiv 2502.15840, for the factors; the constants are ours
 */
export function unitsWanted(appeal: Appeal, price: number, market: Market, variety: number, index: number): number {
  const gap = (price - appeal.reference) / appeal.reference
  const pull = Math.max(0, 1 + appeal.elasticity * gap)
  const { noise, rounding } = market.luck(index)
  return Math.floor(appeal.base * pull * market.factor * variety * noise + rounding)
}

// The sum of twelve uniform numbers less six has mean 0 and variance 1 and is nearly normal. It needs additions alone,
// so that every machine gets the same units to the last bit; logarithms and cosines are not promised to agree.
function roughlyNormal(random: Random): number {
  let sum = -6
  for (let draw = 0; draw < 12; draw += 1) sum += random()
  return sum
}
