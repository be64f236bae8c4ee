import assert from 'node:assert/strict'
import { DEFAULT_LIMITS, type Entry, type Sandbox, type SandboxKind, type SandboxLimits } from '../../world/index.ts'

/** Small, so that every limit is met soon. */
export const SMALL: SandboxLimits = {
  ...DEFAULT_LIMITS,
  ms: 5000,
  memoryBytes: 64 << 20,
  processes: 24,
  outputBytes: 16 << 10,
  diskBytes: 2 << 20,
  files: 600,
}

/** Runs a case in a sandbox of its own, with small limits. */
export function opener(kind: SandboxKind) {
  return (
    work: (sandbox: Sandbox) => Promise<void>,
    limits: Partial<SandboxLimits> = {},
    files: Readonly<Record<string, string>> = {},
  ) =>
    async (): Promise<void> => {
      const start = new Map(
        Object.entries(files).map(([at, content]): [string, Entry] => [at, { kind: 'file', content }]),
      )
      const sandbox = await kind.open({ files: start, limits: { ...SMALL, ...limits } })
      try {
        await work(sandbox)
      } finally {
        await sandbox.close()
      }
    }
}

/** After whatever happened, the sandbox is as good as before. */
export async function sound(sandbox: Sandbox): Promise<void> {
  const ran = await sandbox.exec('echo sound')
  assert.deepEqual([ran.stdout, ran.exitCode], ['sound\n', 0], JSON.stringify(ran))
}

export function value<T>(
  answer: { readonly type: 'ok'; readonly value: T } | { readonly type: 'refused'; readonly why: string },
): T {
  assert.equal(answer.type, 'ok', answer.type === 'refused' ? answer.why : '')
  return (answer as { readonly value: T }).value
}

export function usage(sandbox: Sandbox): { readonly bytes: number; readonly files: number } {
  const entries = [...sandbox.snapshot().values()]
  return {
    bytes: entries.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0),
    files: entries.length,
  }
}
