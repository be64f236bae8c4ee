import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { endpoint, type Asked, type Endpoint, type Said } from '../../model/endpoint.ts'
import { SCRIPTS, type Script } from './scripts.ts'

/**
 * A competent agent behind chat completions that looks at a few files and writes one script. Without a shell it has only its head:
 * it lists, reads everything there is and writes every answer, one act a reply as it is told.
 */
export function scriptWriter(): Promise<Endpoint> {
  return endpoint((asked): Said => {
    const [name, input] = nextAct(asked)
    return { calls: [{ name, input }] }
  })
}

type Act = readonly [tool: string, input: Readonly<Record<string, string>>]

const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/trail of index cards/, 'references'],
  [/Reconcile the books/, 'ledgers'],
  [/Migrate the configuration/, 'configurations'],
  [/Find the fault/, 'logs'],
  [/Fill a form/, 'form'],
]

const LOOK =
  'ls -p; for d in */; do echo "== $d $(ls "$d" | wc -l)"; for f in $(ls -d "$d"* | head -2); do echo "-- $f"; cat "$f"; done; done; cat *.txt | head -40'

function nextAct({ messages, tools }: Asked): Act {
  const asked = messages.find(({ role }) => role === 'user')?.text ?? ''
  const family = FAMILIES.find(([sign]) => sign.test(asked))?.[1] ?? ''
  const script = SCRIPTS[family]
  if (script === undefined) return ['submit', {}]
  const turn = messages.filter(({ role }) => role === 'assistant').length
  return tools.includes('bash')
    ? byScript(script, quotedIn(asked), turn)
    : byHand(script, quotedIn(asked), results(messages))
}

/** What the task quotes, which is in no folder. */
function quotedIn(asked: string): string {
  const lines = asked.split('\n').filter((line) => line.startsWith('    ') && !/: <.*>$/.test(line))
  return lines.map((line) => line.slice(4)).join('\n')
}

function byScript({ inputs, output, awk }: Script, quoted: string, turn: number): Act {
  if (turn === 0) return ['bash', { command: LOOK }]
  if (turn > 1) return ['submit', {}]
  const command = `mkdir -p ${output}; cat > /tmp/quoted <<'END'\n${quoted}\nEND\ncat > /tmp/all.awk <<'END'\n${awk}\nEND\nawk -f /tmp/all.awk /tmp/quoted $(find ${inputs.join(' ')} -type f 2>/dev/null | sort); ls ${output} | wc -l`
  return ['bash', { command }]
}

/** Reads everything, thinks, and writes everything. */
function byHand(script: Script, quoted: string, seen: ReadonlyMap<string, string>): Act {
  const { inputs } = script
  const folders = inputs.filter((each) => !each.includes('.'))
  const unlisted = folders.find((folder) => !seen.has(`list ${folder}`))
  if (unlisted !== undefined) return ['list', { path: unlisted }]
  const listed = folders.flatMap((folder) =>
    (seen.get(`list ${folder}`) ?? '')
      .split('\n')
      .filter((name) => /^[\w.-]+$/.test(name))
      .map((name) => `${folder}/${name}`),
  )
  const unread = [...inputs.filter((each) => each.includes('.')), ...listed].find((at) => !seen.has(`read ${at}`))
  if (unread !== undefined) return ['read', { path: unread }]
  const files = new Map(
    [...seen].flatMap(([act, text]) => (act.startsWith('read ') ? [[act.slice(5), text] as const] : [])),
  )
  const unwritten = [...thoughtOnce(script, quoted, files)].find(([at]) => !seen.has(`write ${at}`))
  return unwritten === undefined ? ['submit', {}] : ['write', { path: unwritten[0], content: unwritten[1] }]
}

const thoughts = new Map<string, ReadonlyMap<string, string>>()

/** It thinks once over what it has read, and then writes file after file. */
function thoughtOnce(script: Script, quoted: string, files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const key = JSON.stringify([quoted, ...files])
  const known = thoughts.get(key) ?? thought(script, quoted, files)
  thoughts.set(key, known)
  return known
}

/** What came of each act, by tool and path. */
function results(messages: Asked['messages']): ReadonlyMap<string, string> {
  const came = messages.filter(({ role }) => role === 'tool')
  const calls = messages.flatMap((message) => message.calls)
  return new Map(
    calls.map(({ name, input }, at) => [
      `${name} ${typeof input['path'] === 'string' ? input['path'] : ''}`,
      came[at]?.text ?? '',
    ]),
  )
}

/** Its head does without error what the script does. */
function thought(
  { inputs, output, awk }: Script,
  quoted: string,
  files: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'script-writer-'))
  for (const each of [...inputs, output])
    if (!each.includes('.')) fs.mkdirSync(path.join(folder, each), { recursive: true })
  for (const [at, text] of files) fs.writeFileSync(path.join(folder, at), text)
  fs.writeFileSync(path.join(folder, 'quoted'), `${quoted}\n`)
  spawnSync('awk', [awk, 'quoted', ...files.keys()], { cwd: folder })
  const made = new Map(
    fs.readdirSync(path.join(folder, output)).flatMap((name) => {
      const text = fs.readFileSync(path.join(folder, output, name), 'utf8')
      const at = `${output}/${name}`
      return text === files.get(at) ? [] : [[at, text] as const]
    }),
  )
  fs.rmSync(folder, { recursive: true })
  return made
}
