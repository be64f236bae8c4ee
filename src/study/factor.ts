/** What is varied. `standard` are the levels taken when the user names none. */
export interface Factor<L extends string = string> {
  readonly levels: readonly L[]
  readonly standard: readonly L[]
}

export type Factors = Readonly<Record<string, Factor>>

/** One combination of levels. */
export type CellOf<F extends Factors> = { readonly [K in keyof F]: F[K]['levels'][number] }

/** `factor=level` for every factor and level of a study: what an analysis may name. */
export type LevelRef<F extends Factors> = { [K in keyof F & string]: `${K}=${F[K]['levels'][number]}` }[keyof F &
  string]

/** A factor with its levels; the first is the standard one. */
export function levels<const L extends string>(
  ...names: readonly [L, ...L[]]
): Factor<L> & {
  /** Takes these levels when the user names none. */
  readonly default: (...standard: readonly [L, ...L[]]) => Factor<L>
} {
  return {
    levels: names,
    standard: [names[0]],
    default: (...standard) => ({ levels: names, standard }),
  }
}
