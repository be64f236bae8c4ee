import { caseGrid, nameInCase, type CaseGrid, type GradedAnswer, type GradedCase } from '../exchange/index.ts'
import type { OneRun } from '../project/index.ts'
import { counted, plain, shellWord, shortened, valueText } from '../report/index.ts'
import { average, type Unit } from '../findings/index.ts'
import type { Answer } from './command.ts'
import { plainTable, tableText } from './table.ts'
import { stylesOf, type Terminal } from './terminal.ts'

/** Columns of an answer's line beside the answer itself: mark, cost and time, with the blanks between them. */
const BESIDE = 40

/** `assay show <run> --cases`: every case with every agent, failures first; controls apart. */
export function showCases(terminal: Terminal, one: OneRun): Answer {
  const grid = caseGrid(one)
  const { bold, dim } = stylesOf(terminal)
  const agents = new Set(grid.cases.flatMap(({ answers }) => answers.map(({ agent }) => agent)))
  terminal.print(`\n${bold(grid.run)}  ${counted(grid.cases.length, 'case')}, ${counted(agents.size, 'agent')}`)
  if (!grid.unchanged)
    terminal.print(
      terminal.style(
        'yellow',
        `The questions or their answers changed since ${grid.run}: expected is what they say now.`,
      ),
    )
  for (const each of grid.cases) terminal.print(caseText(terminal, each, grid))
  terminal.print([...tallies(grid, [...agents]), ...apartIn(grid, [...agents])].join('\n'))
  const first = grid.cases.flatMap(({ answers }) => answers)[0]
  if (first !== undefined) terminal.print(dim(`A whole transcript: assay show ${grid.run} ${shellWord(first.name)}`))
  terminal.document(grid)
  return 0
}

function caseText(terminal: Terminal, each: GradedCase, { unit }: CaseGrid): string {
  const { bold, dim } = stylesOf(terminal)
  const wide = Math.max(30, terminal.width - each.case.length - 4)
  const lines = [`\n${bold(plain(each.case))}  ${shortened(plain(each.prompt ?? ''), wide)}`]
  if (each.expected !== undefined)
    lines.push(
      dim(`  expected${each.check === undefined ? '' : ` (${each.check})`}: ${shortened(plain(each.expected), wide)}`),
    )
  const names = each.answers.map((answer) => plain(nameInCase(answer, each.case)))
  const room = Math.max(20, terminal.width - BESIDE - Math.max(0, ...names.map(({ length }) => length)))
  const table = plainTable()
  for (const [at, answer] of each.answers.entries())
    table.push([
      terminal.style(markStyle(answer), markText(answer, unit)),
      names[at] ?? '',
      shortened(replyText(answer), room),
      dim(answer.dollars === undefined ? 'cost unknown' : costText(answer.dollars)),
      dim(`${answer.seconds.toFixed(1)} s`),
    ])
  if (each.answers.length > 0) lines.push(tableText(table))
  return lines.join('\n')
}

/** `right`, `wrong`, `40%`, `12 days`, `invalid`, `no mark`. */
function markText({ mark, status }: GradedAnswer, unit: Unit): string {
  if (mark === undefined) return status === 'invalid' ? 'invalid' : 'no mark'
  if (unit === 'proportion' && (mark === 0 || mark === 1)) return mark === 1 ? 'right' : 'wrong'
  return valueText(mark, unit)
}

function markStyle({ mark }: GradedAnswer): 'green' | 'red' | 'yellow' {
  return mark === undefined ? 'yellow' : mark === 0 ? 'red' : 'green'
}

function replyText({ answer, status, stop }: GradedAnswer): string {
  if (status === 'invalid') return plain(stop)
  return answer === undefined || answer.trim() === '' ? '(no answer)' : plain(answer)
}

function costText(dollars: number): string {
  return dollars === 0 ? '$0' : dollars < 0.01 ? `$${dollars.toPrecision(2)}` : `$${dollars.toFixed(2)}`
}

/** How many each agent got, and the controls in one line. */
function tallies({ cases, unit }: CaseGrid, agents: readonly string[]): readonly string[] {
  if (unit !== 'proportion') return ['']
  const answers = cases.flatMap((each) => each.answers)
  const controls = cases.flatMap((each) => each.controls)
  const names = [...new Set(controls.map(({ agent }) => agent))].toSorted()
  const right = agents.length > 0 ? [`\nRight: ${agents.map((agent) => tally(answers, agent)).join(', ')}.`] : []
  const apart = names.length > 0 ? [`Controls: ${names.map((name) => tally(controls, name)).join(', ')}.`] : []
  const took =
    agents.length > 0 ? [`An answer took: ${agents.map((agent) => tookText(answers, agent)).join('; ')}.`] : []
  return [...right, ...took, ...apart]
}

/** Undefined where one of them is not known. */
function averageKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.flatMap((value) => value ?? [])
  return known.length < values.length ? undefined : average(known)
}

/** On average over an agent's answers: `local/m 0.8 s, 30 tokens in, 5 tokens out, $0`. */
function tookText(answers: readonly GradedAnswer[], agent: string): string {
  const own = answers.filter((each) => each.agent === agent)
  const seconds = averageKnown(own.map((each) => each.seconds))
  const read = averageKnown(own.map(({ tokens: { input } }) => input))
  const written = averageKnown(own.map(({ tokens: { output } }) => output))
  const dollars = averageKnown(own.map((each) => each.dollars))
  return [
    `${plain(agent)} ${(seconds ?? 0).toFixed(1)} s`,
    written === undefined
      ? 'tokens not known'
      : `${read === undefined ? '' : `${counted(Math.round(read), 'token')} in, `}${counted(Math.round(written), 'token')} out`,
    dollars === undefined ? 'cost not known' : costText(dollars),
  ].join(', ')
}

/** Of two agents, the cases that one got right every time and the other never. */
function apartIn({ cases, unit }: CaseGrid, agents: readonly string[]): readonly string[] {
  const [first, second] = agents
  if (unit !== 'proportion' || first === undefined || second === undefined || agents.length > 2) return []
  const only = (better: string, worse: string): readonly string[] =>
    cases
      .filter(({ answers }) => isAlways(answers, better, 1) && isAlways(answers, worse, 0))
      .map((each) => plain(each.case))
  const said = [
    [first, only(first, second)],
    [second, only(second, first)],
  ] as const
  const texts = said.map(([agent, names]) => `only ${plain(agent)} ${names.length === 0 ? 'none' : names.join(', ')}`)
  return [`Right by one agent: ${texts.join('; ')}.`]
}

function isAlways(answers: readonly GradedAnswer[], agent: string, mark: number): boolean {
  const known = answers.filter((each) => each.agent === agent && each.mark !== undefined)
  return known.length > 0 && known.every((each) => each.mark === mark)
}

/** `local/m 3 of 9 (1 invalid)`. */
function tally(answers: readonly GradedAnswer[], agent: string): string {
  const own = answers.filter((each) => each.agent === agent)
  const known = own.filter(({ mark }) => mark !== undefined)
  const invalid = own.length - known.length
  return `${plain(agent)} ${known.filter(({ mark }) => mark === 1).length} of ${known.length}${invalid > 0 ? ` (${invalid} invalid)` : ''}`
}
