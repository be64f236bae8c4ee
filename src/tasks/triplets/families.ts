/** A language in which a small program is repaired. */
export type Language = 'shell' | 'javascript'

/** One kind of repair: what a program that takes whole numbers must print, how it is wrong, and how it is right. */
export interface RepairFamily {
  readonly name: string
  /** The specification. `k` is drawn for each task, 2 to 9. */
  readonly says: (k: number) => string
  /** What the specification says for these numbers. */
  readonly answer: (numbers: readonly number[], k: number) => number
  /** An arithmetic step: how a shell loop and a JavaScript fold both make `r` from each number `x`. */
  readonly start: string
  readonly step: (k: number) => Readonly<Record<Language, string>>
  readonly wrong: (k: number) => Readonly<Record<Language, string>>
}

/** The same step in both languages. */
const both = (step: string): Readonly<Record<Language, string>> => ({
  shell: `r=$(( ${step} ))`,
  javascript: `r = Number(${step})`,
})

export const REPAIR_FAMILIES: readonly RepairFamily[] = [
  {
    name: 'sum',
    says: (k) => `the sum of all numbers, times ${k}`,
    answer: (numbers, k) => k * numbers.reduce((a, b) => a + b, 0),
    start: '0',
    step: (k) => both(`r + ${k} * x`),
    wrong: (k) => both(`r + ${k} + x`),
  },
  {
    name: 'above',
    says: (k) => `how many numbers are above ${k}`,
    answer: (numbers, k) => numbers.filter((x) => x > k).length,
    start: '0',
    step: (k) => both(`r + (x > ${k})`),
    wrong: (k) => both(`r + (x < ${k})`),
  },
  {
    name: 'largest',
    says: (k) => `the largest number, or ${k} if none is larger`,
    answer: (numbers, k) => Math.max(k, ...numbers),
    start: 'k',
    step: () => both('x > r ? x : r'),
    wrong: () => both('x < r ? x : r'),
  },
  {
    name: 'smallest',
    says: (k) => `the smallest number, or ${k} if none is smaller`,
    answer: (numbers, k) => Math.min(k, ...numbers),
    start: 'k',
    step: () => both('x < r ? x : r'),
    wrong: () => both('x > r ? x : r'),
  },
  {
    name: 'divisible',
    says: (k) => `how many numbers can be divided by ${k}`,
    answer: (numbers, k) => numbers.filter((x) => x % k === 0).length,
    start: '0',
    step: (k) => both(`r + (x % ${k} == 0)`),
    wrong: (k) => both(`r + (x % ${k})`),
  },
  {
    name: 'squares',
    says: (k) => `the sum of the squares of all numbers, plus ${k}`,
    answer: (numbers, k) => numbers.reduce((a, b) => a + b * b, k),
    start: 'k',
    step: () => both('r + x * x'),
    wrong: () => both('r + x + x'),
  },
  {
    name: 'product',
    says: (k) => `the product of all numbers, starting from ${k}, of which only the remainder by 997 is kept`,
    answer: (numbers, k) => numbers.reduce((a, b) => (a * b) % 997, k),
    start: 'k',
    step: () => both('(r * x) % 997'),
    wrong: () => both('(r + x) % 997'),
  },
  {
    name: 'last',
    says: (k) => `the last number, times ${k}`,
    answer: (numbers, k) => k * (numbers.at(-1) ?? 0),
    start: '0',
    step: (k) => both(`x * ${k}`),
    wrong: (k) => both(`x + ${k}`),
  },
  {
    name: 'alternating',
    says: (k) => `${k} taken from each number in turn, with the sign of what was made so far turned over each time`,
    answer: (numbers, k) => numbers.reduce((a, b) => b - k - a, 0),
    start: '0',
    step: (k) => both(`x - ${k} - r`),
    wrong: (k) => both(`x - ${k} + r`),
  },
  {
    name: 'capped',
    says: (k) => `the sum of all numbers, where each counts for ${k} at most`,
    answer: (numbers, k) => numbers.reduce((a, b) => a + Math.min(b, k), 0),
    start: '0',
    step: (k) => both(`r + (x < ${k} ? x : ${k})`),
    wrong: (k) => both(`r + (x > ${k} ? x : ${k})`),
  },
]
