import { AssayError, didYouMean } from '../../assay-error.ts'
import type { Answer } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import type { BriefOptions } from './options.ts'

type Verb = (terminal: Terminal, file: string, options: BriefOptions, files: readonly string[]) => Promise<Answer>

const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  new: async () => (await import('./new.ts')).create,
  import: async () => (await import('./import.ts')).importBrief,
  check: async () => (await import('./check.ts')).check,
  render: async () => (await import('./render.ts')).render,
  status: async () => (await import('./status.ts')).status,
  link: async () => (await import('./link.ts')).link,
  draft: async () => (await import('./draft.ts')).draft,
  update: async () => (await import('./update.ts')).update,
}

/** `assay brief <verb> <file…>` */
export async function brief(
  terminal: Terminal,
  verb: string,
  files: readonly string[],
  options: BriefOptions,
): Promise<Answer> {
  const names = Object.keys(verbs)
  const load = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
  if (load === undefined)
    throw new AssayError(
      'cli/usage',
      `There is no "assay brief ${verb}".${didYouMean(verb, names)} Verbs: ${names.join(', ')}.`,
    )
  const [file, ...others] = files
  if (file === undefined) throw new AssayError('cli/usage', `Which file? For example: assay brief ${verb} brief.yaml`)
  if (others.length > 0 && verb !== 'draft' && verb !== 'update')
    throw new AssayError('cli/usage', `assay brief ${verb} takes one file; it was given ${files.length}.`)
  return (await load())(terminal, file, options, files)
}
