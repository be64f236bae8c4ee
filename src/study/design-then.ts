import { canonical, isObject, type Json, type JsonObject } from '../record/index.ts'

/**
 * The design that a study makes now, without the measures and findings that came after a run was planned: if what is left is
 * what the run recorded, its trials are the same, and what came later is only not known of it.
 *
 * @param recorded the run's own design, in the names of now
 */
export function designThen(recorded: Json, made: JsonObject): JsonObject {
  if (!isObject(recorded)) return made
  const { measures: measured, findings: found } = recorded
  const { measures, findings } = made
  const known = new Set(Array.isArray(found) ? found.map((each) => canonical(each)) : [])
  return {
    ...made,
    ...(isObject(measured) &&
      isObject(measures) && {
        measures: Object.fromEntries(Object.entries(measures).filter(([name]) => measured[name] !== undefined)),
      }),
    ...(Array.isArray(findings) && { findings: findings.filter((each) => known.has(canonical(each))) }),
  }
}

/** Whether a plan makes the trials of a recorded design, and measures of them what was planned. */
export function isPlanOf(recorded: Json, { design }: { readonly design: JsonObject }): boolean {
  return canonical(recorded) === canonical(designThen(recorded, design))
}

/** Whether a recorded design has a measure; of one that names none nothing is known. */
export function isMeasuredIn(recorded: Json, measure: string): boolean {
  const { measures } = isObject(recorded) ? recorded : {}
  return !isObject(measures) || measures[measure] !== undefined
}
