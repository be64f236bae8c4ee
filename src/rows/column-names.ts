import { AssayError } from '../assay-error.ts'

/** Names that one line holds. */
const TOLD = 12
const LONGEST = 40

/** Column names for a message: the first few, cut where they are long, and how many more there are. */
export function listed(columns: readonly string[]): string {
  const told = columns.slice(0, TOLD).map((each) => (each.length > LONGEST ? `${each.slice(0, LONGEST)}…` : each))
  const more = columns.length - told.length
  return `${told.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en-US')} more` : ''}`
}

/**
 * SQL does not tell `Score` from `score`: of two such columns one would be read for the other.
 *
 * @param where what to rename them in
 * @throws AssayError `rows/header`
 */
export function refuseTwins(columns: readonly string[], shown: string, where: string): void {
  const seen = new Map<string, string>()
  for (const each of columns) {
    const other = seen.get(each.toLowerCase())
    if (other !== undefined) {
      const what =
        other === ''
          ? 'two columns have no name'
          : other === each
            ? `two columns are called ${each}`
            : `columns ${other} and ${each} differ in case alone`
      throw new AssayError('rows/header', `${shown}: ${what}; rename one in ${where}.`)
    }
    seen.set(each.toLowerCase(), each)
  }
}

/** A name as words in lower case with `_` between them: `nSamples` and `N-samples` are `n_samples`. */
export function plainName(column: string): string {
  return column
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z\d%]+/g, '_')
    .replaceAll(/^_|_$/g, '')
}

/** What a column may hold, as its name says it. */
export type NameKind =
  | 'error'
  /** How many a share is of. */
  | 'sample'
  | 'share'
  | 'mean'
  /** How many of them succeeded. */
  | 'successes'
  | 'judge'
  | 'status'
  /** Filled where something broke. */
  | 'broke'
  | 'firstSuccess'
  | 'total'
  | 'low'
  | 'high'

/** Patterns over {@link plainName}; a word stands between its underscores. */
const NAMES: Readonly<Record<NameKind, RegExp>> = {
  error: word('se|sem|stderr|std_?err|std_?error|standard_?error'),
  sample:
    /^(?:.+_)?(?:n|trials|samples|sample_size|questions|items|problems|examples|instances|episodes|runs|attempts|tasks|cases)(?:_total)?$|^total$/,
  share: word('rate|accuracy|acc|p|share|percent|pct|percentage|proportion|fraction|asr|pass_1|exact_match|%'),
  mean: word('mean|score|average|avg'),
  successes: /^(?:(?:n|num|number_of)_)?(?:k|successes|correct|passed|passes|solved|resolved|wins|hits)$/,
  judge: word(
    String.raw`judge\w*|grader\w*|rater\w*|annotator\w*|reviewer\w*|coder\w*|scorer\w*|evaluator\w*|verdict\w*|human\w*|vote\w*|graded|judged`,
  ),
  status: word('status|state|outcome|stop|stopped|exit|finish|finished|end|termination|reason|ended|ending|result'),
  broke:
    /^(?:has_|is_|was_|did_)?(?:errors?|errored|timed_out|time_?out|timeouts?|crash(?:ed)?|exceptions?|aborted|cancell?ed|killed)(?:_(?:type|message|msg|reason|kind|code|text))?$/,
  firstSuccess: /_to_(?:jailbreak|success|breach|solve|solution)$|^first_(?:success|jailbreak|solve)/,
  total: /^(?:total|sum|all)_.+$|^.+_total$/,
  low: word('low|lower|lo|ci_?low|lcl|lb'),
  high: word('high|upper|hi|ci_?high|ucl|ub'),
}

/** Shares of nothing that is counted here. */
const NO_SHARE = /(?:^|_)p_?val|learning_rate|rate_limit|temperature|top_p/

/** A word, or several, between the underscores of a name. */
function word(some: string): RegExp {
  return new RegExp(`(?:^|_)(?:${some})(?:_|$)`)
}

export function isNamed(column: string, kind: NameKind): boolean {
  const plain = plainName(column)
  return NAMES[kind].test(plain) && !(kind === 'share' && NO_SHARE.test(plain))
}

/** Whether a name says what the data report looks for. */
export function isTelling(column: string): boolean {
  const plain = plainName(column)
  return Object.values(NAMES).some((pattern) => pattern.test(plain))
}

/** Words of a name that only say what kind of number it is. */
const KIND_WORDS = new Set(
  'se sem stderr std err stderror error standard n num number of total trials samples sample size questions items problems examples instances episodes runs attempts tasks cases rate accuracy acc p share percent pct percentage proportion fraction mean avg average score k successes correct passed passes solved resolved wins hits low lower lo ci cilow cihigh lcl lb high upper hi ucl ub bound 95 interval'.split(
    ' ',
  ),
)

/** What is left of a name without the words that say what kind of number it is: `n_cond` and `p_cond` are of `cond`. */
export function about(column: string): string {
  return plainName(column)
    .split('_')
    .filter((each) => !KIND_WORDS.has(each))
    .join('_')
}
