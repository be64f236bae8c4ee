import { readFileSync } from 'node:fs'
import path from 'node:path'
import { AssayError, reasonOf } from '../assay-error.ts'
import { validateCorpus, type Confusion, type Rate, type Validation } from '../grade/index.ts'
import type { Answer } from './command.ts'
import type { ValidateOptions } from './commands/validate.ts'
import { plainTable } from './table.ts'
import { stylesOf, type Terminal } from './terminal.ts'

/**
 * `assay validate <corpus>`: 1 where the check does no better than chance.
 *
 * @throws AssayError as `validateCorpus` does, and `cli/unreadable`
 */
export async function validate(terminal: Terminal, corpus: string, options: ValidateOptions): Promise<Answer> {
  const found = validateCorpus(options.as, textOf(corpus), path.basename(corpus), options.apart)
  print(terminal, found)
  terminal.document(found)
  return found.usable ? 0 : 1
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new AssayError('cli/unreadable', `${file} cannot be read: ${reasonOf(cause)}.`, { cause })
  }
}

function print(terminal: Terminal, found: Validation): void {
  const { bold, dim } = stylesOf(terminal)
  const table = plainTable(['kind', 'lines', 'found', 'missed', 'left alone', 'false alarms', 'undecided'])
  table.push(...found.byKind.map(cells), cells(found.all))
  terminal.print(`${bold(`Check ${found.check}`)}: positive are ${found.positive}\n`)
  terminal.print(table.toString())
  terminal.print(`\n${bold('sensitivity')}  ${rateText(found.sensitivity)}`)
  terminal.print(`${bold('specificity')}  ${rateText(found.specificity)}`)
  terminal.print(`${bold('accuracy')}     ${rateText(found.accuracy)}`)
  const { undecided, lines } = found.all
  const labels = found.labels.filter(({ truth, read }) => truth === read).reduce((sum, one) => sum + one.lines, 0)
  terminal.print(`Undecided: ${undecided} of ${lines}. Same label: ${labels} of ${lines}. Intervals: 95%, Wilson.`)
  if (found.apart.length > 0) terminal.print(`Open to argument, in no rate: ${found.apart.length}.`)
  if (!found.usable)
    terminal.print('Sensitivity and specificity sum to 1 or less: this check is refused, chance does as well.')
  for (const [title, all] of [
    ['Disagreements', found.disagreements],
    ['Undecided', found.undecided],
  ] as const) {
    if (all.length > 0) terminal.print(`\n${bold(title)}`)
    for (const { id, kind, text, truth, read } of all) {
      terminal.print(`  ${id}  ${kind}: labelled ${truth.label}, read ${read.label} (${read.why ?? ''})`)
      terminal.print(dim(`        ${text.replaceAll(/\s+/g, ' ').slice(0, terminal.width - 10)}`))
    }
  }
}

function cells(one: Confusion): (string | number)[] {
  return [one.kind, one.lines, one.truePositive, one.falseNegative, one.trueNegative, one.falsePositive, one.undecided]
}

function rateText(rate: Rate | undefined): string {
  if (rate === undefined) return 'none: no line of that side was decided'
  const [share, low, high] = [rate.share, rate.wilson.low, rate.wilson.high].map(
    (part) => `${(part * 100).toFixed(1)}%`,
  )
  return `${share} (95% CI ${low} to ${high}; ${rate.right} of ${rate.of})`
}
