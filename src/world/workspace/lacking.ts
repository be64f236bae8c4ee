import type { Sandbox, SandboxKind } from '../sandbox/index.ts'

/** Programs that an agent with a shell may count on having, one that is missing is named to it. */
const USUAL = [
  'awk', 'bc', 'cmp', 'comm', 'cut', 'diff', 'file', 'find', 'gcc', 'git', 'grep', 'gzip', 'jq', 'make', 'node', 'patch', 'perl', 'python3', 'rg', 'sed', 'sort', 'sqlite3', 'tar', 'tree', 'unzip', 'xargs', 'xxd', 'zip',
] // prettier-ignore

const asked = new WeakMap<SandboxKind, string>()

/** What an agent is told of the programs that its shell does not have; empty where all the usual ones are there. */
export async function lackingIn(kind: SandboxKind, sandbox: Sandbox): Promise<string> {
  const known = asked.get(kind)
  if (known !== undefined) return known
  const { stdout } = await sandbox.exec(
    `for each in ${USUAL.join(' ')}; do command -v $each > /dev/null || echo $each; done`,
  )
  const lacking = stdout.split('\n').filter((line) => line !== '')
  const said = lacking.length === 0 ? '' : `Not installed in the shell: ${lacking.join(', ')}.`
  asked.set(kind, said)
  return said
}
