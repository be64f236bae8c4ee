import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../temporary-folder.ts'
import { userNamespacesForbidden } from '../../../src/world/sandbox/user-namespaces.ts'

const main = path.resolve('src/cli/main.ts')

/** Assay on a machine whose PATH has these programs only. */
function assayWith(
  programs: Readonly<Record<string, string>>,
  ...words: readonly string[]
): { readonly code: number | null; readonly out: string; readonly err: string } {
  const folder = temporaryFolder()
  for (const [name, script] of Object.entries(programs))
    fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    cwd: folder,
    env: { PATH: folder, HOME: folder, TMPDIR: process.env['TMPDIR'] ?? '/tmp' },
    encoding: 'utf8',
  })
  return { code: status, out: stdout, err: stderr }
}

test.each([['plan'], ['run']])(
  '%s refuses a shell where no sandbox is, in one line that says what to install',
  (verb) => {
    const { code, err } = assayWith({}, verb, 'horizon', '--controls', 'only', '--set', 'tools=shell')
    expect(code).toBe(2)
    expect(err).toBe(
      'assay: horizon gives the agent a shell, which runs in bubblewrap: There is no bwrap on PATH. Install it: apt-get install bubblewrap\n',
    )
  },
)

test('a shell runs in docker where only docker is', () => {
  const engine = { docker: 'echo 1.2.3' }
  const { code, err } = assayWith(engine, 'plan', 'horizon', '--controls', 'only', '--set', 'tools=shell')
  expect([code, err]).toEqual([0, ''])
})

test('work on files needs no sandbox', () => {
  const set = ['--set', 'family=form', '--set', 'length=2', '--repeats', '1']
  const { code, out } = assayWith({}, 'run', 'horizon', '--controls', 'only', ...set)
  expect(code).toBe(0)
  expect(out).toContain('control checks passed')
})

test('a bwrap that does not start is refused with what it says, by doctor too', () => {
  const broken = { bwrap: 'echo "bwrap: no such luck" >&2; exit 1' }
  const { code, err } = assayWith(broken, 'plan', 'earnings', '--controls', 'only', '--set', 'tools=shell')
  expect([code, err]).toEqual([
    2,
    'assay: earnings gives the agent a shell, which runs in bubblewrap: bwrap is here and does not start: bwrap: no such luck\n',
  ])
  const { out } = assayWith(broken, 'doctor')
  expect(out).toContain('bwrap is here and does not start: bwrap: no such luck')
})

test.each([
  ['user/max_user_namespaces', '0', 'user.max_user_namespaces = 0', 'sudo sysctl -w user.max_user_namespaces=15000'],
  [
    'kernel/unprivileged_userns_clone',
    '0',
    'kernel.unprivileged_userns_clone = 0',
    'sudo sysctl -w kernel.unprivileged_userns_clone=1',
  ],
  [
    'kernel/apparmor_restrict_unprivileged_userns',
    '1',
    'kernel.apparmor_restrict_unprivileged_userns = 1',
    'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
  ],
])('what forbids user namespaces is named, with how to allow them: %s', (at, value, what, how) => {
  const said = userNamespacesForbidden((asked) => (asked === `/proc/sys/${at}` ? `${value}\n` : undefined))
  expect(said).toContain(what)
  expect(said).toContain(how)
  expect(userNamespacesForbidden((asked) => (asked.endsWith('max_user_namespaces') ? '15000\n' : undefined))).toBe(
    undefined,
  )
})
