export { controlsSentence, findingParagraph, pText } from './paragraph.ts'
export { citation, headlines, resultSentence, resultSentences, resultText } from './result.ts'
export { curveFigure } from './curve-figure.ts'
export type { CurveFigureOptions } from './curve-figure.ts'
export { dosesFigure } from './doses-figure.ts'
export type { DosePanel, DosesFigureOptions } from './doses-figure.ts'
export { denominatorText, findingLine, findingParts } from './line.ts'
export type { FindingParts, Flag } from './line.ts'
export { intervalChart } from './interval-chart.ts'
export type { IntervalChartOptions, Paint } from './interval-chart.ts'
export { intervalFigure } from './interval-figure.ts'
export type { IntervalFigureOptions } from './interval-figure.ts'
export { lengthsFigure } from './lengths-figure.ts'
export { counted, plain, shortened } from './plain.ts'
export { rowLabels } from './rows.ts'
export type { Threshold } from './rows.ts'
export { seriesChart } from './series-chart.ts'
export type { SeriesChartOptions } from './series-chart.ts'
export { seriesFigure } from './series-figure.ts'
export type { SeriesFigureOptions } from './series-figure.ts'
export { meanLines, seriesLines } from './series.ts'
export type { MeanLine, SeriesLine } from './series.ts'
export { sharesChart } from './shares-chart.ts'
export { FIGURE_STYLE } from './figure-style.ts'
export { controlsTable, readingTable } from './tables.ts'
export type { TextTable } from './tables.ts'
export {
  conditionsText,
  estimateText,
  idleThreshold,
  intervalText,
  percent,
  valueText,
  whyNoInterval,
} from './values.ts'
