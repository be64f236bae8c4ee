import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { AssayError, reasonOf } from '../assay-error.ts'

/**
 * The viewer's built page. In the published package it is next to the built commands. In the repository it is built when
 * it is first asked for, and again when its sources have changed since.
 *
 * @param terminal told when the page has to be built; default nobody
 * @throws AssayError `server/no-page`
 */
export function pageFolder(terminal: { readonly note: (text: string) => void } = { note: () => undefined }): string {
  const shipped = path.resolve(import.meta.dirname, '../web')
  if (isBuilt(shipped)) return shipped
  const root = path.resolve(import.meta.dirname, '../..')
  const built = path.join(root, 'dist', 'web')
  if (isBuilt(built) && !isOlder(built, [path.join(root, 'web'), path.join(root, 'src', 'server')])) return built
  const build = path.join(root, 'scripts', 'build.ts')
  if (!fs.existsSync(build) || !fs.existsSync(path.join(root, 'node_modules', 'vite')))
    throw new AssayError('server/no-page', 'The page is missing from this installation. Install Assay again.')
  terminal.note('Building the page (once) …')
  try {
    execFileSync(process.execPath, [build, '--page'], { stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (cause) {
    // Another process may have put its own in place meanwhile, which is as good.
    if (isBuilt(built)) return built
    const why = reasonOf(cause).slice(0, 500)
    throw new AssayError('server/no-page', `The page could not be built. Try: npm run build. ${why}`, { cause })
  }
  return built
}

function isBuilt(folder: string): boolean {
  return fs.existsSync(path.join(folder, 'index.html'))
}

/** Whether any source is newer than what was built of it. */
function isOlder(built: string, sources: readonly string[]): boolean {
  const at = fs.statSync(path.join(built, 'index.html')).mtimeMs
  return sources.some((folder) =>
    fs
      .globSync('**/*.{ts,tsx,css,html}', { cwd: folder })
      .some((file) => fs.statSync(path.join(folder, file)).mtimeMs > at),
  )
}
