import { createInterface } from 'node:readline/promises'
import path from 'node:path'
import { AssayError } from '../../assay-error.ts'
import {
  applyChanges,
  changesOf,
  changeText,
  editBrief,
  parseBrief,
  readSource,
  verdictsOf,
  type Brief,
  type BriefChange,
} from '../../brief/index.ts'
import { readConfig } from '../../project/index.ts'
import { counted, plain } from '../../report/index.ts'
import type { Answer } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { studiesOf } from './check.ts'
import { draftOf } from './draft.ts'
import { evidenceFor } from './evidence.ts'
import { changeFile, textOf } from './files.ts'
import type { BriefOptions } from './options.ts'

const WORDS: Readonly<Record<BriefChange['type'], string>> = {
  new: '+ new',
  'said-again': '+ said again',
  contradicts: '! contradicts',
  verdict: '~ verdict',
  withdrawn: '- withdrawn',
  watch: '+ to watch',
  unknown: '+ unknown',
}

/** `assay brief update <brief.yaml> [source…]`: what new sources and new runs change, line by line. */
export async function update(
  terminal: Terminal,
  file: string,
  options: BriefOptions,
  [, ...sources]: readonly string[],
): Promise<Answer> {
  const config = await readConfig()
  const before = parseBrief(textOf(file), file)
  const drafted =
    sources.length === 0 ? undefined : await draftOf(terminal, sources, path.dirname(file), config, options)
  if (typeof drafted === 'number') return drafted
  const evidence = await evidenceFor(terminal, before, config, options.runs)
  const changes = changesOf(before, {
    ...(drafted !== undefined && { draft: drafted }),
    verdicts: verdictsOf(before, evidence, await studiesOf(before, config)),
    texts: await textsOf(before, path.dirname(file)),
  })
  for (const [index, change] of changes.entries())
    terminal.print(`${String(index + 1).padStart(3)}  ${WORDS[change.type].padEnd(13)}  ${changeText(change, before)}`)
  if (changes.length === 0) {
    terminal.note(`${plain(file)}: nothing has changed.`)
    terminal.document({ file, changes, accepted: [] })
    return 0
  }
  const chosen = await chosenOf(terminal, changes, before, options.accept)
  if (chosen === undefined) {
    terminal.note(
      `${counted(changes.length, 'change')}; nothing was written. Accept them: --accept all, or by number: --accept 1,3`,
    )
    terminal.document({ file, changes, accepted: [] })
    return 0
  }
  const accepted = changes.filter((_, index) => chosen.has(index + 1))
  const on = new Date().toISOString().slice(0, 10)
  changeFile(terminal, file, (text) => editBrief(text, file, (value) => applyChanges(value, accepted, on, drafted)))
  terminal.note(`${accepted.length} of ${counted(changes.length, 'change')} accepted.`)
  terminal.document({ file, changes, accepted: [...chosen].toSorted((a, b) => a - b) })
  return 0
}

/** Numbers of the changes to make: from the flag, else one question each where a person is there to answer. */
async function chosenOf(
  terminal: Terminal,
  changes: readonly BriefChange[],
  before: Brief,
  accept: string | undefined,
): Promise<ReadonlySet<number> | undefined> {
  if (accept !== undefined) return numbersOf(accept, changes.length)
  if (!process.stdin.isTTY || !terminal.live || terminal.json) return undefined
  const chosen = new Set<number>()
  // What is asked goes the one way to the terminal; the interface only reads.
  const lines = createInterface({ input: process.stdin })
  try {
    for (const [index, change] of changes.entries()) {
      terminal.note(`${index + 1}. ${plain(changeText(change, before))}\nAccept? [y/N/q]`)
      const answer = await lines.question('')
      if (/^q/i.test(answer.trim())) break
      if (/^y/i.test(answer.trim())) chosen.add(index + 1)
    }
  } finally {
    lines.close()
  }
  return chosen
}

function numbersOf(accept: string, count: number): ReadonlySet<number> {
  if (accept === 'all') return new Set(Array.from({ length: count }, (_, index) => index + 1))
  if (accept === 'none') return new Set()
  const chosen = new Set<number>()
  for (const piece of accept.split(',')) {
    const range = /^\s*(?<from>\d{1,6})(?:-(?<to>\d{1,6}))?\s*$/.exec(piece)?.groups
    const from = Number(range?.['from'])
    const to = Number(range?.['to'] ?? range?.['from'])
    if (range === undefined || from < 1 || to > count || from > to)
      throw new AssayError(
        'cli/usage',
        `--accept must be all, none, or numbers from 1 to ${count} such as 1,3-5. You gave ${plain(accept)}.`,
      )
    for (let each = from; each <= to; each++) chosen.add(each)
  }
  return chosen
}

/** Sources as they are now; one that cannot be read says nothing about its claims. */
async function textsOf(brief: Brief, folder: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>()
  for (const { id, file } of brief.sources) {
    if (file === undefined) continue
    try {
      texts.set(id, (await readSource(path.resolve(folder, file))).text)
    } catch (cause) {
      if (!(cause instanceof AssayError)) throw cause
    }
  }
  return texts
}
