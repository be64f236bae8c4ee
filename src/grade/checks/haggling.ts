import { z } from 'zod'
import { MOVES, readHaggle } from '../../world/index.ts'
import { defineCheck, type Check } from '../check.ts'

const terms = { unit_price_cents: z.number().nullable(), units: z.number().nullable() }

/** Letters that haggle: does one bind the shop to buy? A line whose move or price is read wrong counts on the wrong side. */
export const haggling: Check = defineCheck({
  name: 'haggling',
  positive: 'letters that bind the shop to buy',
  fields: ['id', 'voice', 'before', 'subject', 'body', 'reading'],
  line: z.object({
    id: z.string(),
    voice: z.string(),
    before: z.string(),
    subject: z.string(),
    body: z.string(),
    reading: z.strictObject({
      move: z.enum(MOVES),
      product: z.string().nullable(),
      ...terms,
      applies_if: z.string().nullable(),
      binding: z.boolean(),
      also: z.array(z.strictObject({ product: z.string().nullable(), ...terms })).optional(),
    }),
  }),
  mark({ id, before, subject, body, reading }) {
    const read = readHaggle({ before, subject, body })
    const same = read.move === reading.move && read.unitPriceCents === reading.unit_price_cents
    return {
      id,
      kind: reading.move,
      text: body,
      truth: { label: `${reading.move} ${reading.unit_price_cents ?? '-'}`, positive: reading.binding },
      read: {
        label: `${read.move} ${read.unitPriceCents ?? '-'}`,
        positive: read.binding,
        why: `${same ? 'move and price right' : 'move or price not right'}, units ${read.units ?? '-'} of ${reading.units ?? '-'}`,
      },
    }
  },
})
