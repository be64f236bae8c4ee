import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textStream } from '../../../src/model/local/text-stream.ts'

/** Tokens that are bytes: the hardest case for characters of several bytes. */
const bytes = (tokens: readonly number[]): string => Buffer.from(tokens).toString('utf8')

function feed(text: string, stop: readonly string[] = []): { shown: string[]; stopped: boolean } {
  const stream = textStream(bytes, stop)
  const shown = [...Buffer.from(text)].map((byte) => stream.push(byte))
  return { shown: [...shown, stream.end()], stopped: stream.stopped }
}

describe('textStream', () => {
  it('never shows half a character and loses none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { shown } = feed(text)
        expect(shown.join('')).toBe(text.toWellFormed())
        expect(shown.every((piece) => piece.isWellFormed())).toBe(true)
      }),
      { seed: 1 },
    )
  })

  it('shows bytes that are no character as such, and goes on', () => {
    const stream = textStream(bytes, [])
    const shown = [0xff, 0xfe, 0xff, 0xfe, 0xff, 0x61].map((byte) => stream.push(byte)).join('') + stream.end()
    expect(shown.endsWith('a')).toBe(true)
    expect(shown).toContain('\uFFFD')
  })

  it('ends before the first stop text, whatever tokens it came in', () => {
    expect(feed('one\ntwo\n', ['\n'])).toMatchObject({ stopped: true })
    expect(feed('one\ntwo\n', ['\n']).shown.join('')).toBe('one')
    expect(feed('say END. more', ['END.', 'more']).shown.join('')).toBe('say ')
  })

  it('shows what only looked like the beginning of a stop text', () => {
    expect(feed('END, not yet EN', ['END.'])).toEqual({ shown: expect.anything(), stopped: false })
    expect(feed('END, not yet EN', ['END.']).shown.join('')).toBe('END, not yet EN')
  })
})
