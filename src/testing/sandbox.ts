import assert from 'node:assert/strict'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  DEFAULT_LIMITS,
  restore,
  type Content,
  type Entry,
  type Ran,
  type Sandbox,
  type SandboxKind,
  type SandboxLimits,
} from '../world/index.ts'
import type { ContractCase } from './contract-case.ts'

/** Small, so that every limit is met soon. */
const SMALL: SandboxLimits = {
  ...DEFAULT_LIMITS,
  ms: 5000,
  memoryBytes: 64 << 20,
  processes: 24,
  outputBytes: 16 << 10,
  diskBytes: 2 << 20,
  files: 600,
}

const ODD_NAMES = [
  'two words',
  'line\nfeed',
  '-rf',
  '--help',
  '…naïve-文件-🙂',
  'it\'s "quoted" $(id) `id` ; &',
  '*',
  '\\',
  '.hidden',
  '__proto__',
  'constructor',
  'n'.repeat(255),
]

/**
 * What every sandbox promises: results, files, limits, and that nothing gets out. The escapes are tried for real; none of them does harm
 * where it succeeds.
 */
export function sandboxContract(kind: SandboxKind): readonly ContractCase[] {
  const using =
    (
      work: (sandbox: Sandbox) => Promise<void>,
      limits: Partial<SandboxLimits> = {},
      files: Record<string, string> = {},
    ) =>
    async (): Promise<void> => {
      const start = new Map(
        Object.entries(files).map(([at, content]): [string, Entry] => [at, { kind: 'file', content }]),
      )
      const sandbox = await kind.open({ files: start, limits: { ...SMALL, ...limits }, seed: 'contract' })
      try {
        await work(sandbox)
      } finally {
        await sandbox.close()
      }
    }
  const played = async (): Promise<readonly unknown[]> => {
    const seen: unknown[] = []
    await using(async (sandbox) => {
      for (const command of CLOCKS) seen.push(await sandbox.exec(command), sandbox.changes())
    })()
    return seen
  }
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
      name: 'files go in and come out, letter for letter',
      run: using(
        async (sandbox) => {
          assert.equal((await sandbox.exec('cat in/a.txt; pwd')).stdout, 'ä\r\n\ttab\n/workspace\n')
          value(sandbox.write('out/b.txt', 'written ✓\n'))
          await sandbox.exec('cat out/b.txt in/a.txt > both.txt')
          assert.equal(value(sandbox.read('both.txt')), 'written ✓\nä\r\n\ttab\n')
          assert.equal(value(sandbox.read('/workspace/both.txt')), value(sandbox.read('./out/../both.txt')))
          const bytes = Uint8Array.from([0, 255, 254, 10, 128])
          value(sandbox.write('raw', bytes))
          await sandbox.exec('cp raw raw2')
          assert.deepEqual(Buffer.from(value(sandbox.read('raw2'))), Buffer.from(bytes))
        },
        {},
        { 'in/a.txt': 'ä\r\n\ttab\n' },
      ),
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
      name: 'what changed is told once, by path, before and after',
      run: using(
        async (sandbox) => {
          assert.deepEqual(sandbox.changes(), [])
          await sandbox.exec(
            'echo more >> keep; rm gone; mkdir -p new/deep; echo x > new/deep/f; chmod +x tool; ln -s keep link',
          )
          assert.deepEqual(
            sandbox.changes().map(({ path: at, before, after }) => [at, before?.kind, after?.kind, after?.content]),
            [
              ['gone', 'file', undefined, undefined],
              ['keep', 'file', 'file', 'kept\nmore\n'],
              ['link', undefined, 'link', 'keep'],
              ['new', undefined, 'folder', ''],
              ['new/deep', undefined, 'folder', ''],
              ['new/deep/f', undefined, 'file', 'x\n'],
              ['tool', 'file', 'program', '#!/bin/sh\n'],
            ],
          )
          assert.deepEqual(sandbox.changes(), [])
          value(sandbox.write('new/deep/f', 'x\n'))
          assert.deepEqual(sandbox.changes(), [], 'writing what is there already changes nothing')
          await sandbox.exec('mv new old; rm -r old/deep')
          assert.deepEqual(
            sandbox.changes().map(({ path: at, after }) => [at, after !== undefined]),
            [
              ['new', false],
              ['new/deep', false],
              ['new/deep/f', false],
              ['old', true],
            ],
          )
        },
        {},
        { keep: 'kept\n', gone: 'soon\n', tool: '#!/bin/sh\n' },
      ),
    },
    {
      name: 'a snapshot can be gone back to',
      run: using(
        async (sandbox) => {
          await sandbox.exec('chmod +x b; ln -s a l; mkdir e')
          sandbox.changes()
          const before = sandbox.snapshot()
          await sandbox.exec('rm -rf a e l; mkdir a; echo other > a/x; echo 2 > b; chmod -x b; echo n > n')
          assert.notDeepEqual(plain(sandbox.snapshot()), plain(before))
          restore(sandbox, before)
          assert.deepEqual(plain(sandbox.snapshot()), plain(before))
          assert.equal((await sandbox.exec('cat a b; [ -x b ] && readlink l')).stdout, '1\n1\na\n')
        },
        {},
        { a: '1\n', b: '1\n' },
      ),
    },
    {
      name: 'odd names are names',
      run: using(async (sandbox) => {
        for (const name of ODD_NAMES) value(sandbox.write(`odd/${name}`, `of ${name}`))
        assert.deepEqual(
          value(sandbox.list('odd')).map(({ name }) => name),
          ODD_NAMES.toSorted(),
        )
        for (const name of ODD_NAMES) assert.equal(value(sandbox.read(`odd/${name}`)), `of ${name}`)
        await sandbox.exec("touch 'made\nhere' -- '-n' '__proto__'; mkdir 'a b'; touch 'a b/ c'")
        const paths = new Set(sandbox.changes().map(({ path: at }) => at))
        for (const name of [...ODD_NAMES.map((each) => `odd/${each}`), 'made\nhere', '-n', '__proto__', 'a b/ c'])
          assert.ok(paths.has(name), JSON.stringify(name))
        assert.equal(sandbox.write('n'.repeat(256), '').type, 'refused')
        assert.equal(sandbox.read('nul\0byte').type, 'refused')
        assert.equal(sandbox.write(`${'d/'.repeat(3000)}f`, '').type, 'refused')
      }),
    },
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
      name: 'the kernel’s switches cannot be written',
      run: using(async (sandbox) => {
        const { stdout } = await sandbox.exec(
          'for f in /proc/sysrq-trigger /proc/sys/kernel/core_pattern /proc/sys/kernel/hostname /sys/kernel/uevent_helper /dev/mem /dev/kmsg /dev/sda /etc/passwd /usr/bin/env; do if [ -w $f ]; then echo $f; fi; done',
        )
        if (kind.realCommands) assert.equal(stdout, '')
        await sandbox.exec('echo x > /usr/x; mkdir /new')
        assert.equal(fs.existsSync('/usr/x') || fs.existsSync('/new'), false)
      }),
    },
    {
      name: 'a command that takes too long is cut off',
      run: using(async (sandbox) => {
        const started = performance.now()
        const ran = await sandbox.exec('echo before; sleep 30; echo after', { ms: 400 })
        assert.deepEqual([ran.exitCode, ran.cut], [124, 'time'])
        assert.equal(ran.stdout.includes('after'), false)
        assert.ok(performance.now() - started < 10_000)
        const busy = await sandbox.exec('while true; do :; done', { ms: 400 })
        assert.ok(busy.cut === 'time' || busy.cut === 'work', JSON.stringify(busy))
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
        await pause(kind.realCommands ? 250 : 1)
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
      name: 'a process that kills all it sees kills nobody of ours',
      run: using(async (sandbox) => {
        // Only where few processes are in sight: whoever sees the host's must not try.
        await sandbox.exec('if [ $(ls -d /proc/[0-9]* 2>/dev/null | wc -l) -lt 12 ]; then kill -9 -1; fi')
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
      name: 'what is no plain file is never opened',
      run: using(async (sandbox) => {
        await sandbox.exec('mkfifo pipe; ln -s pipe to-pipe; mkdir folder')
        for (const at of ['pipe', 'to-pipe', 'folder']) {
          assert.equal(sandbox.read(at).type, 'refused', at)
        }
        sandbox.changes()
        sandbox.snapshot()
      }),
    },
    {
      name: 'what cannot be reached or read breaks nobody',
      run: using(async (sandbox) => {
        const name = 'd'.repeat(200)
        await sandbox.exec(`for i in $(seq 1 40); do mkdir ${name} && cd ${name} || break; done; echo x > deep`)
        await sandbox.exec('mkdir shut; echo x > shut/f; echo y > locked; chmod 000 shut locked')
        sandbox.changes()
        sandbox.snapshot()
        await sandbox.exec('rm -rf /workspace /workspace/* ; true')
        sandbox.changes()
        await sound(sandbox)
      }),
    },
    ...(kind.deterministic
      ? [
          {
            name: 'the same seed and commands give the same results, clocks and random numbers too',
            async run() {
              const first = await played()
              await pause(1100)
              assert.deepEqual(await played(), first)
            },
          },
        ]
      : []),
    {
      name: 'closing twice is harmless',
      run: using(async (sandbox) => {
        await sandbox.exec('echo x > x')
        await sandbox.close()
        await sandbox.close()
      }),
    },
  ]
}

/** After whatever happened, the sandbox is as good as before. */
async function sound(sandbox: Sandbox): Promise<void> {
  const ran = await sandbox.exec('echo sound')
  assert.deepEqual([ran.stdout, ran.exitCode], ['sound\n', 0], JSON.stringify(ran))
}

const CLOCKS = [
  'echo $RANDOM $RANDOM $SECONDS $$ $PPID $BASHPID; date; date +%s%N',
  "awk 'BEGIN { srand(); print rand(), srand() }'; printf '%(%s)T\\n' -1; jq -n now",
  'echo a > a; sleep 2; echo b > b; ls -la --full-time; stat a b; find . -newer a; date',
  'touch -d yesterday c; ls -l c; tar cf t.tar a b c; sha256sum t.tar; time true',
  'sleep 100; echo never',
  'while true; do :; done',
]

function value<T>(
  answer: { readonly type: 'ok'; readonly value: T } | { readonly type: 'refused'; readonly why: string },
): T {
  assert.equal(answer.type, 'ok', answer.type === 'refused' ? answer.why : '')
  return (answer as { readonly value: T }).value
}

function plain(snapshot: ReadonlyMap<string, Entry>): readonly unknown[] {
  return [...snapshot].map(([at, { kind, content }]) => [at, kind, text(content)])
}

function text(content: Content): string {
  return typeof content === 'string' ? content : Buffer.from(content).toString('hex')
}

function usage(sandbox: Sandbox): { readonly bytes: number; readonly files: number } {
  const entries = [...sandbox.snapshot().values()]
  return {
    bytes: entries.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0),
    files: entries.length,
  }
}

function fillTold({ stdout, stderr, exitCode }: Ran): boolean {
  return /no space left|disk quota|file size limit/i.test(stderr + stdout) || exitCode !== 0
}
