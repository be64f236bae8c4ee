import { z } from 'zod'
import { json, type Json } from './json.ts'

/** The format of run folders. */
export const RUN_FORMAT = 1

/** What was about to be done, written once and first. `design` is the study's plan as data, whose hash it is. */
export interface RunRecord {
  readonly format: number
  readonly run: string
  readonly study: string
  /** The file that defines the study, where it is not a built-in one. */
  readonly studyFile?: string
  readonly question: string
  readonly createdAt: string
  readonly versions: Readonly<Record<string, string>>
  readonly design: Json
  readonly designHash: string
  /** How the run was asked for: what `resume` needs to build the same plan again. */
  readonly request: Json
}

export const runRecord: z.ZodType<RunRecord> = z.object({
  format: z.literal(RUN_FORMAT),
  run: z.string(),
  study: z.string(),
  studyFile: z.string().exactOptional(),
  question: z.string(),
  createdAt: z.string(),
  versions: z.record(z.string(), z.string()),
  design: json,
  designHash: z.string(),
  request: json,
})
