import fs from 'node:fs'
import path from 'node:path'

/** Looks until a process has stopped, a millisecond apart. One that is not scheduled begins nothing either. */
const LOOKS = 500

/**
 * Ends a program with all that it started. It is stopped first, so that it begins nothing while we look: bwrap's own
 * `--die-with-parent` holds only once its child has asked for it, and a child that lost its parent before waits for it for ever.
 */
export async function endTree(pid: number): Promise<void> {
  if (!signal(pid, 'SIGSTOP')) return
  try {
    for (let looked = 0; looked < LOOKS && !/^[TtZX]$/.test(stateOf(pid) ?? 'X'); looked++)
      await new Promise((resolve) => setTimeout(resolve, 1))
    for (const each of below(pid)) signal(each, 'SIGKILL')
  } catch {
    // Without descriptors nobody can look: the first process ends all the same, and whoever waits for the others says that they go on.
  } finally {
    signal(pid, 'SIGKILL')
  }
}

/** @returns false where it ended by itself meanwhile */
function signal(pid: number, name: 'SIGSTOP' | 'SIGKILL'): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

/** All that a process started, and what these started. */
function below(pid: number): readonly number[] {
  const children = Map.groupBy(
    fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)),
    (name) => Number(/^\d+ \(.*\) \S (\d+)/s.exec(statOf(name))?.[1] ?? -1),
  )
  const all: number[] = []
  const from = (parent: number): void => {
    for (const child of children.get(parent) ?? []) {
      all.push(Number(child))
      from(Number(child))
    }
  }
  from(pid)
  return all
}

/** R, S, D, T and so on; undefined once it is gone. */
export function stateOf(pid: number): string | undefined {
  return /^\d+ \(.*\) (\S)/s.exec(statOf(String(pid)))?.[1]
}

function statOf(pid: string): string {
  try {
    return fs.readFileSync(path.join('/proc', pid, 'stat'), 'utf8')
  } catch (cause) {
    // Whoever cannot look, for want of descriptors say, must not take it for gone.
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ESRCH')) return ''
    throw cause
  }
}
