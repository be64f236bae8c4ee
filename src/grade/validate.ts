import { AssayError, didYouMean } from '../assay-error.ts'
import { clopperPearson, wilson, type Interval } from '../stats/index.ts'
import type { Check, Marked } from './check.ts'
import { withinLine } from './answers/fault.ts'
import { answers } from './checks/answers.ts'
import { verdicts } from './checks/verdicts.ts'
import { beliefs } from './checks/beliefs.ts'
import { diffs } from './checks/diffs.ts'
import { haggling } from './checks/haggling.ts'
import { letters } from './checks/letters.ts'
import { replies } from './checks/replies.ts'
import { reports } from './checks/reports.ts'
import { corpusLines } from './corpus.ts'

/** The checks that can be measured, by name: one file each. */
export const CHECKS: Readonly<Record<string, Check>> = {
  answers,
  beliefs,
  diffs,
  haggling,
  letters,
  replies,
  reports,
  verdicts,
}

/** What `--as` takes: the shell is compared, and marks nothing. */
const KINDS = [...Object.keys(CHECKS), 'shell']

/** How often lines of one kind are read right; `undecided` counts in no other number. */
export interface Confusion {
  readonly kind: string
  readonly lines: number
  readonly truePositive: number
  readonly falseNegative: number
  readonly trueNegative: number
  readonly falsePositive: number
  readonly undecided: number
}

/** A share of the decided lines, with both 95% intervals; nothing where there is no such line. */
export interface Rate {
  readonly right: number
  readonly of: number
  readonly share: number
  readonly wilson: Interval
  readonly exact: Interval
}

/** How well a check agrees with careful people on a corpus. */
export interface Validation {
  readonly check: string
  readonly positive: string
  readonly all: Confusion
  readonly byKind: readonly Confusion[]
  /** Counts by intended label and the label read. */
  readonly labels: readonly { readonly truth: string; readonly read: string; readonly lines: number }[]
  readonly sensitivity?: Rate
  readonly specificity?: Rate
  readonly accuracy?: Rate
  /** False where sensitivity and specificity sum to 1 or less: chance does as well, and nothing can be corrected by it. */
  readonly usable: boolean
  readonly disagreements: readonly Marked[]
  readonly undecided: readonly Marked[]
  /** Lines open to argument, counted in no rate. */
  readonly apart: readonly Marked[]
}

/**
 * Holds a check against a corpus: JSON lines, each with the reading that a careful person gives it.
 *
 * @param file its name, for messages
 * @param apart ids of lines that are open to argument: they count in no rate
 * @throws AssayError `grade/no-such-check`, or `grade/not-a-corpus` with the line: broken, unknown field or label, an id twice, no
 * case of one side
 */
export function validateCorpus(name: string, text: string, file = 'corpus', apart: readonly string[] = []): Validation {
  const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined
  if (check === undefined)
    throw new AssayError(
      'grade/no-such-check',
      `"${name}" is not a kind of corpus. Kinds: ${KINDS.join(', ')}.${didYouMean(name, KINDS)}`,
    )
  const all = corpusLines(check, (json, fault) => markedBy(check, json, fault), text, file)
  const unknown = apart.find((id) => !all.some((one) => one.id === id))
  if (unknown !== undefined)
    throw new AssayError('grade/no-such-line', `${file} has no line "${unknown}". Check --apart.`)
  for (const side of [true, false])
    if (!all.some(({ truth }) => truth.positive === side))
      throw new AssayError(
        'grade/not-a-corpus',
        `${file} has no ${side ? 'positive' : 'negative'} case (${check.positive}${side ? '' : ': none that does not'}). Add some: without them there is no ${side ? 'sensitivity' : 'specificity'}.`,
      )
  return validation(check, all, apart)
}

function validation(check: Check, all: readonly Marked[], apart: readonly string[]): Validation {
  const counted = all.filter(({ id }) => !apart.includes(id))
  const total = confusion('all', counted)
  const sensitivity = rate(total.truePositive, total.truePositive + total.falseNegative)
  const specificity = rate(total.trueNegative, total.trueNegative + total.falsePositive)
  const right = total.truePositive + total.trueNegative
  const accuracy = rate(right, right + total.falseNegative + total.falsePositive)
  const pairs = Map.groupBy(counted, ({ truth, read }) => JSON.stringify([truth.label, read.label]))
  return {
    check: check.name,
    positive: check.positive,
    all: total,
    byKind: [...Map.groupBy(counted, ({ kind }) => kind)]
      .map(([kind, lines]) => confusion(kind, lines))
      .toSorted((a, b) => a.kind.localeCompare(b.kind)),
    labels: [...pairs.values()].flatMap((lines) =>
      lines.slice(0, 1).map(({ truth, read }) => ({ truth: truth.label, read: read.label, lines: lines.length })),
    ),
    ...(sensitivity !== undefined && { sensitivity }),
    ...(specificity !== undefined && { specificity }),
    ...(accuracy !== undefined && { accuracy }),
    usable: (sensitivity?.share ?? 0) + (specificity?.share ?? 0) > 1,
    disagreements: counted.filter(({ truth, read }) => read.positive !== undefined && read.positive !== truth.positive),
    undecided: counted.filter(({ read }) => read.positive === undefined),
    apart: all.filter(({ id }) => apart.includes(id)),
  }
}

/** What a line lacks to be read at all is the line's fault, and named with it. */
function markedBy(check: Check, json: unknown, fault: (what: string) => AssayError): Marked {
  try {
    return check.mark(json)
  } catch (cause) {
    throw cause instanceof AssayError ? fault(withinLine(cause.message)) : cause
  }
}

function confusion(kind: string, lines: readonly Marked[]): Confusion {
  const count = (truth: boolean, read: boolean): number =>
    lines.filter((one) => one.truth.positive === truth && one.read.positive === read).length
  return {
    kind,
    lines: lines.length,
    truePositive: count(true, true),
    falseNegative: count(true, false),
    trueNegative: count(false, false),
    falsePositive: count(false, true),
    undecided: lines.filter(({ read }) => read.positive === undefined).length,
  }
}

function rate(right: number, of: number): Rate | undefined {
  if (of === 0) return undefined
  return { right, of, share: right / of, wilson: wilson(right, of), exact: clopperPearson(right, of) }
}
