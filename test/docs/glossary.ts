// `npx node test/docs/glossary.ts` links the first use of every term on every page.
import fs from 'node:fs'
import path from 'node:path'
import { pages, textOf } from './pages.ts'

/**
 * Terms of docs/concepts.md that a page links where it first uses them, with their anchors. Claim, study, task, agent, world,
 * factor, level, measure, outcome and quantity are not among them: a reader knows the words, and a link at each would hide
 * the others.
 */
export const TERMS: Readonly<Record<string, { readonly anchor: string; readonly written: RegExp }>> = {
  'control check': { anchor: 'control-check', written: /\bcontrol checks?\b/i },
  control: { anchor: 'control', written: /\bcontrols?\b(?! (?:checks?|characters?|tokens?)\b)/i },
  scaffold: { anchor: 'scaffold', written: /\bscaffolds?\b/i },
  cell: { anchor: 'cell', written: /\bcells?\b/i },
  'plan hash': { anchor: 'plan-hash', written: /\bplan hash\b/i },
  'data hash': { anchor: 'data-hash', written: /\bdata hash\b/i },
  seed: { anchor: 'seed-and-repeat', written: /\bseeds?\b/i },
  trial: { anchor: 'trial', written: /\btrials?\b/i },
  journal: { anchor: 'journal', written: /\bjournals?\b/i },
  cluster: { anchor: 'cluster', written: /\bclusters?\b/i },
  finding: { anchor: 'finding', written: /\bfindings?\b/i },
  exploratory: { anchor: 'planned-or-exploratory', written: /\bexploratory\b/i },
  uncalibrated: { anchor: 'control-check', written: /\buncalibrated\b/i },
  verdict: { anchor: 'verdict', written: /\bverdicts?\b/i },
  brief: { anchor: 'brief', written: /\bbriefs?\b/i },
}

/** Pages that use a term's word for something else, so that a link would mislead. */
const OTHER_SENSE: Readonly<Record<string, readonly string[]>> = {
  'docs/attacks.md': ['verdict'],
  'docs/audits.md': ['cell', 'verdict'],
  'docs/rows.md': ['cell', 'verdict', 'scaffold', 'cluster'],
  'docs/sandbox.md': ['finding'],
  'docs/studies/vending.md': ['brief'],
  'docs/test-your-own-questions.md': ['cell'],
  'docs/troubleshooting.md': ['cell'],
  'docs/validate.md': ['verdict'],
  'docs/viewer.md': ['cell'],
  'docs/viewer-reference.md': ['cell'],
  'docs/whitebox.md': ['control'],
}

/** Pages for readers: not those that define the terms, are made from code, or speak to contributors. */
export const linkedPages: readonly string[] = pages.filter(
  (page) =>
    !/^CONTRIBUTING|^docs\/(?:architecture|concepts|commands|reference\/|decisions\/|worlds\/workspace-tasks)/.test(
      page,
    ),
)

/** A term's first use on a page, where that is not a link: its place and how it is written. */
export interface Unlinked {
  readonly term: string
  readonly at: number
  readonly written: string
}

export function unlinkedOn(page: string): readonly Unlinked[] {
  const prose = proseOf(textOf(page))
  const links = [...prose.matchAll(/\[[^\]]*\]\([^)]*\)/g)].map(
    ({ 0: text, index }) => [index, index + text.length] as const,
  )
  return Object.entries(TERMS).flatMap(([term, { written }]): Unlinked[] => {
    if (OTHER_SENSE[page]?.includes(term) === true) return []
    const found = written.exec(prose)
    if (found === null || links.some(([from, to]) => found.index >= from && found.index < to)) return []
    return [{ term, at: found.index, written: found[0] }]
  })
}

/** A page with its first uses linked. */
function linked(page: string): string {
  const concepts = path.relative(path.dirname(page), 'docs/concepts.md')
  return unlinkedOn(page)
    .toSorted((a, b) => b.at - a.at)
    .reduce((text, { term, at, written }) => {
      const link = `[${written}](${concepts}#${TERMS[term]?.anchor ?? ''})`
      return `${text.slice(0, at)}${link}${text.slice(at + written.length)}`
    }, textOf(page))
}

function blank(part: string): string {
  return part.replaceAll(/[^\n]/g, ' ')
}

/** A page with everything blanked that is no running text: code, headings, pictures, and where links lead. */
function proseOf(text: string): string {
  return text
    .replaceAll(/^( *)(`{3,}).*\n[\s\S]*?^\1\2$/gm, blank)
    .replaceAll(/^ {4}.*$/gm, blank)
    .replaceAll(/^(?:#|>|<).*$/gm, blank)
    .replaceAll(/^\|.*\|\n(?=\|[-|: ]+\|$)/gm, blank)
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/g, blank)
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[^\n]/g, '_'))
    .replaceAll(/\]\([^)]*\)/g, (target) => `](${'_'.repeat(target.length - 3)})`)
}

if (import.meta.main) for (const page of linkedPages) fs.writeFileSync(page, linked(page))
