import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { NOTES_TOOL, RECALL_REQUEST, SAVE_REQUEST, STRATEGIES } from '../../../src/agent/index.ts'
import type { Message, Part } from '../../../src/record/index.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { scripted, text } from '../toys.ts'
import { again, run, type Ask } from './rig.ts'

const shares = { at: 0.8, to: 0.5 } as const
const pin = { id: 'pin', text: '7 word word', question: 'Which page?', answer: 'word' }

/** Answers from what it is shown alone, as a model does; ids too, since a call that is asked again must be the same. */
const pure: Ask = ({ messages, toolChoice }) => {
  const last = messages.at(-1)
  const said = last === undefined || last.role === 'assistant' ? '' : last.text
  if (said.startsWith(RECALL_REQUEST)) return { parts: [text('a word')] }
  if (toolChoice === 'none') return { parts: [text(`Of ${messages.length} messages.`)] }
  const page = Number.parseInt(messages.map(pageOf).findLast((each) => each !== undefined) ?? '0', 10)
  if (said.startsWith(SAVE_REQUEST)) return { parts: [call(NOTES_TOOL, { text: `Up to page ${page}.` })] }
  return { parts: page < 11 ? [call('page', { n: page + 1 })] : [text('end')] }
}

function pageOf(message: Message): string | undefined {
  return message.role === 'tool' ? /^(\d+) word/.exec(message.text)?.[1] : undefined
}

function call(name: string, input: object): Part {
  return { type: 'tool-call', id: 'c', name, arguments: JSON.stringify(input) }
}

const timeless = (file: string): readonly string[] =>
  fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.replace(/"at":\d+,("resumed":true,)?/, ''))

test.each(STRATEGIES.filter((each) => each !== 'none' && each !== 'native'))(
  'killed behind any event, %s goes on to the same record and asks only what is missing',
  async (strategy) => {
    const setting = { planted: [pin], scaffold: { recall: 1 }, window: 500 }
    const how = { strategy, ...shares }
    const whole = await run(how, pure, setting)
    expect(whole.compactions.length).toBeGreaterThan(0)
    expect(whole.facts.rows.length).toBeGreaterThan(0)
    const lines = fs.readFileSync(whole.file, 'utf8').trimEnd().split('\n')
    const folder = temporaryFolder()
    for (let cut = 0; cut <= lines.length; cut++) {
      const file = path.join(folder, `${cut}.jsonl`)
      // Torn in the middle of the next line, as a kill may leave it.
      fs.writeFileSync(file, [...lines.slice(0, cut), (lines[cut] ?? '').slice(0, 30)].join('\n'))
      const model = scripted(pure, { window: setting.window })
      const resumed = await again(file, how, model, setting)
      expect(resumed.stop).toEqual(whole.stop)
      expect(resumed.facts.rows).toEqual(whole.facts.rows)
      expect(timeless(file)).toEqual(timeless(whole.file))
      expect(model.asked).toHaveLength(whole.events.slice(cut).filter(({ type }) => type === 'model.call').length)
    }
  },
)
