import { z } from 'zod'
import { json, jsonObject, type Json, type JsonObject } from './json.ts'

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
  /** Where this run was made to replicate another: which one, what it found, and the rule by which it will be judged. */
  readonly replication?: ReplicationRecord
}

/** Written before the first trial of a replication. `findings` are the original's, as they stood then. */
export interface ReplicationRecord {
  readonly of: string
  readonly designHash: string
  readonly dataHash: string
  /** In words. */
  readonly rule: string
  /** What the rule leaves open, as data. */
  readonly terms: JsonObject
  readonly findings: readonly Json[]
}

export const runRecord: z.ZodType<RunRecord> = z.object({
  format: z.literal(RUN_FORMAT),
  run: z.string(),
  study: z.string(),
  studyFile: z
    .string()
    .refine((file) => !file.includes('\0'), 'must be a path')
    .exactOptional(),
  question: z.string(),
  createdAt: z.string(),
  versions: z.record(z.string(), z.string()),
  design: json,
  designHash: z.string(),
  request: json,
  replication: z
    .object({
      of: z.string(),
      designHash: z.string(),
      dataHash: z.string(),
      rule: z.string(),
      terms: jsonObject,
      findings: z.array(json),
    })
    .exactOptional(),
})
