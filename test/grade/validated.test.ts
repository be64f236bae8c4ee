import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { VALIDATED_ANSWERS, validateCorpus, validatedReplies } from '../../src/grade/index.ts'
import { OPEN } from '../foreign/open.ts'

// What studies say of their checks is what `assay validate` prints of the corpora; what is undecided counts as not found.
test.each([
  ['answers', VALIDATED_ANSWERS],
  ['replies', validatedReplies()],
] as const)(
  'the rates that findings carry for %s are those of its corpus',
  (kind, { corpus, sensitivity, specificity }) => {
    const text = readFileSync(path.join(import.meta.dirname, '../foreign', corpus), 'utf8')
    const { all, undecided } = validateCorpus(
      kind,
      text,
      corpus,
      OPEN[kind].filter((id) => text.includes(`"${id}"`)),
    )
    const missed = undecided.filter(({ truth }) => truth.positive === true).length
    expect({ sensitivity, specificity }).toEqual({
      sensitivity: { right: all.truePositive, of: all.truePositive + all.falseNegative + missed },
      specificity: {
        right: all.trueNegative + undecided.length - missed,
        of: all.trueNegative + all.falsePositive + undecided.length - missed,
      },
    })
  },
)
