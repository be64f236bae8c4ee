export { vending } from './study.ts'
