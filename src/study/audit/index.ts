export { audit } from './audit.ts'
export type { Audit, AuditOptions, Oddity } from './audit.ts'
export { readPublished } from './published.ts'
export type { Recomputed, Published } from './published.ts'
