import type { SurvivalCurve } from '../stats/index.ts'
import type { Analysed, FigureData } from './finding.ts'

/** The steps of a survival curve as a figure. */
export function survivalFigure({ steps }: SurvivalCurve, x: string, y: string): FigureData {
  return { kind: 'curve', x, y, points: steps.map((step) => [step.time, step.survival, step.low, step.high] as const) }
}

/** A share with its bounds as a figure draws it: from 0 to 1 where nothing is known of them. */
export function boundsOf(share: Analysed['estimate']): readonly [value: number, low: number, high: number] {
  return share.type === 'estimate' ? [share.value, share.interval.low, share.interval.high] : [share.value ?? 0, 0, 1]
}
