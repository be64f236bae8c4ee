import { AssayError } from '../../assay-error.ts'
import { editBrief, linkRun, parseBrief, verdictsOf, type Brief } from '../../brief/index.ts'
import { readConfig, readOneRun } from '../../project/index.ts'
import { plain } from '../../report/index.ts'
import type { Answer } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { changeFile, textOf } from './files.ts'
import type { BriefOptions } from './options.ts'

/** `assay brief link --run R`: ties the claims that a run decides to its rows and to their tests, by hash. */
export async function link(terminal: Terminal, file: string, options: BriefOptions): Promise<Answer> {
  if (options.run === undefined)
    throw new AssayError('cli/usage', `Which run? For example: assay brief link ${plain(file)} --run vending-monday`)
  const config = await readConfig()
  const evidence = await readOneRun(options.run, config, options.runs)
  const { study, run } = evidence
  const value = parseBrief(textOf(file), file)
  if (linkRun(value, evidence, true).claims.every((claim, index) => claim === value.claims[index]))
    throw new AssayError(
      'cli/usage',
      `No finding of ${run} (${study}) answers a test of ${plain(file)} that is not linked to another run. See its quantities and conditions with: assay show ${run}`,
    )
  let after: Brief | undefined
  const changed = changeFile(terminal, file, (text) =>
    editBrief(text, file, (value) => (after = linkRun(value, evidence, options.replaceHashes))),
  )
  const told = after ?? parseBrief(textOf(file), file)
  const verdicts = verdictsOf(told, [evidence]).filter(({ claim }) => claim.finding?.run === run)
  for (const { claim, status } of verdicts) terminal.print(`${status.padEnd(12)} ${claim.text}`)
  if (!changed) terminal.note('Nothing changed: linked claims keep their hashes. To replace them: --replace-hashes')
  terminal.document({ run, changed, claims: verdicts.map(({ claim, status }) => ({ id: claim.id, status })) })
  return 0
}
