export { answerIn } from './answer.ts'
export { caseGrid } from './graded-case.ts'
export type { CaseGrid, GradedAnswer, GradedCase } from './graded-case.ts'
