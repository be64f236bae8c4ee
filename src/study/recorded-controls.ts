import { z } from 'zod'
import type { Json } from '../record/index.ts'
import type { Expectation } from './expectation.ts'
import type { Control, Study } from './study.ts'

const number = z.number()
const expectation: z.ZodType<Expectation> = z.union([
  z.object({ type: z.enum(['exactly', 'above', 'below', 'share']), value: number }),
  z.object({ type: z.literal('between'), low: number, high: number }),
])
const read = z.object({ measure: z.string(), cell: z.record(z.string(), z.string()), expected: expectation })
const controls = z.array(
  z.object({
    name: z.string(),
    property: z.string(),
    reads: z.array(read),
    finds: z.array(z.object({ quantity: z.string() })).default([]),
  }),
)
const recorded = z.object({ controls })

type Recorded = z.infer<typeof controls>[number]

/**
 * The study with the controls that a run was planned with: those that its design names, each known to read what it says there. A
 * control that came later has no trial in the run, and what is known since of an earlier one was written after its trials.
 *
 * @param design of the run's record, in the names of now; one without controls, or that cannot be read, changes nothing
 */
export function withRecordedControls(study: Study, design: Json): Study {
  const parsed = recorded.safeParse(design)
  if (!parsed.success || parsed.data.controls.length === 0) return study
  const own = parsed.data.controls.flatMap((each) => {
    const control = study.controls[each.name]
    return control === undefined ? [] : [[each.name, asRecorded(control, each)] as const]
  })
  return { ...study, controls: Object.fromEntries(own) }
}

/** A design keeps of a cell only the factors that the control responds to: they say which trials it had. */
function asRecorded({ finds, ...control }: Control, { property, reads, finds: known }: Recorded): Control {
  const byMeasure = [...Map.groupBy(reads, ({ measure }) => measure)]
  const kept = Object.entries(finds ?? {}).filter(([name]) => known.some(({ quantity }) => quantity === name))
  return {
    ...control,
    property,
    ...(reads[0] !== undefined && { varies: Object.keys(reads[0].cell) }),
    // A design has of a cell only the factors that the control responds to. What the study cannot know in this very cell, it
    // was not known there either.
    reads: Object.fromEntries(
      byMeasure.map(([measure, each]) => [
        measure,
        (cell) =>
          isUnknown(control.reads[measure]?.(cell), control.reads[measure]) ? undefined : expectedIn(each, cell),
      ]),
    ),
    ...(kept.length > 0 && { finds: Object.fromEntries(kept) }),
  }
}

function isUnknown(now: Expectation | undefined, said: unknown): boolean {
  return said !== undefined && now === undefined
}

function expectedIn(reads: Recorded['reads'], cell: Readonly<Record<string, string>>): Expectation | undefined {
  return reads.find((read) => Object.entries(read.cell).every(([factor, level]) => cell[factor] === level))?.expected
}
