export { readCases } from './case.ts'
export type { Case, CaseCheck } from './case.ts'
export { casesStudy } from './study.ts'
