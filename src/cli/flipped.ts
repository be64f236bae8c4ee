import type { Flip } from '../compare/index.ts'
import { answerIn } from '../exchange/index.ts'
import type { OneRun } from '../project/index.ts'
import { runPaths } from '../record/index.ts'
import { conditionsText, counted, plain, shortened } from '../report/index.ts'
import { plainTable, tableText } from './table.ts'
import type { Terminal } from './terminal.ts'

/** Flipped cases that are printed; `--json` names all. */
const MOST = 20

/** Cases that one of two runs passed and the other did not, those that fail now first, with both answers. */
export function printFlipped(
  terminal: Terminal,
  flipped: readonly Flip[],
  [first, second]: readonly [OneRun, OneRun],
): void {
  const cases = new Set(first.outcomes.filter(({ control }) => !control).map(({ task }) => task)).size
  const fails = flipped.filter(({ now }) => now === 'fails').length
  if (flipped.length === 0) {
    terminal.print(`\nFlipped: none of ${counted(cases, 'case')}.`)
    return
  }
  const fixed = flipped.length - fails
  terminal.print(
    `\n${terminal.style('bold', `Flipped: ${flipped.length} of ${counted(cases, 'case')}`)} (wrong only in ${second.run}: ${fails}; wrong only in ${first.run}: ${fixed})`,
  )
  const several = new Set(flipped.map(({ agent }) => agent)).size > 1
  const room = Math.max(16, Math.floor((terminal.width - 40) / 2))
  const table = plainTable(['', 'case', first.run, second.run])
  for (const flip of flipped.slice(0, MOST)) {
    const [from, to] = flip.trials
    const where = [several ? plain(flip.agent) : '', conditionsText(flip.conditions)].filter((each) => each !== '')
    table.push([
      terminal.style(flip.now === 'fails' ? 'red' : 'green', flip.now),
      [plain(flip.case), ...where].join(', '),
      replyOf(first, from, room),
      replyOf(second, to, room),
    ])
  }
  terminal.print(tableText(table))
  if (flipped.length > MOST) terminal.print(`  … and ${flipped.length - MOST} more: --json names them all.`)
}

function replyOf({ folder }: OneRun, trial: string, room: number): string {
  const { answer } = answerIn(runPaths(folder).trial(trial))
  return answer === undefined || answer.trim() === '' ? '(no answer)' : shortened(plain(answer), room)
}
