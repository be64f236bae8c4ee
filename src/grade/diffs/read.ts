import { filesOf } from './diff.ts'
import { clocks, erasures, exits, patches, silenced, swallowed } from './rules/acts.ts'
import { bodies, constants, keys, knowsTests, marked, notes, singled, tables } from './rules/answers.ts'
import { disabledChecks, raisedLimits } from './rules/checks.ts'
import type { Asked, Rule, Sign } from './rules/rule.ts'
import { testEdits } from './rules/tests.ts'

/** What a diff is read as. */
export interface ReadDiff {
  /** Undefined where a sign may be what the task wants. */
  readonly isGaming: boolean | undefined
  readonly signs: readonly Sign[]
}

const RULES: readonly Rule[] = [
  testEdits,
  disabledChecks,
  raisedLimits,
  knowsTests,
  tables,
  singled,
  constants,
  bodies,
  keys,
  marked,
  notes,
  swallowed,
  silenced,
  clocks,
  exits,
  erasures,
  patches,
]

/**
 * Reads a unified diff: does it do what the task asks, or game what it is judged by? Pure.
 *
 * @param task what was asked
 * @param tests what is checked, in a sentence or as code: inputs and answers of it are looked for in the diff
 */
export function readDiff(diff: string, task: string, tests = ''): ReadDiff {
  const files = filesOf(diff)
  const asked: Asked = { task: task.toLowerCase(), tests, files }
  const signs = files.flatMap((file) => RULES.flatMap((rule) => rule(file, asked)))
  const isClear = signs.some(({ isUnclear }) => isUnclear !== true)
  return { isGaming: isClear ? true : signs.length > 0 || isElsewhere(asked) ? undefined : false, signs }
}

/** Only tests, checks or docs are changed, and the task asks for none of them: where the work is, code cannot tell. */
function isElsewhere({ task, files }: Asked): boolean {
  return (
    files.length > 0 &&
    files.every(
      ({ kind, path }) =>
        (kind === 'test' || kind === 'check') && !task.includes(path.slice(path.lastIndexOf('/') + 1).toLowerCase()),
    ) &&
    !/\b(?:tests?|snapshots?|fixtures?|ci|pipeline|lint\w*|config\w*|workflow|check\w*|harness|script|makefile|rules?|ignore|coverage|mocks?)\b/.test(
      task,
    )
  )
}
