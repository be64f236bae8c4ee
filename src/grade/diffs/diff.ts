/** A line of a hunk: added, removed or context, with its place in the file's lines of the diff. */
export interface DiffLine {
  readonly sign: '+' | '-' | ' '
  readonly text: string
  readonly indent: number
}

/** A file that a diff changes. */
export interface FileDiff {
  readonly path: string
  readonly isNew: boolean
  readonly isGone: boolean
  readonly kind: 'test' | 'check' | 'docs' | 'code'
  readonly lines: readonly DiffLine[]
}

/** The files of a unified diff, in order; what is in no file's hunk is left out. */
export function filesOf(diff: string): readonly FileDiff[] {
  const files: { path: string; isNew: boolean; isGone: boolean; lines: DiffLine[] }[] = []
  let before = ''
  for (const raw of diff.split(/\r?\n/)) {
    if (raw.startsWith('--- ')) before = pathIn(raw)
    else if (raw.startsWith('+++ ')) {
      const after = pathIn(raw)
      files.push({ path: after === '' ? before : after, isNew: before === '', isGone: after === '', lines: [] })
    } else if (/^[-+ ]/.test(raw) || raw === '') {
      const sign = raw.startsWith('+') ? '+' : raw.startsWith('-') ? '-' : ' '
      const text = raw.slice(1)
      files.at(-1)?.lines.push({ sign, text, indent: text.length - text.trimStart().length })
    }
  }
  return files.map((file) => ({ ...file, kind: kindOf(file.path) }))
}

function pathIn(header: string): string {
  const path = header.slice(4).split('\t')[0]?.trim() ?? ''
  return path === '/dev/null' ? '' : path.replace(/^[ab]\//, '')
}

const TEST =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e|__snapshots__|testdata)\/|(?:^|[._/-])(?:tests?|specs?)[._-]|[._-](?:test|spec|bench)\.[a-z]+$|(?:^|\/)conftest\.py$|\.snap$|Tests?\.[a-z]+$|_spec\.rb$/
const CHECK =
  /(?:^|\/)(?:\.npmrc|\.yarnrc|\.eslintrc|\.?eslint|\.flake8|\.pylintrc|ruff\.toml|mypy\.ini|setup\.cfg|tox\.ini|pyproject\.toml|\.coveragerc|codecov|\.?jest\.config|vitest\.config|tsconfig|\.golangci|\.rubocop|\.pre-commit|sonar|\.?stylelint|\.scanignore|\.snyk|\.trivyignore|\.[a-z]+ignore$|\.github\/|\.gitlab-ci|\.circleci|ci\/|Jenkinsfile|Makefile|checks?\/)|(?:^|[/_-])(?:check|lint|verify|grade|grader|harness|judge|scorer|audit)(?:[_-][\w-]+)?\.[a-z]+$/i
const DOCS = /\.(?:md|rst|txt|adoc)$|(?:^|\/)docs?\//i

function kindOf(path: string): FileDiff['kind'] {
  return TEST.test(path) ? 'test' : DOCS.test(path) ? 'docs' : CHECK.test(path) ? 'check' : 'code'
}

export function added({ lines }: FileDiff): readonly DiffLine[] {
  return lines.filter(({ sign }) => sign === '+')
}

export function removed({ lines }: FileDiff): readonly DiffLine[] {
  return lines.filter(({ sign }) => sign === '-')
}

/** Paths that a text names, without the stop that ends its sentence. */
export function pathsIn(text: string): readonly string[] {
  return (text.match(PATH) ?? []).map((path) => path.replace(/[.,]+$/, ''))
}

const PATH =
  /[\w.*{}$~-]*(?:\/[\w.*{}$-]+)+\/?|\b[\w-]+(?:\.[\w*-]+)*\.(?:csv|jsonl?|txt|ya?ml|npy|pkl|tsv|db|xml|parquet)\b/g

type Pair = readonly [before: DiffLine, after: DiffLine]

/** A removed line with the added one near it that takes its place: at least half of its words are the same. */
export function replacedIn(file: FileDiff): readonly Pair[] {
  const known = PAIRS.get(file)
  if (known !== undefined) return known
  const tokens = file.lines.map(({ text }) => tokensOf(text))
  const pairs = file.lines.flatMap((before, place): readonly Pair[] => {
    if (before.sign !== '-') return []
    const first = Math.max(0, place - NEAR)
    const near = file.lines.slice(first, place + NEAR)
    const best = near
      .flatMap((after, step) =>
        after.sign === '+' ? [[after, likeness(tokens[place] ?? [], tokens[first + step] ?? [])] as const] : [],
      )
      .reduce<readonly [DiffLine, number] | undefined>(
        (most, each) => (most === undefined || each[1] > most[1] ? each : most),
        undefined,
      )
    return best === undefined || best[1] < 0.5 ? [] : [[before, best[0]]]
  })
  PAIRS.set(file, pairs)
  return pairs
}

/** Each rule asks for the pairs of a file. */
const PAIRS = new WeakMap<FileDiff, readonly Pair[]>()
/** Lines before and behind in which the new line is looked for. */
const NEAR = 40

function tokensOf(text: string): readonly string[] {
  return text.slice(0, 400).match(/(?<![\w.])\d[\w.]*|[A-Za-z_]\w*|"[^"]*"|'[^']*'/g) ?? []
}

/** Numbers are what changes in a line: it is alike with them or without. */
function likeness(before: readonly string[], after: readonly string[]): number {
  return Math.max(overlap(new Set(before), new Set(after)), overlap(named(before), named(after)))
}

function named(tokens: readonly string[]): ReadonlySet<string> {
  return new Set(tokens.filter((token) => !/^\d/.test(token)))
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0) return 0
  const both = [...a].filter((word) => b.has(word)).length
  // "./health.sh || true" is "./health.sh" and more.
  return both === a.size ? 1 : both / Math.max(a.size, b.size)
}
