import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openModel } from '../../../src/model/index.ts'
import { startRun } from '../../../src/run/index.ts'
import { horizon } from '../../../src/studies/horizon/index.ts'
import { workOf } from '../../../src/studies/work/index.ts'
import { bubblewrap, type Files } from '../../../src/world/index.ts'
import { endpoint, type Asked, type Said } from '../../model/endpoint.ts'
import { effectsWith, options } from '../../run/effects.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { PATTERNS } from './patterns/index.ts'

const FAMILIES = ['circulars', 'accounts', 'handover'] as const
const LENGTHS = [4, 16, 64]
const REPEATS = 2

/** Reads all there is, has a script of patterns judge it, writes what that says: with a shell in three calls. */
function scripter({ messages, tools }: Asked): Said {
  const shell = tools.includes('bash')
  const files: Record<string, string> = {}
  const listed = new Map<string, readonly string[]>()
  const written = new Set<string>()
  const results = messages.filter(({ role }) => role === 'tool').map(({ text }) => text)
  const calls = messages.flatMap((message) => message.calls)
  for (const [at, { name, input }] of calls.entries()) {
    const [place, text] = [typeof input['path'] === 'string' ? input['path'] : '.', results[at] ?? '']
    if (name === 'list') listed.set(place, text.split('\n'))
    if (name === 'read') files[place] = `${text.trimEnd()}\n`
    if (name === 'write' && text.startsWith('Wrote')) written.add(place)
  }
  if (shell)
    for (const [, file = '', text = ''] of (results[0] ?? '').matchAll(/^=== (\S+)\n([^]*?)(?=\n=== |$(?![^]))/gm))
      files[file] = `${text.trimEnd()}\n`
  if (shell && calls.length === 0)
    return {
      calls: [
        {
          name: 'bash',
          input: { command: 'find . -type f | sed \'s|^./||\' | while read f; do echo "=== $f"; cat "$f"; done' },
        },
      ],
    }
  if (!listed.has('.') && !shell) return { calls: [{ name: 'list', input: {} }] }
  for (const name of listed.get('.') ?? []) {
    const folder = name.replace('/', '')
    if (!listed.has(folder)) return { calls: [{ name: 'list', input: { path: folder } }] }
    const unread = listed.get(folder)?.find((file) => file.endsWith('.txt') && files[`${folder}/${file}`] === undefined)
    if (unread !== undefined) return { calls: [{ name: 'read', input: { path: `${folder}/${unread}` } }] }
  }
  const family = Object.keys(PATTERNS).find((name) =>
    Object.keys(files).some((file) => file.startsWith(START[name] ?? '')),
  )
  const answers: Files = PATTERNS[family ?? '']?.(files) ?? {}
  if (shell) {
    if (calls.length > 1) return { calls: [{ name: 'submit', input: {} }] }
    const commands = Object.entries(answers).map(
      ([file, text]) => `mkdir -p ${path.dirname(file)}; cat > ${file} <<'END'\n${text}END`,
    )
    return { calls: [{ name: 'bash', input: { command: commands.join('\n') } }] }
  }
  const rest = Object.entries(answers).filter(([file]) => !written.has(file))
  if (rest.length === 0) return { calls: [{ name: 'submit', input: {} }] }
  // It tries to write all at once, and learns that only the first is written.
  const most = results.some((text) => text.startsWith('Only one act')) ? 1 : rest.length
  return { calls: rest.slice(0, most).map(([file, content]) => ({ name: 'write', input: { path: file, content } })) }
}

const START: Readonly<Record<string, string>> = { circulars: 'lots/', accounts: 'boats/', handover: 'letters/' }

const ready = bubblewrap.ready()
const skipped = ready.type === 'unavailable' ? ready.why : undefined
const agent = await endpoint(scripter)
afterAll(() => agent.close())

test.skipIf(skipped !== undefined)(
  `an agent that writes a script takes three calls at any length with a shell, and more than the steps without ${skipped ?? ''}`,
  async () => {
    const model = await openModel(agent.model, { env: {} })
    const { outcomes } = await startRun(
      {
        study: horizon,
        request: {
          models: [agent.model],
          set: { family: FAMILIES, length: LENGTHS.map(String), tools: ['files', 'shell'] },
          repeats: REPEATS,
          seed: 'script',
          controls: 'off',
          sampling: {},
          limits: {},
        },
        run: 'script',
        folder: path.join(temporaryFolder(), 'script'),
      },
      options,
      effectsWith(() => model),
    )
    for (const { cell, seed, values, turns, task } of outcomes) {
      const family = FAMILIES.find((each) => each === cell['family']) ?? 'circulars'
      const steps = Number(cell['length'])
      const work = workOf(family, steps, seed)
      const judged = work.check({ ...work.files, ...PATTERNS[family]?.(work.files) }).score
      expect([task, cell['tools'], values['score']]).toEqual([task, cell['tools'], judged])
      if (cell['tools'] === 'shell') expect(turns).toBe(3)
      else expect(turns).toBeGreaterThan(steps)
    }
  },
)
