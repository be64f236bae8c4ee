import { xml } from '../compare/index.ts'
import type { CaseGrid, GradedAnswer, GradedCase } from './graded-case.ts'

/**
 * A run as JUnit XML: a suite an agent, a test case a trial, a failure a mark below 1, an error a trial that is invalid.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function caseJunit({ run, cases }: CaseGrid): string {
  const all = cases.flatMap((each) => each.answers.map((answer) => ({ each, answer })))
  const suites = [...Map.groupBy(all, ({ answer }) => answer.agent)]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(run)}" ${counts(all.map(({ answer }) => answer))}>`,
    ...suites.flatMap(([agent, own]) => [
      `  <testsuite name="${xml(`${run}: ${agent}`)}" ${counts(own.map(({ answer }) => answer))}>`,
      ...own.map(({ each, answer }) => testCase(run, each, answer)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n')
}

function counts(answers: readonly GradedAnswer[]): string {
  const failures = answers.filter(({ mark }) => mark !== undefined && mark < 1).length
  const errors = answers.filter(({ mark }) => mark === undefined).length
  const seconds = answers.reduce((sum, answer) => sum + answer.seconds, 0)
  return `tests="${answers.length}" failures="${failures}" errors="${errors}" skipped="0" time="${seconds.toFixed(3)}"`
}

function testCase(run: string, { prompt = '', expected, check }: GradedCase, answer: GradedAnswer): string {
  const { name, mark, why, stop, seconds } = answer
  const head = `    <testcase classname="${xml(run)}" name="${xml(name)}" time="${seconds.toFixed(3)}"`
  if (mark === undefined) return `${head}><error message="${xml(stop)}"/></testcase>`
  if (mark >= 1) return `${head}/>`
  const wanted = expected === undefined ? [] : [`expected${check === undefined ? '' : ` (${check})`}: ${expected}`]
  const text = [`prompt: ${prompt}`, ...wanted, `answer: ${answer.answer ?? ''}`].join('\n')
  return `${head}>\n      <failure type="wrong" message="${xml(why ?? `mark ${mark}`)}">${xml(text)}</failure>\n    </testcase>`
}
