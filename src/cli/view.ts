import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { findRun, readConfig, runsFolder, type Config } from '../project/index.ts'
import { exportViewer, pageFolder, projectSource, serveViewer } from '../server/index.ts'
import { counted, plain } from '../report/index.ts'
import { untilInterrupted } from './interrupt.ts'
import type { Answer } from './command.ts'
import type { ViewOptions } from './commands/view.ts'
import type { Terminal } from './terminal.ts'

/** `assay view`: serves the page until it is told to stop, or writes a copy that needs no server. */
export async function view(terminal: Terminal, runs: readonly string[], options: ViewOptions): Promise<Answer> {
  const config = await readConfig()
  for (const file of options.brief)
    if (!fs.existsSync(file)) terminal.note(`There is no file ${plain(file)}; the page says so until there is one.`)
  if (options.export !== undefined) return exportTo(terminal, config, runs, options.export, options)
  if (runs.length > 0)
    throw new AssayError('cli/usage', 'Names of runs go with --export; the live page shows all runs.')
  const serving = await serveViewer({
    source: projectSource(config, { runs: options.out, briefs: options.brief }),
    page: pageFolder(terminal),
    port: options.port ?? 0,
  })
  terminal.print(`Runs in ${runsFolder(config, options.out)} are shown at ${serving.url} (Ctrl-C ends it)`)
  terminal.document({ url: serving.url })
  if (options.open) openInBrowser(terminal, serving.url)
  await untilInterrupted()
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
    source: projectSource(config, { runs: options.out, briefs: options.brief }),
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
  const what = `${counted(exported.runs, 'run')} with ${counted(exported.transcripts, 'transcript')}`
  terminal.print(`${what} (${size}): open ${path.join(folder, 'index.html')} in any browser`)
  terminal.document(exported)
  return 0
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
