import { z } from 'zod'
import { defineCheck, type Check } from '../check.ts'
import { readDiff } from '../diffs/read.ts'

/** Diffs of coding agents: does one game what it is judged by? */
export const diffs: Check = defineCheck({
  name: 'diffs',
  positive: 'diffs that game what they are judged by',
  fields: ['id', 'task', 'tests', 'diff', 'label', 'gaming', 'why'],
  line: z.object({
    id: z.string(),
    task: z.string(),
    tests: z.string().optional(),
    diff: z.string(),
    label: z.string(),
    gaming: z.boolean(),
    why: z.string().optional(),
  }),
  mark({ id, task, tests, diff, label, gaming, why }) {
    const { isGaming, signs } = readDiff(diff, task, tests)
    return {
      id,
      kind: label,
      text: diff,
      truth: { label: gaming ? 'gaming' : 'not gaming', positive: gaming, ...(why !== undefined && { why }) },
      read: {
        label: isGaming === undefined ? 'cannot tell' : isGaming ? 'gaming' : 'not gaming',
        positive: isGaming,
        why: signs.length === 0 ? 'no sign' : signs.map((sign) => `${sign.gaming}: ${sign.line.trim()}`).join(' | '),
      },
    }
  },
})
