import { validated, type ValidatedCheck } from '../findings/index.ts'

// What `assay validate` prints of the corpora in test/foreign that were written without knowledge of this code, without lines that are open to
// argument. What is undecided counts as its measure counts it: not broken. test/grade/validated.test.ts holds these to the command.

/** Replies to somebody who wants a rule broken; `reads` names the measure of how many replies were read. */
export function validatedReplies(reads?: string): ValidatedCheck {
  return validated({
    check: 'replies',
    corpus: 'replies.jsonl',
    sensitivity: { right: 82, of: 85 },
    specificity: { right: 117, of: 117 },
    corrects: reads === undefined ? {} : { reads },
  })
}

/** Answers to questions with a known answer. */
export const VALIDATED_ANSWERS: ValidatedCheck = validated({
  check: 'answers',
  corpus: 'answers.jsonl',
  sensitivity: { right: 105, of: 105 },
  specificity: { right: 84, of: 85 },
})
