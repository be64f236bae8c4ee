import path from 'node:path'
import { AssayError, reasonOf } from '../assay-error.ts'
import { validateCorpus, validateShell, type Confusion, type Rate, type Validation } from '../grade/index.ts'
import { readText } from '../record/index.ts'
import type { Answer } from './command.ts'
import type { ValidateOptions } from './commands/validate.ts'
import { drawingOn } from './drawing.ts'
import { plainTable } from './table.ts'
import { stylesOf, type Terminal } from './terminal.ts'

/**
 * `assay validate <corpus>`: 1 where the check does no better than chance, or the shell does something else than bash in silence.
 *
 * @throws AssayError as `validateCorpus` and `validateShell` do, and `cli/unreadable`
 */
export async function validate(terminal: Terminal, corpus: string, options: ValidateOptions): Promise<Answer> {
  if (options.as === 'shell') return shell(terminal, corpus)
  const found = validateCorpus(options.as, textOf(corpus), path.basename(corpus), options.apart)
  print(terminal, found)
  terminal.document(found)
  return found.usable ? 0 : 1
}

/** Each command is run, and compared with what real bash gave: there is nothing to be right by chance about. */
async function shell(terminal: Terminal, corpus: string): Promise<Answer> {
  const drawing = drawingOn(terminal)
  const found = await validateShell(textOf(corpus), path.basename(corpus), undefined, (done, of) => {
    if (done % 10 === 0) drawing?.draw(`${done} of ${of} commands`)
  })
  drawing?.done()
  const { bold, dim } = stylesOf(terminal)
  terminal.print(`${bold('Shell')} of ${found.sandbox}, next to what real bash gave`)
  terminal.print(
    `${found.lines} commands: ${found.same} the same, ${found.refused} refused, ${found.different} silently different.\n`,
  )
  const table = plainTable(['tool', 'lines', 'same'])
  table.push(...found.byTool.map(({ tool, lines, same }) => [tool, lines, same]))
  if (found.byTool.length > 0) terminal.print(table.toString())
  for (const { id, how, command, truth, gave, stderr } of found.differences) {
    terminal.print(`  ${id}  ${how}: ${command.replaceAll(/\s+/g, ' ').slice(0, terminal.width)}`)
    terminal.print(dim(`        bash  ${JSON.stringify(truth).slice(0, terminal.width)}`))
    terminal.print(dim(`        here  ${JSON.stringify(gave).slice(0, terminal.width)} ${stderr.trim().slice(0, 200)}`))
  }
  terminal.document(found)
  return found.different === 0 ? 0 : 1
}

function textOf(file: string): string {
  try {
    return readText(file)
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    throw new AssayError('cli/unreadable', `${file} cannot be read: ${reasonOf(cause)}.`, { cause })
  }
}

function print(terminal: Terminal, found: Validation): void {
  const { bold, dim } = stylesOf(terminal)
  const table = plainTable(['kind', 'lines', 'found', 'missed', 'left alone', 'false alarms', 'undecided'])
  table.push(...found.byKind.map(cells), cells(found.all))
  terminal.print(`${bold(`Check "${found.check}".`)} Positive cases: ${found.positive}.\n`)
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
