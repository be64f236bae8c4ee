import { hasCompiler, writeStarter } from '../project/index.ts'
import type { Answer } from './command.ts'
import type { Terminal } from './terminal.ts'

/** `assay init`: writes a config and a study, and never over a file that is there. */
export async function init(terminal: Terminal): Promise<Answer> {
  const wrote = writeStarter()
  for (const name of wrote) terminal.print(`wrote ${name}`)
  terminal.print('\nRun it with: assay run sums\nWith a real model: assay run sums --model local/smollm2-135m')
  terminal.print(
    hasCompiler()
      ? 'Check its names: npx tsc'
      : 'To check its names as you type, install the compiler: npm install --save-dev typescript',
  )
  terminal.document({ wrote })
  return 0
}
