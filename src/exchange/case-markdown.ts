import { markdown } from '../compare/index.ts'
import type { OneRun } from '../project/index.ts'
import { controlsSentence, counted, findingCells, resultSentences, shortened, valueText } from '../report/index.ts'
import { nameInCase, type CaseGrid, type GradedAnswer } from './graded-case.ts'

/** Failed cases that are listed: a comment on a pull request holds 65,536 characters. */
const MOST = 50
/** Characters of a cell. */
const WIDEST = 160
const LARGEST = 60_000

/** A run as Markdown for a pull request: what it found, a line an agent, and the cases that failed. */
export function caseMarkdown({ reading, plan, run }: OneRun, grid: CaseGrid): string {
  const own = reading.findings.filter(({ subject, kind, measure }) => {
    return subject.type === 'model' && kind === 'level' && measure === grid.measure
  })
  const answers = grid.cases.flatMap((each) => each.answers)
  const failed = grid.cases.filter((each) => each.answers.some(({ mark }) => (mark ?? 0) < 1))
  const lines = [
    `## ${markdown(run)}: ${markdown(plan.study.question)}`,
    '',
    ...resultSentences(reading.findings, plan.study.headline).map((each) => `${markdown(each)}\n`),
    '| agent | estimate | interval | invalid | cost |',
    '|---|---|---|---|---|',
    ...own.map((finding) => {
      const { estimate, interval } = findingCells(finding)
      const mine = answers.filter(({ agent }) => agent === finding.conditions['agent'])
      const where = Object.values(finding.conditions).join(', ')
      return `| ${markdown(where)} | ${estimate} | ${interval} | ${finding.n.invalid} | ${dollarsText(mine)} |`
    }),
    '',
    ...(grid.unit === 'proportion' ? failedTable(grid, failed) : []),
    controlsSentence(reading.controls),
    '',
  ]
  return lines.join('\n')
}

function failedTable(grid: CaseGrid, failed: CaseGrid['cases']): readonly string[] {
  if (failed.length === 0) return [`All ${counted(grid.cases.length, 'case')} passed.`, '']
  const head = [
    `<details><summary>${failed.length} of ${counted(grid.cases.length, 'case')} failed</summary>`,
    '',
    '| case | agent | mark | expected | answer |',
    '|---|---|---|---|---|',
  ]
  const rows = failed.slice(0, MOST).flatMap((each) =>
    each.answers.map((answer) => {
      const cells = [each.case, nameInCase(answer, each.case), markText(answer), each.expected ?? '', replyText(answer)]
      return `| ${cells.map((cell) => markdown(shortened(cell, WIDEST))).join(' | ')} |`
    }),
  )
  let [size, kept] = [0, 0]
  while (kept < rows.length && (size += (rows[kept]?.length ?? 0) + 1) < LARGEST) kept++
  const left = failed.length > MOST || kept < rows.length ? ['', 'More are in the run: export it as CSV.'] : []
  return [...head, ...rows.slice(0, kept), ...left, '', '</details>', '']
}

function markText({ mark, status }: GradedAnswer): string {
  if (mark === undefined) return status === 'invalid' ? 'invalid' : 'none'
  return mark === 1 ? 'right' : mark === 0 ? 'wrong' : valueText(mark, 'proportion')
}

function replyText({ answer, status, stop }: GradedAnswer): string {
  return status === 'invalid' ? stop : (answer ?? '')
}

function dollarsText(answers: readonly GradedAnswer[]): string {
  if (answers.some(({ dollars }) => dollars === undefined)) return 'unknown'
  return `$${answers.reduce((sum, { dollars = 0 }) => sum + dollars, 0).toFixed(2)}`
}
