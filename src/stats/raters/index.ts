export { type Agreement, cohenKappa, fleissKappa } from './kappa.ts'
export { dawidSkene, type DawidSkene, type Verdict } from './dawid-skene.ts'
export { krippendorffAlpha, type Metric } from './krippendorff.ts'
export { type Contest, strengthDifference, strengths, type Strengths, type TieModel } from './strengths.ts'
