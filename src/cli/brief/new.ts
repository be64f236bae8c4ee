import { briefYaml, makeBrief } from '../../brief/index.ts'
import type { Answer } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { writeNew } from './files.ts'

/** What every `brief.yaml` begins with: editors that know the schema complete it and mark what is wrong. */
const HEAD = `# yaml-language-server: $schema=./node_modules/assay/schemas/brief.json
# What each field means: docs/brief.md. Comments and order stay when Assay changes this file.
`

/** `assay brief new`: a brief with one claim of each kind, to be overwritten. */
export async function create(terminal: Terminal, file: string): Promise<Answer> {
  const now = new Date().toISOString()
  const value = makeBrief({
    title: 'A title',
    updated: now.slice(0, 10),
    claims: [
      {
        text: 'One sentence that somebody asserts.',
        takeaway: true,
        sections: ['A-Section'],
        test: {
          study: 'vending',
          quantity: 'mean(netWorth)',
          where: { agent: 'local/smollm2-135m', size: 'corner', scaffold: 'few-shot' },
          unit: 'cents',
          direction: 'above',
          threshold: 5000,
          setAt: now,
        },
      },
    ],
    watchlist: ['What to keep an eye on.'],
    unknowns: ['What has not been measured yet?'],
  })
  writeNew(terminal, file, `${HEAD}${briefYaml(value)}`)
  terminal.document({ wrote: file })
  return Promise.resolve(0)
}
