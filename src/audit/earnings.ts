import { also, id, outcome, type Row } from '../rows/index.ts'
import { paidFindings, type PaidWork } from '../findings/pay/index.ts'
import type { AuditContext, Audited, AuditKind, Part } from './audited.ts'
import { number, text } from './cells.ts'
import { split } from './parts.ts'

/** Dollars earned of dollars on offer: the price where the task was done right (score 1), else nothing. */
export const earnings: AuditKind = {
  name: 'earnings',
  about: 'one piece of paid work',
  finds:
    '`offered`, `earned`, `earned share`, `earned share, untested as zero`, `done`, `untested` where the column is there, `cost`; of each kind of task too',
  columns: [
    id('task'),
    id('price', 'money', 'dollars'),
    outcome('score', 'share', '1 earns the price, less earns nothing'),
    also('agent'),
    also('kind'),
    also('cluster'),
    also('cost', 'money', 'dollars'),
    also('tested', 'flag'),
  ],
  key: ['agent', 'task'],
  cells: { items: 'task', across: 'agent' },
  won: 'score',
  audit: (part, context) =>
    split(part, ['agent'], context).flatMap((agent) => [
      ...armFindings(agent, context),
      ...(context.has('kind') ? split(agent, ['kind'], context).flatMap((kind) => armFindings(kind, context)) : []),
    ]),
}

function armFindings({ rows, subject, conditions }: Part, { has, level, seed }: AuditContext): readonly Audited[] {
  return paidFindings(
    rows.map((row) => workOf(row, has('tested'))),
    { subject, conditions, has: { tested: has('tested'), cost: has('cost') }, level, seed },
  )
}

function workOf(row: Row, saysTested: boolean): PaidWork {
  const score = number(row['score'])
  return {
    task: text(row['task']),
    ...(row['cluster'] !== null && row['cluster'] !== undefined && { cluster: text(row['cluster']) }),
    price: number(row['price']),
    right: score === undefined ? undefined : score === 1,
    tested: !(saysTested && row['tested'] === 0),
    cost: number(row['cost']),
  }
}
