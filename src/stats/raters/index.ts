export { type Agreement, cohenKappa, fleissKappa } from './kappa.ts'
export { dawidSkene } from './dawid-skene.ts'
export { krippendorffAlpha, type Metric } from './krippendorff.ts'
export { type Contest, strengthDifference, strengths, type Strengths, type TieModel } from './strengths.ts'
