import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { draftBrief, draftSources } from '../../src/brief/index.ts'
import { openModel } from '../../src/model/index.ts'
import { assay, scratch, type Said } from '../cli/assay.ts'
import { weights } from '../model/local/weights.ts'

const bin = path.join(import.meta.dirname, '../../bin/assay.js')

const TEXT = `Agents that are shown examples earn money in shops.
Monitors catch agents in shops when they read reasoning.
Guards of agents in shops break after a hundred attempts.
Judges of agents prefer the first of two shops.
`

interface Provider {
  readonly model: string
  readonly sentences: string[]
  /** Answers are held back while this is true. */
  holding: boolean
}

const asked = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) })

/** A provider that hands in each sentence whole; from the third call on it is silent while it is told to hold. */
async function provider(): Promise<Provider> {
  const state: { sentences: string[]; holding: boolean } = { sentences: [], holding: true }
  const answer = (text: string, response: ServerResponse): void => {
    const user = asked.parse(JSON.parse(text)).messages.findLast(({ role }) => role === 'user')
    const { sentence } = z.object({ sentence: z.string() }).parse(JSON.parse(user?.content ?? ''))
    state.sentences.push(sentence)
    if (state.holding && state.sentences.length > 2) return
    const claim = { quote: sentence, place: 'section', how: 'asserted', saidBy: '' }
    const call = {
      id: 'a',
      type: 'function',
      function: { name: 'record', arguments: JSON.stringify({ claims: [claim] }) },
    }
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        id: 'x',
        object: 'chat.completion',
        model: 'm',
        choices: [
          { index: 0, message: { role: 'assistant', content: null, tool_calls: [call] }, finish_reason: 'tool_calls' },
        ],
        usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
      }),
    )
  }
  const server = createServer((request: IncomingMessage, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => answer(text, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return Object.assign(state, { model: `http://127.0.0.1:${port}/v1#m` })
}

const until = async (holds: () => boolean): Promise<void> => {
  for (let round = 0; !holds() && round < 600; round++) await new Promise((resolve) => setTimeout(resolve, 50))
}

test('a draft that was killed goes on: nothing that was answered is asked again', async () => {
  const folder = scratch()
  fs.writeFileSync(path.join(folder, 'a.txt'), TEXT)
  const told = await provider()
  const words = ['brief', 'draft', 'a.txt', '--model', told.model, '--concurrency', '1', '--out', 'brief.yaml']
  const child = spawn(process.execPath, [bin, ...words], { cwd: folder, stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('close', resolve))
  await until(() => told.sentences.length === 3)
  child.kill('SIGKILL')
  await ended
  expect(fs.existsSync(path.join(folder, 'brief.yaml'))).toBe(false)
  told.holding = false
  const again: Said = await assay(folder, ...words)
  expect([again.code, again.err]).toEqual([0, expect.stringContaining('4 claims')])
  // Three before the kill, of which one was in flight; then that one and the fourth.
  expect(told.sentences).toHaveLength(5)
  expect(new Set(told.sentences).size).toBe(4)
  expect(again.err).toMatch(/The model used \d+ tokens/)
})

const { skip } = await weights()

test.skipIf(skip !== undefined)(`the local model drafts through the same gate ${skip ?? ''}`, async () => {
  const folder = scratch()
  const file = path.join(folder, 'a.txt')
  const [sentence = ''] = TEXT.split('\n')
  fs.writeFileSync(file, `${sentence}\n`)
  const model = await openModel('local/smollm2-135m', { local: { workers: 1 } })
  try {
    const drafted = await draftBrief(await draftSources([{ path: file, name: 'a.txt' }]), {
      updated: '2026-05-01',
      model: {
        effects: {
          model,
          version: '0',
          now: Date.now,
          redact: (line) => line,
          stopping: new AbortController().signal,
          abort: new AbortController().signal,
        },
        folder: (hash) => path.join(folder, hash),
        budget: {},
        concurrency: 1,
      },
    })
    expect(drafted.type).toBe('drafted')
    const claims = drafted.type === 'drafted' ? drafted.draft.brief.claims : []
    for (const { quotes = [] } of claims) for (const { text } of quotes) expect(sentence).toContain(text)
  } finally {
    await model.close?.()
  }
})
