import fs from 'node:fs'
import path from 'node:path'
import { AssayError, reasonOf } from '../assay-error.ts'
import type { Wordings } from '../study/index.ts'

/** A prompt is read whole into `run.json`. */
const LARGEST = 1 << 20

/** Templates and system prompts of a command line, by the names of their levels; undefined where none is given. */
export function wordingsOf({
  template,
  system,
}: {
  readonly template: readonly string[]
  readonly system: readonly string[]
}): Wordings | undefined {
  if (template.length === 0 && system.length === 0) return undefined
  return {
    ...(template.length > 0 && { templates: textsOf('--template', template) }),
    ...(system.length > 0 && { systems: textsOf('--system', system) }),
  }
}

/** Each is the name of a file, or the text itself. A file's level has its name; a text's, its number. */
function textsOf(option: string, given: readonly string[]): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [index, each] of given.entries()) {
    const text = textIn(option, each)
    const name = text === undefined ? `text-${index + 1}` : levelOf(each)
    if (texts[name] !== undefined)
      throw new AssayError('cli/usage', `${option} is given twice with the name ${name}. Rename one of the files.`)
    texts[name] = text ?? each
  }
  return texts
}

/** What a file holds, without the line end that editors put last; undefined where the text itself was given. */
function textIn(option: string, given: string): string | undefined {
  const stat = given.length < 1000 && !given.includes('\n') ? fs.statSync(given, { throwIfNoEntry: false }) : undefined
  if (stat === undefined) {
    if (/^[^\s{}]+\.(?:txt|md|prompt|tmpl|j2)$/i.test(given))
      throw new AssayError('cli/usage', `${option}: there is no file ${given}.`)
    return undefined
  }
  if (!stat.isFile()) throw new AssayError('cli/usage', `${option}: ${given} is not a file.`)
  if (stat.size > LARGEST)
    throw new AssayError('cli/usage', `${option}: ${given} has ${stat.size} bytes, and at most ${LARGEST} are read.`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fs.readFileSync(given)).replace(/\r?\n$/, '')
  } catch (cause) {
    if (cause instanceof TypeError)
      throw new AssayError('cli/usage', `${option}: ${given} is not UTF-8. Save it as UTF-8.`, { cause })
    throw new AssayError('cli/usage', `${option}: ${given} cannot be read: ${reasonOf(cause)}.`, { cause })
  }
}

/** `prompts/terse.txt` is the level `terse`. */
function levelOf(file: string): string {
  return path.parse(file).name.replaceAll(/[^\p{L}\p{N}._-]/gu, '-') || 'text'
}
