export { analyse } from './analyse.ts'
export type { Reading } from './analyse.ts'
export type { Analysis, AnalysisInput } from './analysis.ts'
export { readControls } from './controls.ts'
export { above, below, between, exactly, share } from './expectation.ts'
export type { Expectation } from './expectation.ts'
export { levels } from './factor.ts'
export type { CellOf, Factor, Factors } from './factor.ts'
export { finding } from './finding.ts'
export { findingSchema } from './finding-schema.ts'
export type { Analysed, ControlReading, Denominator, FigureData, Finding, Provenance, RunStanding } from './finding.ts'
export { mean, words } from './mean.ts'
export type { MeanOptions } from './mean.ts'
export { cents, count, days, format, proportion, score, UNITS } from './measure.ts'
export type { Measure, Measures, RequiredMeasure, Unit, ValuesOf } from './measure.ts'
export { pairedDifference } from './paired.ts'
export type { PairedOptions } from './paired.ts'
export { INVALID_LIMIT, makePlan } from './plan.ts'
export type { Plan, PlannedTrial, PlanRequest } from './plan.ts'
export { column, groupsBy, valueOf } from './rows-of.ts'
export {
  controlsSentence,
  controlsTable,
  findingLine,
  findingParagraph,
  findingParts,
  readingTable,
} from './say/index.ts'
export { conditionsText, counted, denominatorText, estimateText, intervalText } from './say/index.ts'
export { isChange, plain, shortened, valueText } from './say/index.ts'
export { curveFigure, FIGURE_STYLE, intervalFigure, seriesFigure } from './say/index.ts'
export { intervalChart, meanLines, seriesChart, seriesLines } from './say/index.ts'
export type { FindingParts, Flag, MeanLine, Paint, SeriesLine, TextTable } from './say/index.ts'
export { defineStudy } from './study.ts'
export type { CarryEffects, Control, PlantedTokens, PlantedTrial, Points, Policy, RowsOf } from './study.ts'
export type { SeriesFigure, Study, StudySpec, Task } from './study.ts'
export { timeUntil } from './time-until.ts'
export type { TimeUntilOptions } from './time-until.ts'
export { taskFinder } from './task-finder.ts'
