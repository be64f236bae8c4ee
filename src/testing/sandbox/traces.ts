import assert from 'node:assert/strict'
import os from 'node:os'
import type { SandboxKind } from '../../world/index.ts'
import type { ContractCase } from '../contract-case.ts'
import { opener } from './setting.ts'

/** What a command can find out of where it runs, and for whom. */
export function traceCases(kind: SandboxKind): readonly ContractCase[] {
  const using = opener(kind)
  return [
    {
      name: 'nothing of the host’s environment, processes and settings is to be seen',
      async run() {
        const before = process.env['ASSAY_CONTRACT_SECRET']
        process.env['ASSAY_CONTRACT_SECRET'] = 'parent-secret-71'
        try {
          await using(async (sandbox) => {
            const { stdout, stderr } = await sandbox.exec(
              'env; set; for p in /proc/[0-9]* /proc/self; do tr "\\0" "\\n" < $p/environ; tr "\\0" " " < $p/cmdline; done; cat /etc/shadow /root/.* 2>&1',
              {},
            )
            assert.equal(`${stdout}${stderr}`.includes('parent-secret-71'), false)
            const pids = (await sandbox.exec('ls -d /proc/[0-9]* 2>/dev/null')).stdout.split('\n')
            assert.equal(
              pids.includes(`/proc/${process.pid}`) && process.pid > 50,
              false,
              'our own process is in sight',
            )
          })()
        } finally {
          if (before === undefined) delete process.env['ASSAY_CONTRACT_SECRET']
          else process.env['ASSAY_CONTRACT_SECRET'] = before
        }
      },
    },
    {
      name: 'nothing says who runs the sandbox, where on the host, or what for',
      run: using(async (sandbox) => {
        const seen = await Promise.all(
          [
            'env; set; export -p',
            'for f in cmdline environ mountinfo mounts cgroup maps; do tr "\\0" "\\n" < /proc/1/$f; tr "\\0" "\\n" < /proc/self/$f; done',
            'df -a; mount; ps axww; hostname; id; ls -la / /tmp /dev/shm /workspace /etc; ls -l /proc/1/fd /proc/1/exe /proc/1/cwd /proc/1/root',
          ].map((command) => sandbox.exec(command)),
        )
        const text = seen.map(({ stdout, stderr }) => stdout + stderr).join('\n')
        for (const told of ['assay', 'vitest', 'contract', 'bwrap', ...hostWords()])
          assert.equal(text.toLowerCase().includes(told.toLowerCase()), false, `${told} in\n${text}`)
      }),
    },
    {
      name: 'the environment is as small as a shell’s own',
      run: using(async (sandbox) => {
        const { stdout } = await sandbox.exec('env | cut -d= -f1')
        if (kind.workspaceOnly)
          assert.deepEqual(
            stdout.split('\n').filter((name) => /^\w+$/.test(name) && !SHELL_VARIABLES.has(name)),
            [],
          )
      }),
    },
  ]
}

const SHELL_VARIABLES: ReadonlySet<string> = new Set(
  '_ BASHOPTS HOME HOSTNAME HOSTTYPE IFS LANG MACHTYPE OLDPWD OPTIND OSTYPE PATH PWD SHELLOPTS SHLVL'.split(' '),
)

/** What is this machine's and this process's own; words that stand in every sandbox are left out. */
function hostWords(): readonly string[] {
  const common = new Set(['/', '/root', 'root', 'localhost', 'sandbox', '/workspace'])
  return [process.cwd(), os.homedir(), os.hostname()].filter((word) => !common.has(word))
}
