import { briefStatus, parseBrief, renderHtml, renderMarkdown, renderText } from '../../brief/index.ts'
import { readConfig } from '../../project/index.ts'
import type { Answer } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { studiesOf } from './check.ts'
import { evidenceFor } from './evidence.ts'
import { textOf, writeBrief } from './files.ts'
import type { BriefOptions } from './options.ts'

/** `assay brief render`: text, Markdown, or a page that stands alone. */
export async function render(terminal: Terminal, file: string, options: BriefOptions): Promise<Answer> {
  const value = parseBrief(textOf(file), file)
  const config = await readConfig()
  const evidence = await evidenceFor(terminal, value, config, options.runs)
  const { verdicts } = briefStatus(value, evidence, await studiesOf(value, config))
  const { as, out } = options
  const text =
    as === 'html'
      ? await renderHtml(value, verdicts)
      : as === 'markdown'
        ? renderMarkdown(value, verdicts)
        : renderText(value, verdicts)
  if (out === undefined) terminal.print(text.trimEnd())
  else writeBrief(terminal, out, text)
  terminal.document({ as, ...(out === undefined ? { text } : { wrote: out }) })
  return 0
}
