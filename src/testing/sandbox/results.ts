import assert from 'node:assert/strict'
import type { SandboxKind } from '../../world/index.ts'
import type { ContractCase } from '../contract-case.ts'
import { opener, sound } from './setting.ts'

/** What a command gives back. */
export function resultCases(kind: SandboxKind): readonly ContractCase[] {
  const using = opener(kind)
  return [
    {
      name: 'output, errors and exit code come apart',
      run: using(async (sandbox) => {
        assert.deepEqual(await sandbox.exec('echo out; echo err >&2; exit 3'), {
          stdout: 'out\n',
          stderr: 'err\n',
          exitCode: 3,
        })
      }),
    },
    {
      name: 'a command starts afresh: folder, variables and functions of the one before are gone',
      run: using(async (sandbox) => {
        await sandbox.exec('cd /; export LEFT=over; f() { echo f; }; set -e')
        assert.equal((await sandbox.exec('pwd; echo "[$LEFT]"; f 2>/dev/null; echo on')).stdout, '/workspace\n[]\non\n')
      }),
    },
    {
      name: 'hostile commands are commands that fail',
      run: using(async (sandbox) => {
        for (const command of [
          '\0',
          'if then (',
          '"',
          '\ud800',
          '$(',
          `echo ${'x'.repeat(100_000)}`,
          '',
          '\n\n#',
          '<<EOF',
        ])
          assert.equal(typeof (await sandbox.exec(command)).exitCode, 'number')
        await sound(sandbox)
      }),
    },
    {
      name: 'closing twice is harmless',
      run: using(async (sandbox) => {
        await sandbox.exec('echo x > x')
        await sandbox.close()
        await sandbox.close()
      }),
    },
    {
      name: 'a command longer than any that can be started is one that fails',
      run: using(async (sandbox) => {
        for (const letter of ['x', 'é', '🙂', "'"])
          assert.equal(typeof (await sandbox.exec(`: ${letter.repeat(99_000)}`)).exitCode, 'number')
        await sound(sandbox)
      }),
    },
  ]
}
