import type { EventBody, Journal, JournalOptions, Message } from '../../src/record/index.ts'

export const start: EventBody = {
  type: 'trial.start',
  format: 1,
  trial: '0123456789abcdef',
  study: 'toy',
  cell: { size: 'small' },
  task: 'one',
  repeat: 0,
  seed: 's/0',
}

export function said(text: string): EventBody {
  return { type: 'message', message: { role: 'user', text } satisfies Message }
}

/** A clock that ticks once a reading, so that times are known. */
export function ticking(from = 1000, by = 1): () => number {
  let time = from - by
  return () => (time += by)
}

export function options(change: Partial<JournalOptions> = {}): JournalOptions {
  return { durability: 'each-second', now: ticking(), redact: (line) => line, ...change }
}

/** Makes a small trial of every road into a journal: compared steps and steps from outside. */
export async function smallTrial(
  journal: Journal,
  outside: (turn: number) => Promise<string>,
  turns = 3,
): Promise<readonly string[]> {
  const heard: string[] = []
  journal.record(start)
  for (let turn = 0; turn < turns; turn++) {
    const call = await journal.step('model.call', async () => ({
      type: 'model.call',
      model: 'test/model',
      input: { ranges: [[0, turn]] },
      output: { role: 'assistant', parts: [{ type: 'text', text: await outside(turn) }] },
      usage: {},
      cost: { type: 'known', dollars: 0 },
      timing: { sent: 0, lastToken: 1, working: 1 },
    }))
    const [part] = call.output?.parts ?? []
    const text = part?.type === 'text' ? part.text : ''
    heard.push(text)
    journal.record({ type: 'note', topic: 'echo', data: { turn, text, list: [1.5, null, true] } })
  }
  journal.record({ type: 'trial.end', status: 'completed', stop: 'done' })
  return heard
}
