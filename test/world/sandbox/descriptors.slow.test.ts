import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { bubblewrap } from '../../../src/world/index.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { fakeDocker } from './fake-docker.ts'

const script = path.join(import.meta.dirname, 'descriptor-child.ts')
const ready = bubblewrap.ready()
const kinds = [
  { name: 'bubblewrap', program: () => 'bubblewrap', skip: ready.type === 'unavailable' ? ready.why : '' },
  // No engine is needed to see what its own program is given.
  { name: 'docker', program: () => fakeDocker().program, skip: '' },
]

for (const { name, program, skip } of kinds) {
  test.skipIf(skip !== '')(`what our parent left open is not open for a command: ${name} ${skip}`, () => {
    const secret = path.join(temporaryFolder(), 'lock')
    fs.writeFileSync(secret, 'held by the host\n')
    const command =
      'cat <&200; echo x >&200; cat /proc/self/fd/200; cat <&4; cat <&13; cat /dev/fd/13; echo "read: $?"; echo x >&13; echo x >&4'
    // Number 13 is a lock as `flock` has it, 4 a log, 200 what shell scripts take.
    const said = execFileSync(
      '/bin/bash',
      [
        '-c',
        'exec 200<>"$1" 13<>"$1" 4<>"$1"; exec "$2" "$3" "$4" "$5"',
        'sh',
        secret,
        process.execPath,
        script,
        program(),
        command,
      ],
      { encoding: 'utf8' },
    )
    expect(said).toContain('read: 1')
    expect(said).not.toContain('held by the host')
    expect(fs.readFileSync(secret, 'utf8')).toBe('held by the host\n')
  })
}
