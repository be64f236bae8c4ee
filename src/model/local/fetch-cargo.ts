import { copyFile, mkdir, readdir, stat } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import type { WeightsSource } from './catalogue.ts'
import type { Fetched, PullOptions } from './fetched.ts'
import { runTool } from './run-tool.ts'

/**
 * Downloads a crate with cargo into `room` and takes one file of it. `cargo info` fetches that crate alone, without what it
 * depends on; nothing is built. Cargo's own home is in `room`, with the user's settings for registries.
 */
export async function fetchWithCargo(
  { crate, version, entry }: Extract<WeightsSource, { type: 'cargo' }>,
  room: string,
  { onProgress, signal }: PullOptions,
): Promise<Fetched> {
  const home = join(room, 'cargo')
  await mkdir(home, { recursive: true })
  const own = process.env['CARGO_HOME'] ?? join(os.homedir(), '.cargo')
  for (const name of ['config.toml', 'credentials.toml'])
    await copyFile(join(own, name), join(home, name)).catch(() => undefined)
  onProgress?.({ step: 'fetching', bytes: 0 })
  const ended = await runTool(['cargo', 'info', `${crate}@${version}`], {
    cwd: home,
    env: { CARGO_HOME: home },
    ...(signal !== undefined && { signal }),
  })
  if (ended === 'missing') return { type: 'failed', reason: "cargo is not installed (Rust's package manager)" }
  if (ended !== 'done') return { type: 'failed', reason: ended }
  const sources = join(home, 'registry', 'src')
  for (const registry of await readdir(sources).catch(() => [])) {
    const path = join(sources, registry, `${crate}-${version}`, entry)
    if (await stat(path).catch(() => undefined)) return { type: 'got', path }
  }
  return { type: 'failed', reason: `${crate} ${version} holds no ${entry}` }
}
