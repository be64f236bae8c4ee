import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { modelsFolder } from '../../src/model/index.ts'
import { compileCache, scratch } from '../cli/assay.ts'
import { classifierFiles } from '../model/local/classifier-files.ts'
import { weights } from '../model/local/weights.ts'
import { pages, textOf } from './pages.ts'
import { MARKS, shellCommandsOf, type ShellCommand } from './shell-commands.ts'

// Every command that a page shows is typed here, page by page, in a folder of its own, unless the page says what it needs.

const root = process.cwd()
const { skip } = await weights()
// A page's folder is a home without the registries that this machine is set up for, so what it pulls is here already.
const { skip: noClassifier } = await classifierFiles()

/** Pages whose commands are run or parsed elsewhere, with where. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'docs/commands.md': 'test/docs/commands.test.ts: they name runs and files of the reader',
  'docs/audits.md': 'test/audit/docs.slow.test.ts',
  'CONTRIBUTING.md': 'they run this suite',
}
/** Files that a page shows and its commands read, with words of the block that is the file. */
const FILES: Readonly<Record<string, readonly [name: string, words: string]>> = {
  'docs/gate.md': ['gate.yaml', 'rules:'],
  'docs/writing-a-study.md': ['guess.study.ts', "name: 'guess'"],
}

const shown = pages
  .filter((page) => ELSEWHERE[page] === undefined)
  .map((page) => [page, shellCommandsOf(page)] as const)
  .filter(([, commands]) => commands.some(isRun))

test('a command that calls a hosted model says that it needs a key', () => {
  const hosted = pages
    .flatMap(shellCommandsOf)
    .filter(({ line }) => /--(?:model|partner) \S*(?:openai|anthropic|google)\//.test(line))
  expect(hosted.length).toBeGreaterThan(5)
  expect(hosted.filter(({ line, remark }) => !line.startsWith('npx assay p') && !MARKS.test(remark))).toEqual([])
})

test.each(shown)('the commands of %s run', async (page, commands) => {
  const folder = folderFor(page)
  const faults: string[] = []
  for (const command of onceEach(commands.filter(isRun))) {
    if (command.line.includes('<run>') && latestRun(folder) === undefined) continue
    // Without weights, neither the model nor what goes on with its run.
    if (skip !== undefined && command.line.includes('local/')) break
    if (noClassifier !== undefined && command.line.includes('injection-classifier')) break
    const { code, out } = await typed(folder, command.line)
    const expected = Number(/(?:^|; )exit (\d)$/.exec(command.remark)?.[1] ?? 0)
    if (code !== expected) faults.push(`${command.line}: exit ${code}, not ${expected}\n${out.slice(-2000)}`)
    const said = new Set(out.split('\n').map(even))
    for (const shown of command.shows)
      if (!said.has(even(shown))) faults.push(`${command.line} does not print: ${shown}`)
  }
  expect(faults).toEqual([])
})

/** Tables of another width say the same. */
function even(line: string): string {
  return line.trim().replaceAll(/ +/g, ' ')
}

/** A page may show a command again, for instance where it goes on with its run. */
function onceEach(commands: readonly ShellCommand[]): readonly ShellCommand[] {
  return [...new Map(commands.map((each) => [each.line, each])).values()]
}

function isRun({ line, remark }: ShellCommand): boolean {
  // Other words in brackets are for the reader to fill in: the form of a command, not a command.
  return !MARKS.test(remark) && !/^(?:npm|git|export) |<(?!run>)\w+>/.test(line)
}

/** A folder with what a clone has for readers: examples, data, benchmarks. */
function folderFor(page: string): string {
  const folder = scratch()
  for (const name of ['examples', 'test', 'bench', 'scripts', 'src', 'docs', 'node_modules', 'package.json'])
    fs.symlinkSync(path.join(root, name), path.join(folder, name))
  const [name, words] = FILES[page] ?? []
  const block = [...textOf(page).matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].find(([, text = '']) =>
    text.includes(words ?? ''),
  )
  if (name !== undefined) fs.writeFileSync(path.join(folder, name), block?.[1] ?? '')
  return folder
}

function latestRun(folder: string): string | undefined {
  const runs = path.join(folder, '.assay/runs')
  if (!fs.existsSync(runs)) return undefined
  const begun = (name: string): number => fs.statSync(path.join(runs, name, 'run.json')).mtimeMs
  return fs.readdirSync(runs).toSorted((a, b) => begun(b) - begun(a))[0]
}

/** Types a line in a shell in which `npx` starts what it starts in a clone, and `<run>` is the latest run. */
function typed(folder: string, line: string): Promise<{ readonly code: number | null; readonly out: string }> {
  const npx = `npx() { if [ "$1" = assay ]; then shift; "$NODE" "$ASSAY" "$@"; else shift; "$NODE" "$@"; fi; }`
  return new Promise((resolve) => {
    const child = spawn('bash', ['-c', `${npx}; ${line.replaceAll('<run>', latestRun(folder) ?? '')}`], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        NODE: process.execPath,
        ASSAY: path.join(root, 'bin/assay.js'),
        ASSAY_CACHE: path.dirname(modelsFolder()),
        NO_COLOR: '1',
        CI: 'true',
        ...compileCache(),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.on('close', (code) => resolve({ code, out }))
  })
}
