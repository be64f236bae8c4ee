import { z } from 'zod'
import { answerCheck } from '../answers/check.ts'
import { defineCheck, type Check } from '../check.ts'

const label = (right: boolean): string => (right ? 'right' : 'wrong')

/** Answers to short questions with a known answer: is each right? */
export const answers: Check = defineCheck({
  name: 'answers',
  positive: 'answers that are right',
  fields: ['id', 'check', 'question', 'expected', 'answer', 'right', 'why'],
  line: z.object({
    id: z.string(),
    check: z.string(),
    question: z.string(),
    expected: z.string(),
    answer: z.string(),
    right: z.boolean(),
    why: z.string().optional(),
  }),
  mark({ id, check, question, expected, answer, right, why }) {
    const read = answerCheck(check, expected, question).passes(answer)
    return {
      id,
      kind: check,
      text: answer,
      truth: { label: label(right), positive: right, ...(why !== undefined && { why }) },
      read: { label: label(read), positive: read, why: `expected ${expected}` },
    }
  },
})
