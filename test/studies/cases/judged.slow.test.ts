import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { expect, test } from 'vitest'
import { allEvents, readOutcomes, readRunLog, runPaths } from '../../../src/record/index.ts'
import { assay, scratch } from '../../cli/assay.ts'

const bin = path.join(import.meta.dirname, '../../../bin/assay.js')

const chunk = (delta: object, more: object = {}): string =>
  `data: ${JSON.stringify({ id: 'x', model: 'm', choices: [{ index: 0, delta, ...more }] })}\n\n`

/** A provider whose agent answers and whose judge reads; keeps every question of the judge. */
async function provider() {
  const judged: string[] = []
  const hooks = { onJudged: (): void => undefined }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      const asked = /\\n>>>\\nThe answer:/.test(body)
      const question = /The question:\\n<<<\\n(.*?)\\n>>>\\nThe answer:\\n<<<\\n(.*?)\\n>>>/.exec(body)
      if (asked) judged.push(`${question?.[1]}|${question?.[2]}`)
      if (asked) hooks.onJudged()
      const content = asked ? `Well. Verdict: ${question?.[2]?.includes('yes') === true ? 'PASS' : 'FAIL'}` : 'yes'
      const usage = JSON.stringify({ id: 'x', choices: [], usage: { prompt_tokens: 50, completion_tokens: 5 } })
      response.setHeader('content-type', 'text/event-stream')
      setTimeout(
        () =>
          response.end(
            `${chunk({ role: 'assistant', content })}${chunk({}, { finish_reason: 'stop' })}data: ${usage}\n\ndata: [DONE]\n\n`,
          ),
        15,
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/v1`
  return { url, judged, hooks, close: () => new Promise((resolve) => server.close(resolve)) }
}

test('killed and resumed, no verdict in a journal is asked for again, and all that left is charged', async () => {
  const { url, judged, hooks, close } = await provider()
  const folder = scratch()
  try {
    const price = `{ input: 1, output: 2, asOf: '2026-01-01', source: 'made' }`
    fs.writeFileSync(
      path.join(folder, 'assay.config.ts'),
      `export default { prices: { '${url}#a': ${price}, '${url}#j': ${price} } }\n`,
    )
    const rows = Array.from({ length: 20 }, (_, at) => `q${at},Question ${at}?,Says yes,judge,yes ${at},no ${at}`)
    fs.writeFileSync(path.join(folder, 'q.csv'), `id,prompt,expected,check,answer,answer.wrong\n${rows.join('\n')}\n`)
    const start = [
      'run',
      'q.csv',
      '--model',
      `${url}#a`,
      '--partner',
      `judge=${url}#j`,
      '--name',
      'k',
      '--max-cost',
      '9',
    ]
    const paths = runPaths(path.join(folder, '.assay/runs/k'))
    const verdicts = (): number =>
      !fs.existsSync(path.dirname(paths.trial('x')))
        ? 0
        : fs
            .readdirSync(path.dirname(paths.trial('x')))
            .flatMap((file) => [...allEvents(path.join(path.dirname(paths.trial('x')), file))])
            .filter(({ event }) => event.type === 'model.call' && event.thread === 'judge-1').length
    let kills = 0
    for (let first = true; kills < 8; first = false) {
      const [before, sent] = [verdicts(), judged.length]
      const child = spawn(process.execPath, [bin, ...(first ? start : ['resume', 'k'])], {
        cwd: folder,
        stdio: 'ignore',
      })
      let left = 6
      hooks.onJudged = () => {
        if (--left === 0) child.kill('SIGKILL')
      }
      const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)))
      if (signal !== 'SIGKILL') break
      kills++
      // What is not in the journal yet may be asked once more: at most one for each trial that was under way.
      expect(judged.length - sent - (verdicts() - before)).toBeLessThanOrEqual(8)
    }
    hooks.onJudged = () => undefined
    expect(kills).toBeGreaterThan(4)
    if (readOutcomes(paths).length < 100) expect((await assay(folder, 'resume', 'k')).code).toBe(0)
    const outcomes = readOutcomes(paths)
    expect(outcomes).toHaveLength(100)
    expect(outcomes.filter(({ status }) => status === 'invalid')).toEqual([])
    // 20 answers of the agent, 20 that pass and 20 that fail.
    expect(verdicts()).toBe(60)
    expect(new Set(judged).size).toBe(60)
    expect(judged.length).toBeLessThanOrEqual(60 + 8 * kills)
    const log = readRunLog(paths)
    const settled = new Set(log.flatMap((event) => (event.type === 'settle' ? [event.call] : [])))
    expect(settled.size).toBe(80)
    const lost = log.filter((event) => event.type === 'reserve' && !settled.has(event.call))
    expect(lost.length).toBeGreaterThanOrEqual(judged.length - 60)
  } finally {
    await close()
  }
}, 120_000)

test('a run with a function ends, though its thread waits for the next question', async () => {
  const folder = scratch()
  fs.writeFileSync(
    path.join(folder, 'checks.ts'),
    'export const has = (said, { expected }) => said.includes(expected)\n',
  )
  fs.writeFileSync(path.join(folder, 'q.csv'), 'id,prompt,expected,check,answer.wrong\na,Say 7.,7,checks.ts#has,8\n')
  const ran = await assay(folder, 'run', 'q.csv', '--controls', 'only', '--name', 'f')
  expect(ran.code).toBe(0)
  expect(ran.out).toContain('All 5 control checks passed (4 controls).')
}, 30_000)
