import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { Ran, SandboxKind } from '../../world/index.ts'
import type { ContractCase } from '../contract-case.ts'
import { opener, SMALL, sound, usage, value } from './setting.ts'

/** Floods of everything that can be used up. */
export function limitCases(kind: SandboxKind): readonly ContractCase[] {
  const using = opener(kind)
  return [
    {
      name: 'a command that takes too long is cut off',
      run: using(async (sandbox) => {
        const started = performance.now()
        const ran = await sandbox.exec('echo before; sleep 30; echo after', { ms: 400 })
        assert.deepEqual([ran.exitCode, ran.cut], [124, 'time'])
        assert.equal(ran.stdout.includes('after'), false)
        assert.ok(performance.now() - started < 10_000)
        const busy = await sandbox.exec('while true; do :; done', { ms: 400 })
        assert.equal(busy.cut, 'time')
        await sound(sandbox)
      }),
    },
    {
      name: 'nothing survives the kill',
      run: using(async (sandbox) => {
        const ran = await sandbox.exec(
          "trap '' TERM INT HUP; beat() { trap '' TERM INT HUP; while true; do echo x >> beat; sleep 0.05; done; }; beat & (beat &) ; (setsid bash -c 'while true; do echo x >> beat; sleep 0.05; done' >/dev/null 2>&1 &); nohup sleep 60 >/dev/null 2>&1 & sleep 60",
          { ms: 500 },
        )
        assert.ok(ran.cut !== undefined, JSON.stringify(ran))
        sandbox.changes()
        await pause(250)
        assert.deepEqual(sandbox.changes(), [], 'somebody went on writing')
        await sound(sandbox)
      }),
    },
    {
      name: 'a fork bomb is bounded',
      run: using(async (sandbox) => {
        const started = performance.now()
        await sandbox.exec('bomb() { bomb | bomb & }; bomb; sleep 0.5', { ms: 2000 })
        await sandbox.exec('for i in $(seq 1 100); do sleep 20 & done; sleep 0.2', { ms: 2000 })
        assert.ok(performance.now() - started < 20_000)
        await sound(sandbox)
      }),
    },
    {
      name: 'a full disk is an error of the command, and can be emptied',
      run: using(async (sandbox) => {
        const line = 'x'.repeat(1000)
        const ran = await sandbox.exec(
          `line=${line}; while printf '%s%s%s%s%s%s%s%s' $line $line $line $line $line $line $line $line >> big; do :; done; echo full`,
        )
        assert.ok(fillTold(ran), JSON.stringify(ran).slice(0, 300))
        const { bytes } = usage(sandbox)
        assert.ok(bytes <= SMALL.diskBytes, `${bytes} bytes`)
        assert.equal(sandbox.write('more', 'x'.repeat(SMALL.diskBytes)).type, 'refused')
        await sandbox.exec('rm -f big more')
        value(sandbox.write('again', 'room'))
        await sound(sandbox)
      }),
    },
    {
      name: 'so many files and no more',
      run: using(async (sandbox) => {
        const ran = await sandbox.exec('for i in $(seq 1 2000); do : > f$i || break; done')
        assert.ok(fillTold(ran), JSON.stringify(ran).slice(0, 300))
        assert.ok(usage(sandbox).files <= SMALL.files)
        await sandbox.exec('rm -f f*')
        await sound(sandbox)
      }),
    },
    {
      name: 'memory is bounded',
      run: using(async (sandbox) => {
        const before = process.memoryUsage().rss
        const ran = await sandbox.exec('x=aaaaaaaaaaaaaaaa; while true; do x=$x$x; done; echo never')
        assert.equal(ran.stdout.includes('never'), false)
        assert.notEqual(ran.exitCode, 0)
        assert.ok(process.memoryUsage().rss - before < 1 << 30)
        await sound(sandbox)
      }),
    },
    {
      name: 'a flood of output is cut',
      run: using(async (sandbox) => {
        const ran = await sandbox.exec('while true; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; echo ü >&2; done')
        assert.ok(Buffer.byteLength(ran.stdout) <= SMALL.outputBytes, `${ran.stdout.length}`)
        assert.ok(Buffer.byteLength(ran.stderr) <= SMALL.outputBytes)
        assert.ok(ran.truncated === true || ran.cut !== undefined)
        await sound(sandbox)
      }),
    },
    {
      name: 'a hundred thousand files are no more than the limit',
      run: using(async (sandbox) => {
        await sandbox.exec(
          'mkdir a b c; for i in $(seq 1 100000); do : > a/f$i; ln -s x b/l$i; mkfifo c/p$i; done 2>/dev/null',
          {
            ms: 3000,
          },
        )
        assert.ok(usage(sandbox).files <= SMALL.files)
        assert.ok(sandbox.changes().length <= SMALL.files)
        await sandbox.exec('rm -rf a b c', { ms: 5000 })
        await sound(sandbox)
      }),
    },
  ]
}

function fillTold({ stdout, stderr, exitCode }: Ran): boolean {
  return /no space left|disk quota|file size limit/i.test(stderr + stdout) || exitCode !== 0
}
