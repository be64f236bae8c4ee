import { AssayError, codeOf, reasonOf } from '../assay-error.ts'
import { readText } from '../record/index.ts'
import { readConfig, readOneRun } from '../project/index.ts'
import { gate as holdAgainst, gateMarkdown, junit, parsePolicy } from '../compare/index.ts'
import { calibrationSentence, counted } from '../report/index.ts'
import { assertWritable } from './output-file.ts'
import type { Answer } from './command.ts'
import type { GateOptions } from './commands/gate.ts'
import type { Terminal } from './terminal.ts'
import { writeText } from './write-text.ts'

/** `assay gate <run> --policy <file>`: 0 where every rule passes, 1 where one fails. */
export async function gate(terminal: Terminal, name: string, options: GateOptions): Promise<Answer> {
  assertWritable(options.junit)
  assertWritable(options.markdown)
  const policy = parsePolicy(textOf(options.policy), options.policy)
  const run = await readOneRun(name, await readConfig(), options.out)
  const { study, record, ...read } = run
  // A study of the user's own has its own names.
  const result = holdAgainst(policy, record.studyFile === undefined ? { ...read, study } : read)
  for (const { rule, passed, reasons, wanted, read, finding } of result.checks) {
    const mark = passed ? terminal.style('green', 'pass') : terminal.style('red', 'FAIL')
    terminal.print(`${mark} ${terminal.style('bold', rule)}: ${wanted}`)
    if (read !== undefined) terminal.print(terminal.style('dim', `     ${read}`))
    if (finding?.calibration === 'calibrated')
      terminal.print(terminal.style('dim', `     ${calibrationSentence(finding)}`))
    for (const reason of reasons) terminal.print(`     ${reason}`)
  }
  if (options.junit !== undefined) writeText(terminal, options.junit, junit(result))
  if (options.markdown !== undefined) writeText(terminal, options.markdown, gateMarkdown(result))
  const failed = result.checks.filter((check) => !check.passed).length
  terminal.print(
    failed === 0
      ? `pass: ${counted(result.checks.length, 'rule')}.`
      : `FAIL: ${failed} of ${counted(result.checks.length, 'rule')} failed.`,
  )
  terminal.document(result)
  return result.passed ? 0 : 1
}

function textOf(file: string): string {
  try {
    return readText(file)
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    throw new AssayError('cli/unreadable', whyUnread(file, cause), { cause })
  }
}

function whyUnread(file: string, cause: unknown): string {
  const known: Readonly<Record<string, string>> = {
    ENOENT: `There is no file ${file}.`,
    EISDIR: `${file} is a folder: name the policy file in it.`,
    EACCES: `May not read ${file}.`,
  }
  return known[codeOf(cause) ?? ''] ?? `Could not read ${file}: ${reasonOf(cause)}`
}
