// Breaks measures, graders, worlds, factors, budgets and analyses one at a time in a copy, runs the controls, and prints what
// they see: npm run mutate. With words as arguments, only breaks whose name, file or study holds one of them.
import { BREAKS } from '../test/mutate/breaks/index.ts'
import { mutate, type Mutated } from '../test/mutate/mutate.ts'

const WORKERS = 2
const words = process.argv.slice(2)
const chosen = BREAKS.filter(
  ({ name, file, by }) =>
    words.length === 0 || words.some((word) => `${name} ${file} ${JSON.stringify(by)}`.includes(word)),
)
if (chosen.length === 0) throw new Error(`No break holds ${words.join(' or ')}.`)
const began = performance.now()
let count = 0
const done = await mutate(chosen, {
  workers: WORKERS,
  onDone: (each) =>
    process.stderr.write(`${++count}/${chosen.length} ${each.caught ? 'caught' : 'SURVIVED'}  ${each.name}\n`),
})
const seconds = Math.round((performance.now() - began) / 1_000)
console.log(
  table(
    '| break | part | controls of | seen by |',
    done.filter(({ caught }) => caught),
  ),
)
const survived = done.filter(({ caught }) => !caught)
console.log(survived.length === 0 ? '' : table('| survived | part | controls of | |', survived))
const share = (100 * (done.length - survived.length)) / done.length
console.log(
  `${done.length - survived.length} of ${done.length} breaks caught (${share.toFixed(1)}%), in ${Math.floor(seconds / 60)} min ${seconds % 60} s with ${WORKERS} processes.`,
)
process.exitCode = share >= 95 ? 0 : 1

function table(head: string, rows: readonly Mutated[]): string {
  const cells = rows.map(({ name, part, study, by }) => `| ${[name, part, study, by].map(cell).join(' | ')} |`)
  return [head, '|---|---|---|---|', ...cells, ''].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
