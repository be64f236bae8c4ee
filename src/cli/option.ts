import { AssayError } from '../assay-error.ts'

/** One option of a command, as data: `maxCost` is written `--max-cost`. What each type takes: {@link parseOption}. */
export type OptionSpec = {
  /** What it does, for `--help`. */
  readonly says: string
  /** Its heading in `--help`; default `Options`. */
  readonly group?: 'what to run' | 'limits' | 'output'
  /** What it was called before, as its key: still accepted, and in no help. */
  readonly formerly?: string
} & ({ readonly type: 'flag' } | ({ readonly value: string } & ValueSpec))

type ValueSpec =
  /** `needed`: what is said where it is missing; without it, the option may be left out. */
  | { readonly type: 'text'; readonly default?: string; readonly needed?: string }
  /** May be said more than once. */
  | { readonly type: 'list' }
  /** `left=right`, and may be said more than once. */
  | { readonly type: 'pairs' }
  | { readonly type: 'choice'; readonly of: readonly string[]; readonly default?: string }
  /** A whole number from `from` (default 0) up, to `to` where that is said. */
  | { readonly type: 'whole'; readonly from?: number; readonly to?: number; readonly default?: number }
  | { readonly type: 'number'; readonly from?: number; readonly default?: number }
  /** Above 0. */
  | { readonly type: 'dollars' }
  /** From 0 to 1; `inner`: 0 and 1 are none. */
  | { readonly type: 'share'; readonly inner?: true; readonly default?: number }
  /** Numbers with commas; `above`: each of them is above it. */
  | { readonly type: 'numbers'; readonly above?: number; readonly default?: readonly number[] }

export type OptionSpecs = Readonly<Record<string, OptionSpec>>

type Pair = readonly [left: string, right: string]

interface Values {
  readonly flag: boolean
  readonly text: string
  readonly list: readonly string[]
  readonly pairs: readonly Pair[]
  readonly choice: string
  readonly whole: number
  readonly number: number
  readonly dollars: number
  readonly share: number
  readonly numbers: readonly number[]
}

type ValueOf<O extends OptionSpec> = O extends { readonly of: readonly (infer Choice)[] } ? Choice : Values[O['type']]

/** Options that have a value whether or not they are said. */
type Always = { readonly type: 'flag' | 'list' | 'pairs' } | { readonly default: unknown } | { readonly needed: string }

/** The values of declared options. A value that may be missing is `undefined`, and its name is there all the same: a misspelt name is an error. */
export type OptionsOf<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: ValueOf<Specs[Name]> | (Specs[Name] extends Always ? never : undefined)
}

/**
 * One option's text as a value; `before` is what the option was given earlier on the same command line.
 *
 * @throws AssayError `cli/usage`: what the option takes, and what it was given
 */
export function parseOption(
  flag: string,
  spec: Exclude<OptionSpec, { type: 'flag' }>,
  text: string,
  before: unknown,
): unknown {
  switch (spec.type) {
    case 'text':
      return text
    case 'list':
      return [...(Array.isArray(before) ? before : []), text]
    case 'pairs': {
      const [left = '', right = ''] = text.split(/=(.*)/s).map((part) => part.trim())
      const form = spec.value.replaceAll(/[<>]/g, '')
      if (left === '' || right === '') throw usage(`${flag} ${text} is not of the form ${form}.`)
      return [...(Array.isArray(before) ? before : []), [left, right]]
    }
    case 'choice':
      if (spec.of.includes(text)) return text
      throw wrong(flag, `must be ${orOf(spec.of)}`, text)
    case 'whole': {
      const { from = 0, to = Infinity } = spec
      const value = numberIn(text)
      if (Number.isInteger(value) && value >= from && value <= to) return value
      throw wrong(
        flag,
        `must be a whole number${to === Infinity ? `, ${from} or more` : ` from ${from} to ${to}`}`,
        text,
      )
    }
    case 'number': {
      const { from = -Infinity } = spec
      const value = numberIn(text)
      if (Number.isFinite(value) && value >= from) return value
      throw wrong(flag, `must be a number${from === -Infinity ? '' : `, ${from} or more`}`, text)
    }
    case 'dollars': {
      const value = numberIn(text)
      if (Number.isFinite(value) && value > 0) return value
      throw wrong(flag, 'must be above $0', text)
    }
    case 'share': {
      const value = numberIn(text)
      const inner = spec.inner === true
      if (inner ? value > 0 && value < 1 : value >= 0 && value <= 1) return value
      throw wrong(flag, inner ? 'must be between 0 and 1, such as 0.8' : 'must be a share from 0 to 1', text)
    }
    case 'numbers': {
      const { above = -Infinity } = spec
      const values = text.split(',').map(numberIn)
      if (values.every((value) => Number.isFinite(value) && value > above)) return values
      throw wrong(
        flag,
        `must be numbers${above === -Infinity ? '' : ` above ${above}`}, with commas between them`,
        text,
      )
    }
  }
}

/** An empty text, as an unset shell variable leaves it, is not a number: JavaScript reads it as 0. */
function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}

function orOf(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`
}

function wrong(flag: string, must: string, text: string): AssayError {
  return usage(`${flag} ${must}. You gave ${text.trim() === '' ? 'nothing' : text}.`)
}

function usage(message: string): AssayError {
  return new AssayError('cli/usage', message)
}
