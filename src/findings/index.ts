export type { Analysis, AnalysisInput, Derived, Sides } from './analysis.ts'
export { awarenessOf, type Awareness } from './awareness.ts'
export { findingSchema } from './finding-schema.ts'
export { agentPairs } from './agent-pairs.ts'
export { holmFamily, type TestedInFamily } from './holm-family.ts'
export { armsOf, differenceIn, type Arms } from './arms.ts'
export { instrumentOf } from './calibration.ts'
export { answersRule } from './answers-rule.ts'
export { finding } from './finding.ts'
export type {
  Analysed,
  ControlReading,
  Corrected,
  Denominator,
  Estimate,
  FigureData,
  Finding,
  Provenance,
  RunStanding,
  TooSmall,
} from './finding.ts'
export {
  average,
  averageOf,
  clusterOf,
  column,
  denominatorOf,
  groupsBy,
  having,
  LEFT_OUT,
  valueOf,
  variedIn,
} from './groups.ts'
export type { Group } from './groups.ts'
export { mean } from './mean.ts'
export type { MeanOptions } from './mean.ts'
export { UNITS, cents, count, days, format, hundredths, proportion, score } from './measure.ts'
export type { Better, Measure, MeasureOptions, Measures, RequiredMeasure, Unit, ValuesOf } from './measure.ts'
export { quantityTitle, titleIn, words } from './quantity-title.ts'
export { pairedDifference } from './paired.ts'
export type { PairedOptions } from './paired.ts'
export { shareOf } from './share.ts'
export { spendPerSuccess } from './per-success.ts'
export { subjectOf } from './subject.ts'
export type { Subject } from './subject.ts'
export { timeUntil } from './time-until.ts'
export type { TimeUntilOptions } from './time-until.ts'
export { complete, countEach, countOf } from './complete.ts'
export { survivalFigure } from './figure.ts'
export type { About } from './complete.ts'
export { rangeOf } from './kind.ts'
export { valueText } from './value-text.ts'
export type { Kind } from './kind.ts'
export { shareOfKnown } from './share.ts'
export type { Clusters } from './share.ts'
export { pairedChange, withoutSpread } from './without-spread.ts'
export { perGroup } from './per-group.ts'
export type { Pooling } from './per-group.ts'
export { checkOf, exact, measuredIn, validated, withValidation } from './validation.ts'
export type { CheckRate, ExactCheck, MeasureCheck, MeasureChecks, MeasuredCheck } from './validation.ts'
export type { ValidatedCheck, Validation } from './validation.ts'
