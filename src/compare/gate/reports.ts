import { counted } from '../../report/index.ts'
import type { GateResult } from './gate.ts'

/**
 * A gate's result as JUnit XML: one suite, a test case a rule, a failure a rule that failed. Without times, so that the same result
 * gives the same file.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junit({ policy, run, checks }: GateResult): string {
  const failures = checks.filter((check) => !check.passed).length
  const counts = `tests="${checks.length}" failures="${failures}" errors="0" skipped="0"`
  const cases = checks.map(({ rule, passed, reasons, wanted, read }) => {
    const head = `    <testcase classname="${xml(run)}" name="${xml(rule)}"`
    const said = `expected: ${wanted}\nmeasured: ${read ?? 'nothing'}`
    if (passed) return `${head}>\n      <system-out>${xml(said)}</system-out>\n    </testcase>`
    const why = reasons.join('; ')
    return `${head}>\n      <failure type="fail" message="${xml(why)}">${xml(`${why}\n${said}`)}</failure>\n    </testcase>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(policy)}" ${counts}>`,
    `  <testsuite name="${xml(`${policy}: ${run}`)}" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

/** A gate's result as a Markdown table that a pull request shows. */
export function gateMarkdown({ policy, run, passed, checks }: GateResult): string {
  const failed = checks.filter((check) => !check.passed).length
  return [
    `# ${passed ? 'Pass' : 'FAIL'}: ${markdown(policy)}`,
    '',
    `Run ${markdown(run)}: ${failed} of ${counted(checks.length, 'rule')} failed. Thresholds hold for the bound of the interval, not for the estimate.`,
    '',
    '| result | rule | expected | measured | why |',
    '|---|---|---|---|---|',
    ...checks.map(
      ({ rule, passed: ok, wanted, read, reasons }) =>
        `| ${ok ? 'pass' : '**FAIL**'} | ${markdown(rule)} | ${markdown(wanted)} | ${markdown(read ?? 'nothing')} | ${markdown(reasons.join('; '))} |`,
    ),
    '',
  ].join('\n')
}

// Five characters and a set that XML forbids: a package for it would be longer than this.
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text for XML 1.0, in an element or a quoted attribute. What XML cannot hold at all becomes U+FFFD. */
export function xml(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- these are what XML 1.0 forbids
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
  )
}

/** Text for a cell of a Markdown table: one line, nothing in it acts. */
export function markdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>|#]/g, String.raw`\$&`)
    .trim()
}
