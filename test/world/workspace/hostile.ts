import fs from 'node:fs'
import path from 'node:path'
import { plainScaffold } from '../../../src/agent/index.ts'
import { mean, proportion } from '../../../src/findings/index.ts'
import { randomFrom, readRun, type Outcome, type Part } from '../../../src/record/index.ts'
import { startRun } from '../../../src/run/index.ts'
import { defineStudy, exactly, levels, type Study } from '../../../src/study/index.ts'
import { workspaceWorld, type SandboxKind, type SandboxLimits } from '../../../src/world/index.ts'
import { effectsWith, options } from '../../run/effects.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** What an agent may try against whoever measures it: files, commands, floods, and what is no command at all. */
const COMMANDS: readonly string[] = [
  'truncate -s 10G sparse',
  'for i in 1 2 3; do truncate -s 300M s$i; done',
  'for i in 1 2 3 4 5 6; do truncate -s 900K t$i; done',
  'dd if=/dev/zero of=holes bs=1 count=1 seek=3000000000',
  'head -c 1500000 /dev/zero > z; ln z z1; ln z z2; ln z z3',
  'chmod 000 .',
  'chmod 000 . * */*; mkdir shut; echo x > shut/x; chmod 000 shut',
  'mkfifo p; ln -s p q; mknod n c 1 3; python3 -c "import socket; socket.socket(1).bind(chr(115))"',
  'ln -s loop loop; ln -s / root; ln -s ../../.. up; ln -s /proc/self/fd fds; ln -s . dot',
  'for i in $(seq 1 3000); do : > f$i; done',
  'i=0; while [ $i -lt 2000 ]; do mkdir -p x/x/x/x && cd x/x/x/x; i=$((i+1)); done',
  'n=$(printf "d%.0s" $(seq 1 200)); for i in $(seq 1 40); do mkdir $n && cd $n; done; echo x > deep',
  "touch $'a\\nb' $'\\xff\\xfe' $'\\e[2J' -- -rf --help '__proto__' constructor $'\\u202e'",
  "printf '\\xff\\xfe\\x00\\xed\\xa0\\x80' > bytes; cat bytes; cat bytes >&2",
  "printf '\\e[2J\\e]0;x\\a\\x9b31m\\u202e\\u200b'",
  'while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done',
  'while :; do :; done',
  'sleep 100',
  'b() { b | b & }; b',
  'f() { f; }; f',
  'x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done',
  'exec 0<&- 1>&- 2>&-; echo gone',
  'kill -9 $$',
  'kill -9 -1',
  'kill -9 1; kill -TERM 1; kill -STOP $$ $PPID',
  '(while :; do date >> late; done) & (setsid sleep 60 &) ; exit 3',
  'rm -rf /workspace; rm -rf /workspace/* /workspace/.* .',
  'mv /workspace /tmp/w; rmdir /workspace; mkdir -p /workspace',
  'cat /proc/1/environ /proc/self/fd/* /dev/fd/3 <&3; echo x >&3; echo "{\\"exit-code\\": 0}" >&200',
  'unshare -Urm true; mount -t tmpfs x /workspace; umount -l /workspace',
  'exec 2>/dev/null; trap "" TERM; ulimit -n 3; ulimit -s 1; ulimit -v 1; echo x',
  'eval "$(printf "(%.0s" $(seq 1 2000))"',
  'exit 125',
  'exit 255',
  '',
  ' \n#',
  '"',
  '<<E',
  '\0',
  '\ud800 \udfff',
]

const PATHS: readonly string[] = [
  'a', '.', '..', '/', '', 'a/b', '../x', '/etc/passwd', '/workspace', 'sparse', 's1', 'p', 'q', 'n', 'loop', 'root/etc/passwd', 'fds/0', 'dot/dot/a',
  'x\0y', '\ud800', 'n'.repeat(256), 'd/'.repeat(1700), 'e/'.repeat(3000), '-rf', '__proto__', '__proto__/x', 'constructor', '\u001B[2J', '\u202Ex', 'a\nb', '🙂'.repeat(63), 'shut/x', 'f1/x', 'z',
] // prettier-ignore

const TEXTS: readonly string[] = [
  '', 'a', '\0', '\ud800', '\u001B[2J\u001B]0;x\u0007', '\u009B31m', '\u202E\u2066', '𝕏'.repeat(50_000), 'a'.repeat(3_000_000), '\r\n'.repeat(10_000),
  '{"seq": 0, "type": "end"}\n', '"'.repeat(70_000), '\\'.repeat(70_000), '$&$1$`', '\u2028\u2029\uFEFF\uFFFE',
] // prettier-ignore

const TOOLS = [
  'bash',
  'read',
  'write',
  'edit',
  'list',
  'search',
  'submit',
  'no-such-tool',
  '',
  '__proto__',
  'constructor',
]

const MALFORMED: readonly string[] = [
  '', '{', 'null', '[]', '"x"', '1e999', '{"command": 1}', '{"command": null}', '{"path": ["a"]}', '{"__proto__": {"command": "ls"}}', '{"command":"\ud800"}',
  '['.repeat(50_000), `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, `{"command": "${'x'.repeat(200_000)}"}`, '\0', '{"command": "ls"}{"command": "ls"}', '{"path": "a", "line": 1e308, "lines": -1}',
] // prettier-ignore

/** The `number`th act of the agent of a seed. */
export function hostileAct(seed: string, number: number): readonly Part[] {
  const random = randomFrom('hostile', seed, number)
  const of = (all: readonly string[]): string => all[Math.floor(random() * all.length)] ?? ''
  const call = (name: string, text: string): readonly Part[] => [
    ...(random() < 0.3 ? [{ type: 'text', text: of(TEXTS) } as const] : []),
    { type: 'tool-call', id: random() < 0.1 ? of(TEXTS).slice(0, 100) : `call-${number}`, name, arguments: text },
  ]
  const drawn = random()
  if (drawn < 0.5) return call('bash', JSON.stringify({ command: of(COMMANDS) }))
  if (drawn < 0.54)
    return call('bash', JSON.stringify({ command: `: ${of(['x', '🙂', 'é', '\\'])}`.repeat(30_000).slice(0, 100_000) }))
  if (drawn < 0.64) return call(of(TOOLS), of(MALFORMED))
  const name = of(TOOLS.filter((tool) => tool !== 'submit' && tool !== 'bash'))
  const [path, content, old, put, text] = [of(PATHS), of(TEXTS), of(['a', ...TEXTS]), of(TEXTS), of(TEXTS)]
  return call(
    name,
    JSON.stringify({ path, content, old, new: put, all: random() < 0.7, text, line: 1 + Math.floor(random() * 3) }),
  )
}

interface Played {
  readonly outcomes: readonly Outcome[]
  /** Of all files of the run's folder. */
  readonly bytes: number
  /** As `run.json` has them. */
  readonly versions: Readonly<Record<string, string>>
}

/** Agents that do their worst, one a seed, so many acts each: the control `vandal`, and whoever else is asked. */
export function hostileStudy(
  sandbox: SandboxKind | undefined,
  limits: Partial<SandboxLimits>,
  seeds: readonly string[],
  acts: number,
): Study {
  return defineStudy({
    name: 'toy-hostile',
    question: 'Can an agent make a trial invalid?',
    factors: { scaffold: levels('plain') },
    tasks: () =>
      seeds.map((seed) => ({
        id: seed,
        prompt: seed,
        world: workspaceWorld(
          { files: { a: 'a\n', 'b/c': 'c' } },
          sandbox === undefined ? { limits } : { sandbox, limits },
        ),
        scaffold: plainScaffold,
        limits: { turns: acts },
        measure: ({ files }) => ({ files: files === undefined ? 0 : 1 }),
      })),
    outcome: { files: proportion() },
    controls: {
      vandal: {
        property: 'does its worst to whoever measures it',
        policy(messages) {
          const seed = messages.find(({ role }) => role === 'user')
          const text = seed?.role === 'user' ? seed.text : ''
          return hostileAct(text, messages.filter(({ role }) => role === 'assistant').length)
        },
        reads: { files: () => exactly(1) },
      },
    },
    findings: [mean('files', { by: ['agent'], cluster: 'task', title: 'files' })],
    repeats: 1,
  })
}

/**
 * Lets agents do their worst, so many acts each, in a run of the usual kind.
 */
export async function playHostile(
  sandbox: SandboxKind | undefined,
  limits: Partial<SandboxLimits>,
  seeds: readonly string[],
  acts: number,
): Promise<Played> {
  const study = hostileStudy(sandbox, limits, seeds, acts)
  const folder = path.join(temporaryFolder(), 'run')
  const request = { models: [], set: {}, seed: 's', controls: 'only', sampling: {}, limits: {} } as const
  const effects = effectsWith(() => {
    throw new Error('no model is asked')
  })
  const { outcomes } = await startRun({ study, request, run: 'hostile', folder }, options, effects)
  const names = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const bytes = names.reduce((sum, { parentPath, name }) => sum + fs.statSync(path.join(parentPath, name)).size, 0)
  return { outcomes, bytes, versions: readRun(folder).record.versions }
}
