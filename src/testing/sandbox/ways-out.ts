import assert from 'node:assert/strict'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { SandboxKind } from '../../world/index.ts'
import type { ContractCase } from '../contract-case.ts'
import { opener, sound } from './setting.ts'

/** Ways out by paths, links, sockets, descriptors, signals and rights. */
export function wayOutCases(kind: SandboxKind): readonly ContractCase[] {
  const using = opener(kind)
  return [
    {
      name: 'paths that lead out are refused',
      run: using(async (sandbox) => {
        for (const at of [
          '../x',
          '/etc/passwd',
          'a/../../etc/passwd',
          '/workspace/../etc/passwd',
          '/',
          '/workspacex',
          '..',
        ])
          for (const answer of [sandbox.read(at), sandbox.write(at, 'x'), sandbox.list(at)])
            assert.equal(answer.type, 'refused', at)
      }),
    },
    {
      name: 'links that lead out are refused, and what they point to stays what it was',
      async run() {
        const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-outside-'))
        const secret = path.join(outside, 'secret')
        fs.writeFileSync(secret, 'host secret')
        try {
          await using(async (sandbox) => {
            await sandbox.exec(
              `ln -s ${secret} direct; ln -s ${outside} folder; ln -s / root; ln -s ../../../../../../../../../.. up; ln -s loop loop; mkdir d; ln -s ../.. d/twice`,
            )
            for (const at of [
              'direct',
              'folder/secret',
              `root${secret}`,
              `up${secret}`,
              `d/twice${secret}`,
              'loop',
              'loop/x',
            ]) {
              const read = sandbox.read(at)
              assert.equal(read.type, 'refused', at)
              sandbox.write(at, 'overwritten')
              assert.equal((await sandbox.exec(`cat ${at}`)).stdout.includes('host secret'), false, at)
            }
            await sandbox.exec(`echo bad > ${secret}; echo bad > folder/new; rm -rf folder/* root${outside}`)
            assert.equal(fs.readFileSync(secret, 'utf8'), 'host secret')
            assert.deepEqual(fs.readdirSync(outside), ['secret'])
            sandbox.changes()
            assert.equal(
              [...sandbox.snapshot().values()].some(({ content }) => String(content).includes('host secret')),
              false,
            )
          })()
        } finally {
          fs.rmSync(outside, { recursive: true, force: true })
        }
      },
    },
    {
      name: 'there is no network, not even to this machine',
      async run() {
        let met = 0
        const server = net.createServer((socket) => {
          met++
          socket.end('reached')
        })
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
        const address = server.address()
        const port = address !== null && typeof address === 'object' ? address.port : 0
        try {
          await using(async (sandbox) => {
            const { stdout } = await sandbox.exec(
              `exec 3<>/dev/tcp/127.0.0.1/${port} && cat <&3; curl -s -m 2 http://127.0.0.1:${port}/; wget -q -T 2 -O- http://127.0.0.1:${port}/; cat /dev/tcp/127.0.0.1/${port}`,
            )
            assert.equal(stdout.includes('reached'), false)
            assert.equal(met, 0)
          })()
        } finally {
          server.close()
        }
      },
    },
    {
      name: 'a process that kills all it sees kills no process of ours',
      run: using(async (sandbox) => {
        // Only where few processes are in sight: whoever sees the host's must not try.
        await sandbox.exec('if [ $(ls -d /proc/[0-9]* 2>/dev/null | wc -l) -lt 12 ]; then kill -9 -1; fi')
        await sound(sandbox)
      }),
    },
    {
      name: 'the kernel’s switches cannot be written',
      run: using(async (sandbox) => {
        const { stdout } = await sandbox.exec(
          'for f in /proc/sysrq-trigger /proc/sys/kernel/core_pattern /proc/sys/kernel/hostname /sys/kernel/uevent_helper /dev/mem /dev/kmsg /dev/sda /etc/passwd /usr/bin/env; do if [ -w $f ]; then echo $f; fi; done',
        )
        assert.equal(stdout, '')
        await sandbox.exec('echo x > /usr/x; mkdir /new')
        assert.equal(fs.existsSync('/usr/x') || fs.existsSync('/new'), false)
      }),
    },
    {
      name: 'nothing is open but stdin, stdout and stderr',
      run: using(async (sandbox) => {
        const { stdout } = await sandbox.exec('for at in /proc/self/fd/*; do [ -e $at ] && echo ${at##*/}; done')
        const open = stdout.split('\n').filter((line) => Number(line) > 3)
        assert.deepEqual(open, [])
        const tried = await sandbox.exec(
          'for n in 3 4 5 9 10 100 200 251 255; do (exec 8>&$n) 2>/dev/null && echo open $n; done',
        )
        assert.equal(tried.stdout, '')
      }),
    },
    {
      name: 'there are no rights to be had, nor a namespace in which there would be',
      run: using(async (sandbox) => {
        const { stdout } = await sandbox.exec('grep -E "^Cap(Eff|Prm|Bnd|Amb)" /proc/self/status')
        // A container of many programs keeps three rights over its own files.
        const most = kind.workspaceOnly ? 0n : 0b1011n
        for (const [, mask = ''] of stdout.matchAll(/^Cap\w+:\s*(\w+)$/gm))
          assert.equal(BigInt(`0x${mask}`) & ~most, 0n)
        for (const command of [
          'unshare -Ur true',
          'unshare -Urm true',
          'unshare -m true',
          'unshare -n true',
          'mount -t tmpfs none /tmp',
          'mount -o remount,rw /usr',
          'umount /workspace',
          'chroot / true',
          'mknod /tmp/mem c 1 1',
          'python3 -c "import ctypes; exit(ctypes.CDLL(None).unshare(0x10000000) == 0 and 77 or 1)" && exit 1; [ $? = 77 ]',
        ])
          assert.notEqual((await sandbox.exec(command)).exitCode, 0, command)
        await sound(sandbox)
      }),
    },
    {
      name: 'the first process cannot be ended, stopped or looked into to any effect',
      run: using(async (sandbox) => {
        await sandbox.exec(
          'kill -TERM 1; kill -STOP 1; kill -9 1; kill -STOP $PPID; cat /proc/1/mem; ls -l /proc/1/fd',
          { ms: 1500 },
        )
        await sandbox.exec('kill -STOP $$', { ms: 500 })
        await sandbox.exec('kill -9 $$')
        await sound(sandbox)
      }),
    },
  ]
}
