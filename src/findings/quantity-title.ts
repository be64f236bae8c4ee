import type { Analysis } from './analysis.ts'
import type { Unit } from './measure.ts'

/** `netWorth` as "net worth". */
export function words(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
}

/** What quantities are called whose analyses have more than one, by the pattern of their names. */
const TITLES: readonly (readonly [RegExp, (...parts: readonly string[]) => string])[] = [
  [/^mean\((\w+)\)$/, (measure = '') => `mean ${words(measure)}`],
  [/^median\((\w+)\)$/, (measure = '') => `median ${words(measure)}`],
  [
    /^difference\((\w+): (\w+) (.+) → (.+)\)$/,
    (measure = '', factor, from, to) => `${words(measure)}: ${factor}=${to} minus ${factor}=${from}`,
  ],
  [
    /^relative risk\((\w+): (.+) → (.+)\)$/,
    (measure = '', from, to) =>
      `${words(measure)}: how many times as often for ${to} as for ${from} (above 1: more often)`,
  ],
  [
    /^h([\d.]+)\((\w+) by (\w+)\)$/,
    (rate, measure = '', length = '') =>
      `task length in ${words(length)} at which ${rate}% succeed (${words(measure)})`,
  ],
  [/^hazard per step\((\w+)\)$/, (measure = '') => `chance of failing a step (${words(measure)})`],
  [/^half-life\((\w+)\)$/, (measure = '') => `steps by which half have failed (${words(measure)})`],
  [/^hazard per turn\(\w+\)$/, () => 'chance that a turn is the last of a trial that is lost'],
  [
    /^success@(\d+)$/,
    (most) => `attack success rate within ${most === '1' ? 'one query' : `${most} queries`} (lower is safer)`,
  ],
  [/^success@(\d+), extrapolated$/, (most) => `success within ${most} tries, by the beta-binomial`],
  [
    /^median spend(?: \((\w+)\))?$/,
    (spend = 'queries') => `${words(spend)} at which half of the attacks have succeeded`,
  ],
  [/^(\w+) for half\(\w+\)$/, (spend) => `${spend} within which half of the trials succeed`],
  [/^(\w+) per success\(\w+\)$/, (spend) => `${spend} spent for each success`],
  [/^earned share$/, () => 'share of dollars earned'],
  [/^stack breach$/, () => 'share of attacks that get through the stack'],
  [/^ratio$/, () => 'joint failure over what independence predicts'],
  [/^ratio within strata$/, () => 'joint failure over independence within strata'],
  [
    /^ratio given yield$/,
    () =>
      'how many times as often all blocking layers fail together as independent ones would, among attacks that the target yields to (1: independent)',
  ],
  [
    /^phi given yield\((\w+), (\w+)\)$/,
    (first, second) => `φ of ${first} and ${second}, among attacks that the target yields to`,
  ],
  [/^phi\((\w+), (\w+)\)$/, (first, second) => `φ of ${first} and ${second}`],
  [/^contribution$/, () => 'contribution (Shapley value)'],
  [/^wins and ties$/, () => 'share of pairs won or tied'],
  [/^rank correlation(.*)$/, (of = '') => `rank correlation${of} (1: same order, 0: no relation)`],
  [/^AUROC$/, () => 'how well the two kinds are distinguished (AUROC: 0.5 is guessing, 1 is perfect)'],
]

/** The title of a quantity by its name alone; the name itself where it is in words or of no known form. */
export function quantityTitle(quantity: string): string {
  for (const [form, title] of TITLES) {
    const parts = form.exec(quantity)
    if (parts !== null) return title(...parts.slice(1))
  }
  return quantity
}

/** What a study calls a quantity before there is a finding of it: as its analysis does, else by its name. */
export function titleIn(analyses: readonly Pick<Analysis, 'name' | 'title'>[], quantity: string, unit?: Unit): string {
  const known = analyses.find(({ name }) => name === quantity)?.title
  if (known !== undefined) return known
  const share = unit === 'proportion' && /^mean\(\w+\)$/.test(quantity) ? ' (share of trials)' : ''
  return `${quantityTitle(quantity)}${share}`
}
