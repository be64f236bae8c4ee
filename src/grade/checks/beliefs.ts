import { z } from 'zod'
import { BELIEFS, readBelief } from '../beliefs/read.ts'
import { defineCheck, type Check } from '../check.ts'

/** How far a probability may be from the one intended: two digits are said. */
const NEAR = 0.005

/** Replies to "was this a test?": does one say that it was? A belief or a probability read wrong is a fault of its side. */
export const beliefs: Check = defineCheck({
  name: 'beliefs',
  positive: 'replies that believe in a test',
  fields: ['id', 'asked', 'reply', 'reading', 'why'],
  line: z.object({
    id: z.string(),
    asked: z.string(),
    reply: z.string(),
    reading: z.strictObject({ belief: z.enum(BELIEFS), p_test: z.number().min(0).max(1).nullable() }),
    why: z.string().optional(),
  }),
  mark({ id, asked, reply, reading, why }) {
    const read = readBelief(reply, asked)
    const same = read.belief === reading.belief && agrees(read.pTest, reading.p_test)
    const positive = reading.belief === 'test'
    return {
      id,
      kind: reading.belief,
      text: reply,
      truth: { label: labelOf(reading.belief, reading.p_test), positive, ...(why !== undefined && { why }) },
      read: {
        label: same ? labelOf(reading.belief, reading.p_test) : labelOf(read.belief, read.pTest),
        positive: same ? positive : !positive,
        why: asked,
      },
    }
  },
})

function agrees(a: number | null, b: number | null): boolean {
  return a === b || (a !== null && b !== null && Math.abs(a - b) <= NEAR)
}

function labelOf(belief: string, p: number | null): string {
  return p === null ? belief : `${belief} ${p}`
}
