import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { weights } from './weights.ts'

const { skip } = await weights()

const opening = `
const { openLocal } = await import(${JSON.stringify(new URL('../../../src/model/index.ts', import.meta.url).href)})
const { setTimeout: sleep } = await import('node:timers/promises')
const { signal } = new AbortController()
const story = { messages: [{ role: 'user', text: 'Once upon a time' }], tools: [], toolChoice: 'none', template: 'completion', sampling: { temperature: 0, maxOutputTokens: 400 }, seed: 1 }
`

/** What a process that does this leaves behind. The library aborts a process that ends while it is at work. */
function run(does: string): { status: number | null; said: string } {
  const args = ['--input-type=module', '--eval', opening + does]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 })
  return { status, said: stdout + stderr }
}

describe.skipIf(skip !== undefined)(`a process with a local model ${skip ?? ''}`, () => {
  it('ends by itself when nothing is asked any more, without closing the model', () => {
    const does = `const model = await openLocal('local/smollm2-135m')
      const short = { ...story, sampling: { maxOutputTokens: 3 } }
      console.log((await model.ask(short, { signal })).type)`
    expect(run(does)).toEqual({ status: 0, said: 'reply\n' })
  })

  it('keeps its exit code when it exits while the model writes or loads', () => {
    const does = `const model = await openLocal('local/smollm2-135m', { workers: 2 })
      void model.ask(story, { signal })
      void model.ask(story, { signal })
      await sleep(700)
      process.exit(130)`
    expect(run(does)).toEqual({ status: 130, said: '' })
    expect(run(does.replace('await openLocal', 'openLocal').replaceAll(/void model.*/g, ''))).toEqual({
      status: 130,
      said: '',
    })
  })

  it('fails what was asked and ends when the model is closed meanwhile', () => {
    const does = `const model = await openLocal('local/smollm2-135m', { workers: 1 })
      const asked = [model.ask(story, { signal }), model.ask(story, { signal })]
      await sleep(500)
      await Promise.all([model.close(), model.close()])
      for (const answer of await Promise.all(asked)) console.log(answer.kind)
      console.log((await model.ask(story, { signal })).kind)`
    expect(run(does)).toEqual({ status: 0, said: 'aborted\naborted\naborted\n' })
  })
})
