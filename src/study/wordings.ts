import { z } from 'zod'

/**
 * How questions in a table are put: texts with `{{column}}`, by the names of the levels that they are. Several of a kind
 * are a factor.
 */
export interface Wordings {
  readonly templates?: Readonly<Record<string, string>>
  readonly systems?: Readonly<Record<string, string>>
}

const texts = z.record(z.string(), z.string())

export const wordings: z.ZodType<Wordings> = z.object({
  templates: texts.exactOptional(),
  systems: texts.exactOptional(),
})
