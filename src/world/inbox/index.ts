export { allows } from './act.ts'
export type { Access } from './act.ts'
