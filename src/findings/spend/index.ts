export { spendRows, successBySpend } from './by-spend.ts'
