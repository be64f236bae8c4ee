import assert from 'node:assert/strict'
import { restore, type Content, type Entry, type SandboxKind } from '../../world/index.ts'
import type { ContractCase } from '../contract-case.ts'
import { opener, SMALL, sound, usage, value } from './setting.ts'

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

/** Each says it holds more than the disk, and takes next to nothing. */
const HOLES = [
  'truncate -s 10G x',
  'truncate -s 1500K x; truncate -s 1500K y; truncate -s 1500K z',
  'dd if=/dev/zero of=x bs=1 count=1 seek=3000000000',
  'head -c 1500000 /dev/zero > z; ln z z1; ln z z2',
  'mkdir x; truncate -s 1500K x/y x/z; chmod 000 x/y x',
]

/** Files of every name and kind, as they go in and come out. */
export function fileCases(kind: SandboxKind): readonly ContractCase[] {
  const using = opener(kind)
  return [
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
      name: 'what changed is reported once, by path, before and after',
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
      name: 'what is not a regular file is never opened',
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
      name: 'what cannot be reached or read breaks nothing',
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
    {
      name: 'files with holes count as what they say they hold, and the act that makes too much is refused or undone',
      run: using(
        async (sandbox) => {
          sandbox.changes()
          for (const command of HOLES) {
            await sandbox.exec(command)
            const told = sandbox.changes().reduce((sum, { after }) => sum + Buffer.byteLength(after?.content ?? ''), 0)
            assert.ok(told <= SMALL.diskBytes && usage(sandbox).bytes <= SMALL.diskBytes, command)
            assert.equal(value(sandbox.read('kept')), 'kept\n')
            await sandbox.exec('find . -mindepth 1 ! -name kept -delete || rm -f x y z z1 z2')
            sandbox.changes()
          }
          await sound(sandbox)
        },
        {},
        { kept: 'kept\n' },
      ),
    },
    {
      name: 'pipes, sockets, devices and names that are no text are no files, and are passed over',
      run: using(async (sandbox) => {
        await sandbox.exec(
          'mkfifo p; mknod n c 1 3; python3 -c "import socket; socket.socket(1).bind(chr(115))"; touch $\'\\xff\'; ln -s p q; echo x > x',
        )
        for (const at of ['p', 'q', 'n', 's']) {
          assert.equal(sandbox.read(at).type, 'refused', at)
          if (at !== 'n' && at !== 's') assert.equal(sandbox.write(at, 'x').type, 'refused', at)
        }
        assert.ok(sandbox.changes().some(({ path: at }) => at === 'x'))
        value(sandbox.list('.'))
        await sound(sandbox)
      }),
    },
    {
      name: 'a workspace that is made unreadable or removed shuts no one out',
      run: using(
        async (sandbox) => {
          for (const command of [
            'chmod 000 .',
            'chmod -R 000 .',
            'chmod 000 a d d/f; chmod 555 .',
            'rm -rf /workspace; rmdir /workspace; mv /workspace /tmp/w',
          ]) {
            await sandbox.exec(command)
            sandbox.changes()
            value(sandbox.write('new', command))
            assert.equal(value(sandbox.read('new')), command)
            await sound(sandbox)
          }
        },
        {},
        { a: '1', 'd/f': '2' },
      ),
    },
    {
      name: 'folders within folders cost no more than the limits',
      run: using(
        async (sandbox) => {
          const started = performance.now()
          await sandbox.exec('i=0; while [ $i -lt 3000 ]; do mkdir -p x/x/x/x && cd x/x/x/x; i=$((i+1)); done')
          sandbox.changes()
          sandbox.snapshot()
          assert.ok(performance.now() - started < 12_000, `${performance.now() - started} ms`)
          await sound(sandbox)
        },
        { ms: 3000 },
      ),
    },
  ]
}

function plain(snapshot: ReadonlyMap<string, Entry>): readonly unknown[] {
  return [...snapshot].map(([at, { kind, content }]) => [at, kind, text(content)])
}

function text(content: Content): string {
  return typeof content === 'string' ? content : Buffer.from(content).toString('hex')
}
