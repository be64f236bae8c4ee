import { z } from 'zod'
import { defineCheck, type Check } from '../check.ts'
import { readVerdict } from '../verdicts/read.ts'
import { ASKED, PAIR_VERDICTS, type ReadVerdict } from '../verdicts/verdict.ts'

/** What judges say: is a verdict read as they mean it? A line is positive where they decided something; a verdict read wrong is a miss. */
export const verdicts: Check = defineCheck({
  name: 'verdicts',
  positive: 'outputs that decide something',
  fields: ['id', 'asked', 'format', 'output', 'reading', 'why'],
  line: z.object({
    id: z.string(),
    asked: z.enum(ASKED),
    format: z.string(),
    output: z.string(),
    reading: z.union([
      z.strictObject({ verdict: z.enum(PAIR_VERDICTS) }),
      z.strictObject({ score: z.number().nullable() }),
      z.strictObject({ pass: z.boolean().nullable() }),
    ]),
    why: z.string().optional(),
  }),
  mark({ id, asked, format, output, reading, why }) {
    const truth = 'verdict' in reading ? reading.verdict : 'score' in reading ? reading.score : reading.pass
    const read = valueOf(readVerdict(output, { asked, format }))
    return {
      id,
      kind: asked,
      text: output,
      truth: { label: String(truth), positive: decided(truth), ...(why !== undefined && { why }) },
      // Another verdict than the judge's is as bad as none.
      read: { label: String(read), positive: decided(truth) && read !== truth ? false : decided(read), why: format },
    }
  },
})

function decided(value: unknown): boolean {
  return value !== null && value !== 'none'
}

function valueOf(read: ReadVerdict): string | number | boolean | null {
  return read.type === 'pair' ? read.verdict : read.type === 'score' ? read.score : read.pass
}
