import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { exportViewer, serveViewer, type Source } from '../server/index.ts'
import { plain } from '../report/index.ts'
import { builtIn } from '../studies/index.ts'
import { readConfig, type Config } from './config.ts'
import { findStudy } from './find-study.ts'
import { onInterrupt } from './interrupt.ts'
import type { Answer } from './program.ts'
import { readRunFolder } from './read-run.ts'
import { findRun, runsFolder } from './runs-folder.ts'
import type { Terminal } from './terminal.ts'
import { version } from './version.ts'
import { pageFolder } from './view-page.ts'

interface ViewOptions {
  readonly port?: number
  readonly open?: true
  readonly out?: string
  readonly brief?: readonly string[]
  readonly export?: string
  readonly trials?: number
  readonly events?: number
}

const LAST_PORT = 65_535

/** `assay view`: serves the page until it is told to stop, or writes a copy that needs no server. */
export async function view(terminal: Terminal, runs: readonly string[], options: ViewOptions): Promise<Answer> {
  const config = await readConfig()
  for (const file of options.brief ?? [])
    if (!fs.existsSync(file)) terminal.note(`There is no file ${plain(file)}; the page says so until there is one.`)
  if (options.export !== undefined) return exportTo(terminal, config, runs, options.export, options)
  if (runs.length > 0)
    throw new AssayError('cli/usage', 'Names of runs go with --export; the live page shows all runs.')
  if ((options.port ?? 0) > LAST_PORT)
    throw new AssayError('cli/usage', `${options.port} is no port: they go from 0 (any free one) to ${LAST_PORT}.`)
  const serving = await serveViewer({
    source: sourceOf(config, options),
    page: pageFolder(terminal),
    port: options.port ?? 0,
  })
  terminal.print(`Runs in ${runsFolder(config, options.out)} are shown at ${serving.url} (Ctrl-C ends it)`)
  terminal.document({ url: serving.url })
  if (options.open === true) openInBrowser(terminal, serving.url)
  const interrupt = onInterrupt(() => undefined)
  await new Promise<void>((resolve) => interrupt.stopping.addEventListener('abort', () => resolve(), { once: true }))
  interrupt.release()
  await serving.close()
  return 0
}

async function exportTo(
  terminal: Terminal,
  config: Config,
  runs: readonly string[],
  folder: string,
  options: ViewOptions,
): Promise<Answer> {
  const { trials, events } = options
  const exported = await exportViewer({
    source: sourceOf(config, options),
    page: pageFolder(terminal),
    folder,
    at: new Date().toISOString(),
    runs: runs.map((name) => path.basename(findRun(name, runsFolder(config, options.out)))),
    ...(trials !== undefined && { trials }),
    ...(events !== undefined && { events }),
    onProgress: (run) => terminal.note(`copying ${run}`),
  })
  for (const line of exported.leftOut) terminal.note(`left out: ${line}`)
  const size = `${exported.files.toLocaleString('en')} files, ${(exported.bytes / 1e6).toFixed(1)} MB`
  const what = `${exported.runs} runs with ${exported.transcripts} transcripts`
  terminal.print(`${what} (${size}): open ${path.join(folder, 'index.html')} in any browser`)
  terminal.document(exported)
  return 0
}

function sourceOf(config: Config, options: ViewOptions): Source {
  const names = [...builtIn, ...Object.keys(config.studies ?? {})]
  return {
    runs: runsFolder(config, options.out),
    briefs: () => briefsHere(options.brief),
    readRun: (folder) => readRunFolder(folder, config),
    studies: () => Promise.all(names.map(async (name) => (await findStudy(name, config)).study)),
    version: version(),
  }
}

/** The briefs that were named, or those that lie where people and the tour put them. */
function briefsHere(named: readonly string[] = []): ReturnType<Source['briefs']> {
  const usual = ['brief.yaml', path.join('.assay', 'brief.yaml')]
  const files = named.length > 0 ? named : usual.filter((file) => fs.existsSync(file))
  return files.map((file) => ({ name: path.relative('.', file).replaceAll(path.sep, '/'), file: path.resolve(file) }))
}

/** Best effort: where there is no desktop, the address stands on the screen anyway. */
function openInBrowser(terminal: Terminal, url: string): void {
  const programs: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
  }
  const [program, ...words] = programs[process.platform] ?? ['xdg-open']
  spawn(program, [...words, url], { stdio: 'ignore', detached: true })
    .on('error', () => terminal.note(`No browser could be opened. Go to ${url}`))
    .unref()
}
