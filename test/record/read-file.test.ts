import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readText } from '../../src/record/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

test('a pipe, a socket and a device are refused by name, and none is waited for', async () => {
  const folder = temporaryFolder()
  const [pipe, socket] = [path.join(folder, 'pipe'), path.join(folder, 'socket')]
  execFileSync('mkfifo', [pipe])
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  for (const file of [pipe, socket, '/dev/null'])
    expect(() => readText(file)).toThrow(`${file} is a pipe, a socket or a device, not a file.`)
  await new Promise((resolve) => server.close(resolve))
  const plain = path.join(folder, 'plain.txt')
  fs.writeFileSync(plain, 'é')
  expect(readText(plain)).toBe('é')
})
