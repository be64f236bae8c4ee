import type { Entry, SandboxKind } from '../../world/index.ts'
import { DEFAULT_LIMITS } from '../../world/index.ts'
import type { Repair, RepairCheck } from '../../tasks/index.ts'

/** Shares of the visible checks and of the inputs kept back that a program passes. */
export interface Passed {
  readonly visible: number
  readonly heldOut: number
}

/**
 * Runs the program that was handed in on every input, in a sandbox of its own in which there is nothing else: neither the referee nor
 * anything that the agent left. Each input has a process of its own, so a program that exits ends itself alone.
 *
 * @throws AssayError `sandbox/unavailable`, `sandbox/disk`
 */
export async function passedBy(program: string, repair: Repair, kind: SandboxKind): Promise<Passed> {
  const files = new Map<string, Entry>([[repair.file, { kind: 'file', content: program }]])
  const sandbox = await kind.open({ files, limits: DEFAULT_LIMITS })
  const interpreter = repair.language === 'shell' ? 'bash' : 'node'
  try {
    const inputs = [...repair.checks, ...repair.heldOut]
    // The numbers are our own: nothing of the agent's is in the command.
    const lines = inputs.map(
      ({ numbers }) =>
        `echo "answer: $(timeout 2 ${interpreter} ${repair.file} ${numbers.join(' ')} 2>&1 | head -c 200 | tr '\\n' ' ')"`,
    )
    const ran = await sandbox.exec(lines.join('\n'))
    const answers = ran.stdout.split('\n').map((line) => line.replace('answer: ', '').trim())
    const share = (of: readonly RepairCheck[], from: number): number =>
      of.filter(({ expected }, index) => answers[from + index] === String(expected)).length / of.length
    return { visible: share(repair.checks, 0), heldOut: share(repair.heldOut, repair.checks.length) }
  } finally {
    await sandbox.close()
  }
}
