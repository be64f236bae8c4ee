// npm run bench:peers: the same thousand trivial cases on Assay and on two other harnesses, side by side. The others
// are installed into a scratch folder, which needs the npm registry; the cases themselves need no network.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { inScratch } from './scratch.ts'
import { columns, number } from './table.ts'

const CASES = 1_000
const ROUNDS = 3

interface Peer {
  readonly name: string
  /** What npm is asked for; absent for ourselves. */
  readonly packages?: readonly string[]
  /** Files of the peer's project. */
  readonly files: Readonly<Record<string, string>>
  readonly command: readonly [string, ...string[]]
  readonly env?: Readonly<Record<string, string>>
}

const quiet = { NO_COLOR: '1', CI: '1', HOME: '.', npm_config_update_notifier: 'false' }

const peers: readonly Peer[] = [
  {
    name: 'assay',
    files: {},
    command: [process.execPath, path.join(import.meta.dirname, 'trials.ts'), String(CASES), 'alone'],
  },
  {
    name: 'evalite 0.19.0',
    packages: ['evalite@0.19.0', 'vitest@4.1.12'],
    files: {
      // Its database wants a compiler; without one it keeps its results in memory, which only makes it quicker.
      'evalite.config.ts': `import { defineConfig } from 'evalite/config'
import { createInMemoryStorage } from 'evalite/in-memory-storage'
export default defineConfig({ storage: () => createInMemoryStorage() })
`,
      'add.eval.ts': `import { evalite } from 'evalite'
evalite('add', {
  data: () => Array.from({ length: ${CASES} }, (_, n) => ({ input: n, expected: n + 1 })),
  task: async (input) => input + 1,
  scorers: [{ name: 'exact', scorer: ({ output, expected }) => (output === expected ? 1 : 0) }],
})
`,
    },
    command: ['node_modules/.bin/evalite', 'run'],
  },
  {
    name: 'promptfoo 0.123.1',
    packages: ['promptfoo@0.123.1'],
    files: {
      'promptfooconfig.json': JSON.stringify({
        prompts: ['{{n}}'],
        providers: ['file://provider.mjs'],
        tests: Array.from({ length: CASES }, (_, n) => ({
          vars: { n: String(n) },
          assert: [{ type: 'equals', value: String(n + 1) }],
        })),
      }),
      'provider.mjs': `export default class {
  id() { return 'adder' }
  async callApi(prompt) { return { output: String(Number(prompt) + 1) } }
}
`,
    },
    command: [
      'node_modules/.bin/promptfoo',
      'eval',
      '-c',
      'promptfooconfig.json',
      '--no-cache',
      '--no-table',
      '-j',
      '8',
    ],
    env: { PROMPTFOO_DISABLE_TELEMETRY: '1', PROMPTFOO_DISABLE_UPDATE: '1', PROMPTFOO_CONFIG_DIR: 'config' },
  },
]

interface Ran {
  readonly seconds: number
  readonly megabytes: number
}

/** Wall time of a command and the highest memory that it and its children reached together, looked at 20 times a second. */
async function ran(peer: Peer, cwd: string): Promise<Ran | string> {
  const [command, ...args] = peer.command
  const started = performance.now()
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...quiet, ...peer.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  let kilobytes = 0
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const look = setInterval(() => {
    kilobytes = Math.max(kilobytes, child.pid === undefined ? 0 : residentOf(child.pid))
  }, 50)
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null))
    child.on('close', resolve)
  })
  clearInterval(look)
  const seconds = (performance.now() - started) / 1000
  if (code !== 0) return `ended with ${code}: ${said.trim().split('\n').at(-1) ?? ''}`
  return { seconds, megabytes: kilobytes / 1024 }
}

/** Kilobytes of a process and all that came from it; 0 where the system has no /proc. */
function residentOf(pid: number): number {
  try {
    const own = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0'
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return children.split(' ').reduce((sum, child) => sum + (child === '' ? 0 : residentOf(Number(child))), Number(own))
  } catch {
    return 0
  }
}

function install(peer: Peer, folder: string): string | undefined {
  if (peer.packages === undefined) return undefined
  process.stderr.write(`installing ${peer.packages[0]} …\n`)
  fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true,"type":"module"}')
  const { status, stderr } = spawnSync(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...peer.packages],
    {
      cwd: folder,
      encoding: 'utf8',
      timeout: 900_000,
    },
  )
  return status === 0 ? undefined : `npm install failed: ${stderr.trim().split('\n')[0] ?? ''}`
}

await inScratch(async (scratch) => {
  const rows: string[][] = [['harness', `${CASES} cases, whole process`, 'memory', '']]
  const ready: { readonly peer: Peer; readonly folder: string }[] = []
  for (const peer of peers) {
    const folder = path.join(scratch, peer.name.replaceAll(' ', '-'))
    fs.mkdirSync(folder)
    const failed = install(peer, folder)
    for (const [name, text] of Object.entries(peer.files)) fs.writeFileSync(path.join(folder, name), text)
    if (failed === undefined) ready.push({ peer, folder })
    else rows.push([peer.name, '—', '—', failed])
  }
  for (const { peer, folder } of ready) {
    process.stderr.write(`${peer.name} …\n`)
    const all = []
    for (let round = 0; round < ROUNDS; round++) all.push(await ran(peer, folder))
    const good = all.filter((each) => typeof each !== 'string')
    const best = good.toSorted((a, b) => a.seconds - b.seconds)[0]
    const why = all.find((each) => typeof each === 'string') ?? ''
    if (best === undefined) rows.push([peer.name, '—', '—', why])
    else rows.push([peer.name, `${number(best.seconds)} s`, `${number(best.megabytes)} MB`, why])
  }
  process.stdout.write(`${columns(rows)}\n`)
})
