import { z } from 'zod'
import { jsonObject, type Json } from './json.ts'

/** A grade given after a trial's end, to one trial or to a pair. The later row of the same grader and subject wins. */
export interface GradeRow {
  readonly at: number
  readonly grader: string
  readonly subject: readonly string[]
  readonly values: Readonly<Record<string, Json>>
  readonly explanation?: string
}

export const gradeRow: z.ZodType<GradeRow> = z.object({
  at: z.number(),
  grader: z.string(),
  subject: z.array(z.string()).min(1).max(2),
  values: jsonObject,
  explanation: z.string().exactOptional(),
})
