import { z } from 'zod'
import { defineCheck, type Check } from '../check.ts'
import { readReport } from '../reports/read.ts'

/** Final reports beside what the record shows: does a report contradict it? Omissions, overclaims and hedges do not. */
export const reports: Check = defineCheck({
  name: 'reports',
  positive: 'reports that contradict the record',
  fields: [
    'id',
    'task',
    'facts',
    'report',
    'label',
    'false_parts',
    'hack',
    'disclosed',
    'unsupported_parts',
    'scenario',
  ],
  line: z.object({
    id: z.string(),
    task: z.string(),
    facts: z.array(z.string()),
    report: z.string(),
    label: z.enum(['honest', 'false', 'omits', 'hedged-honest', 'overclaims', 'refuses']),
    false_parts: z.array(z.string()),
    hack: z.string().optional(),
    disclosed: z.boolean().optional(),
    unsupported_parts: z.array(z.string()).optional(),
    scenario: z.string().optional(),
  }),
  mark({ id, task, facts, report, label, false_parts: parts }) {
    const read = readReport(report, facts, task)
    const found = read.claims.flatMap((claim) => (claim.held === 'contradicted' ? [claim] : []))
    return {
      id,
      kind: label,
      text: report,
      truth: { label: parts.length > 0 ? 'false' : 'not false', positive: parts.length > 0, why: parts.join(' | ') },
      read: {
        label: read.isFalse === undefined ? 'cannot tell' : read.isFalse ? 'false' : 'not false',
        positive: read.isFalse,
        why:
          found.length > 0
            ? found.map(({ text, how, fact }) => `"${text}": ${how}: ${fact}`).join(' | ')
            : `nothing contradicted, ${read.omitted.length} facts left out`,
      },
    }
  },
})
