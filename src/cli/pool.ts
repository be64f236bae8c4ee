import { readConfig, readOneRun, type OneRun } from '../project/index.ts'
import { forestRows, poolRuns, type Pooled } from '../compare/index.ts'
import { calibrationSentence, findingParts, intervalChart, intervalFigure, pText, valueText } from '../report/index.ts'
import { assertFigure } from './output-file.ts'
import { quantityNow } from './called.ts'
import type { Answer } from './command.ts'
import type { PoolOptions } from './commands/pool.ts'
import { stylesOf, type Terminal } from './terminal.ts'
import { writeText } from './write-text.ts'

/** `assay pool <run…>` */
export async function pool(terminal: Terminal, names: readonly string[], options: PoolOptions): Promise<Answer> {
  assertFigure(options.svg)
  const config = await readConfig()
  const runs: OneRun[] = []
  for (const name of names) runs.push(await readOneRun(name, config, options.out))
  const [one] = runs
  const named = (quantity: string): string =>
    one === undefined
      ? quantity
      : quantityNow(terminal, { study: one.plan.study, file: one.record.studyFile }, quantity)
  const results = poolRuns(runs, options.quantity.map(named))
  for (const result of results) print(terminal, result)
  const [first] = results
  if (first !== undefined) terminal.print(`\n${calibrationSentence(first.finding)}`)
  const drawn = results.find(({ finding }) => finding.estimate.type === 'estimate') ?? first
  if (options.svg !== undefined && drawn !== undefined)
    writeText(terminal, options.svg, await intervalFigure(forestRows(drawn)))
  terminal.document({
    runs: runs.map(({ run }) => run),
    pooled: results.map(({ finding, parts }) => ({
      finding,
      parts: parts.map(({ run, finding: part, weight, without }) => ({
        run,
        weight,
        ...(without !== undefined && { without }),
        estimate: part.estimate,
        n: part.n,
      })),
    })),
  })
  return 0
}

function print(terminal: Terminal, result: Pooled): void {
  const { finding, parts } = result
  const { title, conditions, estimate, interval, n, flags } = findingParts(finding)
  const { bold, dim } = stylesOf(terminal)
  terminal.print(`\n${bold(title)}, ${conditions}`)
  terminal.print(
    `  ${bold(estimate)}${interval === '' ? '' : ` (${interval})`}; ${n}${flags.length === 0 ? '' : `; ${flags.join(', ')}`}`,
  )
  const text = (value: number): string => valueText(value, finding.unit, finding.kind)
  const { tauSquared, iSquared, heterogeneityP, predictionLow, predictionHigh, scale } = finding.details
  if (typeof tauSquared === 'number' && typeof iSquared === 'number' && typeof heterogeneityP === 'number') {
    const prediction =
      typeof predictionLow === 'number' && typeof predictionHigh === 'number'
        ? `; a new run would be between ${text(predictionLow)} and ${text(predictionHigh)}`
        : ''
    terminal.print(
      dim(
        `  ${scale === 'own unit' ? `SD between runs ${valueText(Math.sqrt(tauSquared), finding.unit)}` : `τ² between runs ${Number(tauSquared.toPrecision(3))} (${typeof scale === 'string' ? scale : 'own scale'})`}, I² ${Math.round(100 * iSquared)}%, heterogeneity p ${pText(heterogeneityP)}${prediction}`,
      ),
    )
  }
  if (finding.estimate.type === 'estimate')
    terminal.print(intervalChart(forestRows(result), { width: Math.min(terminal.width, 100) }))
  const left = parts.flatMap(({ run, without }) => (without === undefined ? [] : [`without ${run} ${text(without)}`]))
  if (left.length > 0) terminal.print(dim(`  leave one out: ${left.join('; ')}`))
  for (const caveat of finding.caveats) terminal.print(dim(`  note: ${caveat}`))
}
