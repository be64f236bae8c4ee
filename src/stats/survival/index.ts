export { kaplanMeier, survivalAt, type SurvivalCurve, survivalQuantile, type SurvivalStep } from './kaplan-meier.ts'
export { logRank, type LogRank } from './log-rank.ts'
export { exponentialFit, weibullFit, type WeibullFit } from './parametric.ts'
export { restrictedMean } from './restricted-mean.ts'
