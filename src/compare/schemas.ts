import { z } from 'zod'
import { findingSchema } from '../findings/index.ts'
import { gatePolicySchema } from './gate/policy.ts'

const SCHEMAS: Readonly<Record<string, readonly [title: string, schema: z.ZodType]>> = {
  'finding.json': ['A finding of Assay: an estimate with all that it needs to be believed or refuted', findingSchema],
  'gate-policy.json': ['A policy of assay gate: thresholds on the bounds of findings', gatePolicySchema],
}

/** JSON Schemas (draft 2020-12) that are published with the package, as text, by file name. */
export function publishedSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(SCHEMAS).map(([name, [title, schema]]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
      return [name, `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`]
    }),
  )
}
