export { audit } from './audit.ts'
export type { Audit, AuditOptions, Oddity } from './audit.ts'
export { readPublished } from './published.ts'
export type { Comparison, Published } from './published.ts'
