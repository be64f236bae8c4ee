import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createServer } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import type { Part } from '../../../src/record/index.ts'
import { say } from '../../run/toy-server.ts'
import { SCRIPTS, type Script } from './scripts.ts'

const message = z.object({
  role: z.string(),
  content: z.string().nullish(),
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) }))
    .optional(),
})
const body = z.object({
  messages: z.array(message),
  tools: z.array(z.object({ function: z.object({ name: z.string() }) })),
})

type Asked = z.infer<typeof body>

/**
 * A competent agent behind chat completions that looks at a few files and writes one script. Without a shell it has only its head:
 * it lists, reads everything there is and writes every answer, as many acts in one reply as it likes.
 */
export async function scriptWriter(): Promise<{ readonly model: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const acts = nextActs(body.parse(JSON.parse(text)))
      const parts = acts.map(([name, input], place): Part => ({
        type: 'tool-call',
        id: `c${place}`,
        name,
        arguments: JSON.stringify(input),
      }))
      const said = parts.reduce((sum, part) => sum + (part.type === 'tool-call' ? part.arguments.length + 20 : 0), 0)
      say(response, parts, { prompt_tokens: Math.ceil(text.length / 4), completion_tokens: Math.ceil(said / 4) })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    model: `http://127.0.0.1:${port}/v1#script-writer`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
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

function nextActs({ messages, tools }: Asked): readonly Act[] {
  const asked = messages.find(({ role }) => role === 'user')?.content ?? ''
  const family = FAMILIES.find(([sign]) => sign.test(asked))?.[1] ?? ''
  const script = SCRIPTS[family]
  if (script === undefined) return [['submit', {}]]
  const turn = messages.filter(({ role }) => role === 'assistant').length
  return tools.some((tool) => tool.function.name === 'bash')
    ? byScript(script, quotedIn(asked), turn)
    : byHand(script, quotedIn(asked), turn, messages)
}

/** What the task quotes, which is in no folder. */
function quotedIn(asked: string): string {
  const lines = asked.split('\n').filter((line) => line.startsWith('    ') && !/: <.*>$/.test(line))
  return lines.map((line) => line.slice(4)).join('\n')
}

function byScript({ inputs, output, awk }: Script, quoted: string, turn: number): readonly Act[] {
  if (turn === 0) return [['bash', { command: LOOK }]]
  if (turn > 1) return [['submit', {}]]
  const command = `mkdir -p ${output}; cat > /tmp/quoted <<'END'\n${quoted}\nEND\ncat > /tmp/all.awk <<'END'\n${awk}\nEND\nawk -f /tmp/all.awk /tmp/quoted $(find ${inputs.join(' ')} -type f 2>/dev/null | sort); ls ${output} | wc -l`
  return [['bash', { command }]]
}

/** Reads everything at once, thinks, and writes everything at once. */
function byHand(script: Script, quoted: string, turn: number, messages: Asked['messages']): readonly Act[] {
  const { inputs } = script
  const folders = inputs.filter((each) => !each.includes('.'))
  const seen = results(messages)
  if (turn === 0) return folders.map((folder) => ['list', { path: folder }])
  if (turn === 1) {
    const listed = folders.flatMap((folder) =>
      (seen.get(`list ${folder}`) ?? '')
        .split('\n')
        .filter((name) => /^[\w.-]+$/.test(name))
        .map((name) => `${folder}/${name}`),
    )
    return [...inputs.filter((each) => each.includes('.')), ...listed].map((at) => ['read', { path: at }])
  }
  if (turn > 2) return [['submit', {}]]
  const files = new Map(
    [...seen].flatMap(([act, text]) => (act.startsWith('read ') ? [[act.slice(5), text] as const] : [])),
  )
  return [...thought(script, quoted, files)].map(([at, content]) => ['write', { path: at, content }])
}

/** What came of each act, by tool and path. */
function results(messages: Asked['messages']): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  let calls = new Map<string, string>()
  for (const { role, content, tool_calls: made, tool_call_id: id } of messages) {
    if (role === 'assistant')
      calls = new Map(
        (made ?? []).map((call) => {
          const { path: at } = z.object({ path: z.string().default('') }).parse(JSON.parse(call.function.arguments))
          return [call.id, `${call.function.name} ${at}`]
        }),
      )
    if (role === 'tool') found.set(calls.get(id ?? '') ?? '', content ?? '')
  }
  return found
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
