import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'

/** The repository. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url))

/** The manifest of this repository, or of a package made from it. */
export function manifestIn(folder: string): { readonly name: string; readonly version: string } {
  return z
    .looseObject({ name: z.string(), version: z.string() })
    .parse(JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')))
}

/** What a program said on stdout. Rejects with both outputs in its message when it answers anything but 0. */
export async function saidBy(folder: string, program: string, ...words: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, words, { cwd: folder, encoding: 'utf8' })
    return stdout
  } catch (cause) {
    const said = z.object({ stdout: z.string(), stderr: z.string() }).safeParse(cause)
    throw new Error(said.success ? `${said.data.stderr}${said.data.stdout}`.slice(0, 8000) : String(cause), { cause })
  }
}

/** Both tarballs, made as `npm run package` makes them. */
export async function packed(folder: string): Promise<{ readonly assay: string; readonly stats: string }> {
  await saidBy(root, process.execPath, path.join(root, 'scripts', 'package.ts'), folder)
  const { version } = manifestIn(root)
  return { assay: path.join(folder, `assay-${version}.tgz`), stats: path.join(folder, `assay-stats-${version}.tgz`) }
}

const lockfile: z.ZodType<{
  readonly packages: Readonly<
    Record<string, { readonly dev?: boolean | undefined; readonly devOptional?: boolean | undefined }>
  >
}> = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ dev: z.boolean().optional(), devOptional: z.boolean().optional() })),
})

/**
 * Installs a tarball as a user does, into an empty folder. Versions are those of the repository's own lockfile, so that npm
 * takes them from its cache and asks no registry.
 *
 * @param peers of the tarball that the repository has as tools of its own, as places in the lockfile
 */
export async function install(folder: string, tarball: string, ...peers: readonly string[]): Promise<void> {
  const { packages } = lockfile.parse(JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')))
  const kept = Object.entries(packages).filter(
    ([at, { dev = false, devOptional = false }]) => at !== '' && ((!dev && !devOptional) || peers.includes(at)),
  )
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  )
  fs.writeFileSync(
    path.join(folder, 'package-lock.json'),
    JSON.stringify({ name: 'consumer', lockfileVersion: 3, requires: true, packages: Object.fromEntries(kept) }),
  )
  await saidBy(folder, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', tarball)
}
