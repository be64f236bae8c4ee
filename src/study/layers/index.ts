export { failedTogether, phisOf } from './together.ts'
