export { readCases } from './case.ts'
export type { Case } from './case.ts'
export { casesStudy } from './study.ts'
export type { CheckName } from './check.ts'
