// Writes the generated part of docs/reference/*.md from what the package exports. A test says when it is not current.
import fs from 'node:fs'
import { examples as ofAssay } from './api-examples/assay.ts'
import { shownExamples, type Shown } from './api-examples/example.ts'
import { examples as ofStats } from './api-examples/stats.ts'
import path from 'node:path'
import { SyntaxKind, type Node } from 'typescript/unstable/ast'
import { isClassDeclaration, isFunctionDeclaration, isVariableDeclaration } from 'typescript/unstable/ast/is'
import { API, SymbolFlags, type Project } from 'typescript/unstable/sync'

const root = path.join(import.meta.dirname, '..')

/** A page for each export path of package.json that has names. */
export const PAGES: Readonly<Record<string, string>> = {
  'docs/reference/assay.md': 'src/index.ts',
  'docs/reference/stats.md': 'src/stats/index.ts',
  'docs/reference/testing.md': 'src/testing/index.ts',
}

/** Files with an example of each function of a page, called when the page is written. */
const EXAMPLES: Readonly<Record<string, readonly [file: string, examples: Readonly<Record<string, () => unknown>>]>> = {
  'docs/reference/assay.md': ['scripts/api-examples/assay.ts', ofAssay],
  'docs/reference/stats.md': ['scripts/api-examples/stats.ts', ofStats],
}

/** What is below this line of a page belongs to this script. */
const MARK = '<!-- Below: written by `npx node scripts/api-pages.ts`. -->'

/** An exported name: where it is defined, what it is, what its docstring says. */
interface Exported {
  readonly name: string
  readonly file: string
  readonly isType: boolean
  readonly signature: string
  readonly summary: string
  readonly example: string
}

/** Each page as it should be: `current` with its generated part made again. */
export async function apiPages(current: (page: string) => string): Promise<ReadonlyMap<string, string>> {
  const shown = await shownByPage()
  const api = new API({ cwd: root })
  try {
    const [project] = api.updateSnapshot({ openProjects: [path.join(root, 'tsconfig.json')] }).getProjects()
    if (project === undefined) throw new Error('There is no project.')
    return new Map(
      Object.entries(PAGES).map(([page, entry]) => {
        const [head = ''] = current(page).split(MARK)
        return [
          page,
          `${head.trimEnd()}\n\n${MARK}\n\n${pageOf(exportsOf(project, path.join(root, entry)), shown.get(page) ?? new Map())}\n`,
        ]
      }),
    )
  } finally {
    api.close()
  }
}

async function shownByPage(): Promise<ReadonlyMap<string, ReadonlyMap<string, Shown>>> {
  const all = Object.entries(EXAMPLES).map(async ([page, [file, examples]]) => {
    const text = fs.readFileSync(path.join(root, file), 'utf8')
    return [page, await shownExamples(examples, text)] as const
  })
  return new Map(await Promise.all(all))
}

function exportsOf(project: Project, entry: string): readonly Exported[] {
  const { checker, program } = project
  const file = program.getSourceFile(entry)
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file)
  if (module === undefined) throw new Error(`${entry} exports nothing.`)
  return checker.getExportsOfModule(module).flatMap((symbol): Exported[] => {
    const target = (symbol.flags & SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol)
    const node = target.declarations[0]?.resolve(project)
    if (node === undefined) return []
    const doc = docOf(node)
    const source = node.getSourceFile()
    return [
      {
        name: symbol.name,
        file: path.relative(path.join(root, 'src'), source.fileName),
        isType: node.kind === SyntaxKind.InterfaceDeclaration || node.kind === SyntaxKind.TypeAliasDeclaration,
        signature: isVariableDeclaration(node)
          ? `${symbol.name}: ${typeText(project, node)}`
          : signatureOf(headOf(node, source.text)),
        summary: doc.summary,
        example: doc.example,
      },
    ]
  })
}

/** The text of a docstring before its first tag, on one line, and its example. */
function docOf(node: Node): { readonly summary: string; readonly example: string } {
  const holder = node.jsDoc === undefined ? node.parent?.parent : node
  const text = holder?.jsDoc?.at(-1)?.getText() ?? ''
  const lines = text
    .slice(text.indexOf('/**') + 3)
    .replace(/\*\/\s*$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
  const tags = lines.findIndex((line) => line.trimStart().startsWith('@'))
  const before = tags === -1 ? lines : lines.slice(0, tags)
  const blank = before.findIndex((line, at) => at > 0 && line.trim() === '')
  const summary = (blank === -1 ? before : before.slice(0, blank)).join(' ').replaceAll(/\s+/g, ' ').trim()
  const example = /@example\n?([\s\S]*?)(?=\n@|$)/.exec(lines.join('\n'))?.[1]?.trim() ?? ''
  return { summary: summary.replaceAll(/`assay /g, '`npx assay ').replaceAll(/\{@link (\w+)\}/g, '`$1`'), example }
}

/** The type of a constant, as it is written down or else as it is inferred. */
function typeText({ checker }: Project, node: Node): string {
  const type = checker.getTypeAtLocation(node)
  return type === undefined ? 'unknown' : checker.typeToString(type)
}

/** A declaration without its body. */
function headOf(node: Node, text: string): string {
  const start = node.getStart()
  if (isFunctionDeclaration(node)) return text.slice(start, node.body?.getStart() ?? node.end)
  const whole = text.slice(start, node.end)
  return isClassDeclaration(node) ? whole.replace(/ \{\n[\s\S]*$/, '') : whole
}

/** What a declaration says of itself, without comments, on one line where it is short. */
function signatureOf(text: string): string {
  const bare = text
    .replaceAll(/\/\*\*?[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replace(/^export (?:default )?(?:async )?(?:function )?/, '')
    .replaceAll(/\breadonly (?=\w+\??:)/g, '')
  const line = bare.replaceAll(/\s*\n\s*/g, ' ').trim()
  return line.length <= 118 ? line : bare.replaceAll(/\n\s*\n/g, '\n').trim()
}

function pageOf(all: readonly Exported[], shown: ReadonlyMap<string, Shown>): string {
  const groups = Map.groupBy(all, ({ file }) => (file.includes('/') ? (file.split('/')[0] ?? '') : 'package'))
  return [...groups].map(([name, members]) => section(groups.size > 1 ? name : '', members, shown)).join('\n\n')
}

function section(title: string, members: readonly Exported[], shown: ReadonlyMap<string, Shown>): string {
  const values = members.filter(({ isType }) => !isType).toSorted(byName)
  const types = members.filter(({ isType }) => isType).toSorted(byName)
  const entries = [...values, ...types].map((each) => entryOf(each, shown.get(each.name)))
  return [...(title === '' ? [] : [`## ${title}`]), ...entries].join('\n\n')
}

/** An entry: the example that is run, or else the one of its docstring. */
function entryOf({ name, signature, summary, example }: Exported, shown: Shown | undefined): string {
  const called = shown === undefined ? '' : `\n\n${shown.code}\n// → ${shown.gave.replaceAll('\n', '\n// ')}`
  const code = `\`\`\`ts\n${signature}${called}\n\`\`\``
  const more = called === '' && example !== '' ? [example] : []
  return [`### ${name}`, ...(summary === '' ? [] : [summary]), code, ...more].join('\n\n')
}

function byName(a: Exported, b: Exported): number {
  return a.name < b.name ? -1 : 1
}

if (import.meta.main) {
  const read = (page: string): string =>
    fs.existsSync(path.join(root, page)) ? fs.readFileSync(path.join(root, page), 'utf8') : ''
  for (const [page, text] of await apiPages(read)) fs.writeFileSync(path.join(root, page), text)
}
