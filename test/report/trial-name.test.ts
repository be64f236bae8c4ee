import { describe, expect, test } from 'vitest'
import { shellWord, trialNames, trialsMeant, type NamedTrial } from '../../src/report/index.ts'

function trial(task: string, agent: string, change: Partial<NamedTrial> = {}): NamedTrial {
  const id = `${task}${agent}`.replaceAll(/[^a-z0-9]/g, '').padEnd(16, '0')
  return { trial: id, task, agent, control: false, cell: { scaffold: 'plain' }, repeat: 0, ...change }
}

const knows = trial('france', 'control/knows', { control: true })
const run = [
  trial('case-1', 'openai/gpt-5'),
  trial('case-10', 'openai/gpt-5'),
  trial('france', 'openai/gpt-5'),
  trial('france', 'local/small'),
  knows,
]
const meant = (part: string): readonly string[] => trialsMeant(part, run).map(({ trial: id }) => id)

describe('a trial', () => {
  test('is named by its case and agent, with levels that vary and the seed where trials repeat', () => {
    expect([...trialNames(run).values()].slice(0, 2)).toEqual(['case-1 · openai/gpt-5', 'case-10 · openai/gpt-5'])
    const cells = ['none', 'some'].map((tools, repeat) =>
      trial('shop', 'm', { trial: tools, cell: { tools, scaffold: 'plain' }, repeat }),
    )
    expect([...trialNames(cells).values()]).toEqual(['shop · m, tools=none, seed 1', 'shop · m, tools=some, seed 2'])
  })

  test('is named in plain text, whatever a file calls its cases', () => {
    const [name = ''] = trialNames([trial('a\u001b[31m\u202eb\nc', 'm')]).values()
    expect(name).toBe('a\ufffdb c · m')
  })

  test('is found by any part that only it has, case aside', () => {
    expect(meant('France small')).toEqual(['francelocalsmall'])
    expect(meant('france · local/small')).toEqual(['francelocalsmall'])
    expect(meant('loc')).toEqual(['francelocalsmall'])
    expect(meant('francelo')).toEqual(['francelocalsmall'])
  })

  test('is one word of a command line that runs nothing', () => {
    expect(shellWord('abc/def')).toBe('abc/def')
    expect(shellWord('france · m, seed 1')).toBe('"france · m, seed 1"')
    expect(shellWord("$(rm x)'s · m")).toBe("'$(rm x)'\\''s · m'")
    for (const sign of ['$', '`', '"', '!', '\\']) expect(shellWord(`a ${sign} b`)).toBe(`'a ${sign} b'`)
  })

  test('a case that is the beginning of another is itself', () => {
    expect(meant('case-1')).toEqual(['case1openaigpt50'])
    expect(meant('case')).toHaveLength(2)
  })

  test('of an agent is meant before one of a control, which is found by its own name', () => {
    expect(meant('france')).toEqual(['franceopenaigpt5', 'francelocalsmall'])
    expect(meant('france knows')).toEqual([knows.trial])
    expect(meant('rome')).toEqual([])
    expect(meant('  ')).toEqual([])
  })
})
