import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { modelsFolder, providers } from '../model/index.ts'
import type { SandboxKind } from '../world/index.ts'
import { version } from './version.ts'

/** One thing that Assay can use, and whether this machine has it. */
export interface MachineCheck {
  readonly what: string
  readonly found: string
  readonly ok: boolean
  /** What lacks without it. */
  readonly without?: string
}

/** What is here. Keys are said to be set or not, and never given. */
export async function machineChecks(): Promise<readonly MachineCheck[]> {
  // Heavy, and commands that look for a run do without it.
  const { SANDBOXES } = await import('../world/index.ts')
  return [
    { what: 'assay', found: version(), ok: true },
    { what: 'node', found: process.version, ok: true },
    await localRuntime(),
    await whiteBox(),
    weights(),
    program('pip', ['python3', ['-m', 'pip', '--version']], 'weights cannot be pulled'),
    ...SANDBOXES.map(sandbox),
    program('chromium', ['chromium', ['--version']], 'pages cannot be tested'),
    ...keys(),
  ]
}

/** How a sandbox keeps its dearest limit here, or why it cannot be had. */
function sandbox(kind: SandboxKind): MachineCheck {
  const ready = kind.ready()
  const what = kind.name.replace(/\(.*/, '')
  if (ready.type === 'unavailable')
    return {
      what,
      found: ready.why.replace(/\.$/, ''),
      ok: false,
      without: 'no shell for agents, unless another sandbox is here',
    }
  return { what, found: `memory by ${ready.limits.memoryBytes}; disk: ${ready.limits.diskBytes}`, ok: true }
}

async function whiteBox(): Promise<MachineCheck> {
  const { koffiFits, PINS } = await import('../inside/index.ts')
  const without = `nothing inside a local model is read or changed (npm install --save-exact koffi@${PINS.koffi})`
  const check = await installed('koffi', without, async () => (await import('koffi')).default.version)
  return { ...check, ok: check.ok && koffiFits(check.found), without }
}

function localRuntime(): Promise<MachineCheck> {
  const without = 'no local models (npm install node-llama-cpp)'
  return installed('node-llama-cpp', without, async () => (await import('node-llama-cpp')).getModuleVersion())
}

async function installed(what: string, without: string, version: () => Promise<string>): Promise<MachineCheck> {
  try {
    return { what, found: await version(), ok: true }
  } catch {
    return { what, found: 'not installed', ok: false, without }
  }
}

function weights(): MachineCheck {
  const folder = modelsFolder()
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.gguf')) : []
  return {
    what: 'weights',
    found: files.length > 0 ? files.join(', ') : 'none pulled',
    ok: files.length > 0,
    without: 'assay models pull smollm2-135m',
  }
}

function program(what: string, [name, words]: readonly [string, readonly string[]], without: string): MachineCheck {
  const found = (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))
  if (!found) return { what, found: 'not on PATH', ok: false, without }
  try {
    const said = execFileSync(name, words, { encoding: 'utf8', timeout: 5000, stdio: ['ignore', 'pipe', 'ignore'] })
    return { what, found: said.split('\n')[0] ?? '', ok: true }
  } catch {
    return { what, found: 'does not answer', ok: false, without }
  }
}

function keys(): readonly MachineCheck[] {
  return Object.entries(providers).flatMap(([name, provider]) => {
    const [first] = provider.keys
    if (first === undefined) return []
    const set = provider.keys.find((variable) => (process.env[variable] ?? '') !== '')
    return [
      {
        what: `${name} key`,
        found: set === undefined ? `${provider.keys.join(' or ')} is not set` : `${set} is set`,
        ok: set !== undefined,
      },
    ]
  })
}
