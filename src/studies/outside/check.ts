import { hashOf } from '../../record/index.ts'
import type { Sandbox, WorldCheck } from '../../world/index.ts'
import type { OutsideTask } from './task.ts'

/** Bytes of a check's output that the record keeps. */
const KEPT = 4000

/** Where Harbor's checks leave a number between 0 and 1. */
const REWARD = '/logs/verifier/reward.txt'

/**
 * Runs a task's own check over the work. The score is what it left as its reward, else 1 for exit code 0 and 0 for any other. A check that
 * could not run (its program is missing or may not be executed: exit codes 126 and 127) has found nothing.
 */
export async function runCheck({ id, check }: OutsideTask, sandbox: Sandbox): Promise<WorldCheck> {
  if (check.over !== undefined) sandbox.put(check.over)
  const mark = `check-${hashOf(id)}`
  const { stdout, stderr, cut } = await sandbox.exec(
    `( ${check.command}\n) > /tmp/check-output 2>&1; code=$?; tail -c ${KEPT} /tmp/check-output; printf '\\n%s %s %s\\n' ${mark} "$code" "$(head -c 40 ${REWARD} 2>/dev/null)"`,
    { ms: check.ms, beside: check.beside },
  )
  const at = stdout.lastIndexOf(`\n${mark} `)
  const explanation = (at < 0 ? `${stdout}${stderr}` : stdout.slice(0, at)).trim()
  // Work that makes its own check run for ever has not passed it.
  if (cut === 'time') return checked(0, `cut off: the check took too long. ${explanation}`.trim())
  if (at < 0)
    return { type: 'broken', why: `it could not be run: ${explanation.slice(0, 300) || 'it was ended from outside'}` }
  const [code = '', reward = ''] = stdout
    .slice(at + mark.length + 2)
    .trim()
    .split(/\s+/)
  if (reward !== '') {
    const score = Number(reward)
    if (score >= 0 && score <= 1) return checked(score, explanation)
    return { type: 'broken', why: `it left the reward ${JSON.stringify(reward)}, which is not a number from 0 to 1` }
  }
  if (code === '126' || code === '127')
    return { type: 'broken', why: `it could not be run (exit code ${code}): ${explanation.slice(-300)}` }
  return checked(code === '0' ? 1 : 0, explanation)
}

function checked(score: number, explanation: string): WorldCheck {
  return {
    type: 'checked',
    checked: { score, parts: { check: score === 1 } },
    ...(explanation !== '' && { explanation }),
  }
}
