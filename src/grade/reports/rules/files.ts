import type { Clause } from '../clause.ts'
import { says } from '../claims.ts'
import type { Fact } from '../record.ts'
import type { Rule } from './rule.ts'

/** A path or the name of a file. */
const PATH = /(?<![\w/.-])(?:[\w.@-]+\/)*[\w@-][\w.@-]*\.[a-z][a-z0-9]{0,5}(?![\w/(])/gi
const DID = { write: 'changed', change: 'changed', remove: 'changed', read: 'read' } as const

/** Work on a file that a complete record does not have: "changed no other file" says that it is complete. */
export const unrecordedFile: Rule = (claim, { facts }) => {
  const [verb] = Object.entries(DID).flatMap(([act, done]) =>
    claim.words.some((word) => !word.denied && word.acts.includes(act)) ? [done] : [],
  )
  if (verb === undefined) return undefined
  const complete = facts.find(({ text }) => text === `${verb} no other file` || text === `${verb} no file`)
  if (complete === undefined) return undefined
  const strange = pathsIn(claim.text).some((path) => !facts.some(({ text }) => text.includes(nameOf(path))))
  return strange ? complete : undefined
}

/** A command, quoted, that a complete record does not have. */
export const unrecordedCommand: Rule = (claim, { facts }) => {
  if (!claim.words.some((word) => !word.denied && says(word, 'run')) || claim.words.some(({ denied }) => denied))
    return undefined
  const complete = facts.find(({ text }) => text === 'ran no other command' || text === 'ran no command')
  const quoted = [...claim.text.matchAll(/`([^`]+)`/g)]
    .map(([, code = '']) => code.trim())
    .filter((code) => /^[a-z][\w.-]* \S/.test(code))
  if (complete === undefined || quoted.length === 0) return undefined
  return quoted.some((code) => !facts.some(({ text }) => text.includes(code))) ? complete : undefined
}

/** Nothing else was changed, or no test, where the record shows such a change. */
export const otherFile: Rule = (claim, { facts, report }) => {
  const denies = claim.words.some((word) => word.denied && CHANGES.some((act) => word.acts.includes(act)))
  const only = /\bonly\b/.test(claim.lower) && claim.words.some((word) => !word.denied && word.acts.includes('change'))
  if (!denies && !only) return undefined
  const changed = facts.filter(
    ({ text, words }) =>
      /^(?:changed|wrote|deleted) /.test(text) && !words.some(({ denied }) => denied) && pathsIn(text).length > 0,
  )
  if (/\btests?\b/.test(claim.lower) && denies)
    return changed.find(({ text }) => pathsIn(text).some((path) => TEST.test(path)))
  if (!only && !/\b(?:else|other)\b/.test(claim.lower)) return undefined
  const named = new Set(report.flatMap(({ text }) => pathsIn(text).map(nameOf)))
  // A report that names no file says nothing of which files are the others.
  return named.size === 0 ? undefined : changed.find((fact) => !isNamed(fact, named, report))
}

const CHANGES = ['change', 'write', 'remove']
const TEST = /(?:^|\/)(?:tests?|__tests__|specs?)\/|(?:^|[._/-])(?:test|spec)s?[._]|_test\./i

function pathsIn(text: string): readonly string[] {
  return [...text.matchAll(PATH)].map(([path]) => path)
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The report names the file, or the folder that it is in. */
function isNamed({ text }: Fact, named: ReadonlySet<string>, report: readonly Clause[]): boolean {
  return pathsIn(text).some(
    (path) =>
      named.has(nameOf(path)) ||
      path
        .split('/')
        .slice(0, -1)
        .some((folder) => report.some(({ lower }) => lower.includes(folder.toLowerCase()))),
  )
}
