import { spawn } from 'node:child_process'
import { z } from 'zod'
import type { Measured } from './table.ts'

const measured: z.ZodType<Measured> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('figures'),
    figures: z.array(
      z.object({
        name: z.string(),
        value: z.number(),
        unit: z.string(),
        goal: z.object({ type: z.enum(['at-least', 'at-most']), value: z.number() }).exactOptional(),
      }),
    ),
  }),
  z.object({ type: z.literal('skipped'), why: z.string() }),
])

/** Runs a bench script in a fresh process, which prints what it measured as one line of JSON. */
export async function inChild(script: string, ...args: readonly string[]): Promise<Measured> {
  const started = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let said = ''
  started.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  started.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => started.on('close', resolve))
  if (code !== 0) return { type: 'skipped', why: `ended with ${code}: ${said.trim().split('\n').at(-1) ?? ''}` }
  return measured.parse(JSON.parse(out))
}
