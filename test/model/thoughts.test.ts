import { describe, expect, test } from 'vitest'
import { splitThoughts } from '../../src/model/chat-completions/thoughts.ts'
import type { Part } from '../../src/record/index.ts'

const text = (said: string): Part => ({ type: 'text', text: said })
const thought = (said: string): Part => ({ type: 'reasoning', text: said })

describe('thought that a server left in the text', () => {
  const rows: readonly [what: string, said: string, parts: readonly Part[]][] = [
    ['between marks', '<think>Paris?</think>\n\nLyon', [thought('Paris?'), text('Lyon')]],
    ['after blank lines', '\n<think>\nParis?\n</think>Lyon', [thought('\nParis?\n'), text('Lyon')]],
    ['without its opening mark', 'Paris?\n</think>\n\nLyon', [thought('Paris?\n'), text('Lyon')]],
    ['unclosed', '<think>Paris? Or', [thought('Paris? Or')]],
    ['empty', '<think>\n\n</think>\n\nLyon', [text('Lyon')]],
    ['of which only the closing mark is left', '</think>Lyon', [text('Lyon')]],
    ['twice', '<think>a</think>\n<think>b</think>Lyon', [thought('ab'), text('Lyon')]],
    ["in Mistral's marks", '[THINK]Paris?[/THINK]Lyon', [thought('Paris?'), text('Lyon')]],
    ["in Kimi's marks", '◁think▷Paris?◁/think▷Lyon', [thought('Paris?'), text('Lyon')]],
    ['and nothing else', '<think>Paris?</think>', [thought('Paris?')]],
    ['not at all', ' Lyon ', [text(' Lyon ')]],
    ['not, though it speaks of marks', 'Write <think>x</think> first.', [text('Write <think>x</think> first.')]],
    ["not, in a mark of the prompt's own", '<thinking>x</thinking>y', [text('<thinking>x</thinking>y')]],
  ]
  test.each(rows)('%s', (_, said, parts) => {
    expect(splitThoughts([text(said)])).toEqual(parts)
  })

  test('stays in the answer where thoughts also come by themselves', () => {
    expect(splitThoughts([thought('hm'), text('a </think> b')])).toEqual([thought('hm'), text('a </think> b')])
    expect(splitThoughts([thought('hm'), text('</think>\n\nb')])).toEqual([thought('hm'), text('b')])
  })

  test('is looked for in the first text, and calls stay where they are', () => {
    const call: Part = { type: 'tool-call', id: 'a', name: 'f', arguments: '{}' }
    expect(splitThoughts([text('<think>x</think>'), call])).toEqual([thought('x'), call])
    expect(splitThoughts([call])).toEqual([call])
    expect(splitThoughts([])).toEqual([])
  })

  test('does not run out of stack', () => {
    const many = '<think>x</think>'.repeat(100_000)
    expect(splitThoughts([text(`${many}Lyon`)]).at(-1)).toEqual(text('Lyon'))
  })
})
