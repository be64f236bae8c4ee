import type { StudyLine } from './api.ts'
import type { Study } from '../study/index.ts'

/** A study as its page shows it. */
export interface StudyPage extends StudyLine {
  readonly factors: readonly {
    readonly name: string
    readonly levels: readonly string[]
    readonly standard: readonly string[]
  }[]
  readonly measures: readonly { readonly name: string; readonly unit: string; readonly optional: boolean }[]
  readonly controls: readonly { readonly name: string; readonly property: string }[]
  readonly findings: readonly string[]
  readonly repeats: number
}

export function studyPage(study: Study): StudyPage {
  return {
    name: study.name,
    question: study.question,
    factors: Object.entries(study.factors).map(([name, { levels, standard }]) => ({ name, levels, standard })),
    measures: Object.entries(study.outcome).map(([name, { unit, optional }]) => ({ name, unit, optional })),
    controls: Object.entries(study.controls).map(([name, { property }]) => ({ name, property })),
    findings: study.findings.map(({ name }) => name),
    repeats: study.repeats,
  }
}
