export { awareness } from './study.ts'
