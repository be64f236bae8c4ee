import assert from 'node:assert/strict'
import { isMetered, type Model, type Request } from '../model/index.ts'
import type { ContractCase } from './contract-case.ts'

/**
 * What every model promises: failures are values, an abort is obeyed, unknown usage is absent.
 *
 * @param open opens the model anew; the contract closes it
 */
export function modelContract(open: () => Promise<Model>): readonly ContractCase[] {
  const request: Request = {
    messages: [{ role: 'user', text: 'Say one word.' }],
    tools: [],
    toolChoice: 'none',
    template: 'chat',
    sampling: { maxOutputTokens: 8 },
    seed: 2_718_281_828,
  }
  const using = (work: (model: Model) => Promise<void>) => async (): Promise<void> => {
    const model = await open()
    try {
      await work(model)
    } finally {
      await model.close?.()
    }
  }
  return [
    {
      name: 'a question has an answer',
      run: using(async (model) => {
        const answer = await model.ask(request, { signal: AbortSignal.timeout(60_000) })
        assert.equal(answer.type, 'reply', answer.type === 'failure' ? answer.message : '')
        assert.ok(answer.timing.lastToken >= answer.timing.sent)
      }),
    },
    {
      name: 'an aborted question is a failure, not a throw',
      run: using(async (model) => {
        if (!isMetered(model.pricing)) return
        const answer = await model.ask(request, { signal: AbortSignal.abort() })
        assert.deepEqual([answer.type, answer.type === 'failure' ? answer.kind : ''], ['failure', 'aborted'])
      }),
    },
    {
      name: 'tokens are whole numbers or absent',
      run: using(async (model) => {
        const answer = await model.ask(request, { signal: AbortSignal.timeout(60_000) })
        if (answer.type !== 'reply') return
        for (const count of Object.values(answer.usage)) assert.ok(Number.isInteger(count) && count >= 0)
      }),
    },
    {
      name: 'its own compaction, where it has one, answers with text and calls nothing',
      run: using(async (model) => {
        const answer = await model.compact?.(request, { signal: AbortSignal.timeout(60_000) })
        if (answer !== undefined && answer.type === 'reply')
          assert.ok(answer.parts.every((part) => part.type !== 'tool-call'))
      }),
    },
    { name: 'closing twice is harmless', run: using(async (model) => model.close?.()) },
  ]
}
