export { monitoring } from './study.ts'
