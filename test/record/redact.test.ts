import { describe, expect, test } from 'vitest'
import { redactor, secretsIn } from '../../src/record/index.ts'

describe('secrets', () => {
  test('are variables whose name says so and whose value is long enough', () => {
    const found = secretsIn({
      OPENAI_API_KEY: 'sk-0123456789',
      GITHUB_TOKEN: 'ghp_0123456789',
      DB_PASSWORD: 'correct horse',
      SHORT_KEY: 'abc',
      KEYBOARD: 'qwertyuiop',
      PATH: '/usr/bin:/bin',
      EMPTY_SECRET: undefined,
    })
    expect([...found.keys()]).toEqual(['OPENAI_API_KEY', 'GITHUB_TOKEN', 'DB_PASSWORD'])
  })

  test('one inside another leaves no rest', () => {
    const redact = redactor(
      new Map([
        ['A_KEY', 'abcdefgh'],
        ['B_KEY', 'abcdefgh-ijkl'],
      ]),
    )
    expect(redact('{"x":"abcdefgh-ijkl abcdefgh"}')).toBe('{"x":"[redacted:B_KEY] [redacted:A_KEY]"}')
  })

  test('damage no number, no field and no tag', () => {
    const redact = redactor(
      new Map([
        ['PIN_KEY', '12345678'],
        ['WORD_KEY', 'assistant'],
        ['FIELD_KEY', 'arguments'],
      ]),
    )
    expect(redact('{"at":1234567890,"role":"assistant","arguments":"my assistant has 12345678"}')).toBe(
      '{"at":1234567890,"role":"assistant","arguments":"my [redacted:WORD_KEY] has [redacted:PIN_KEY]"}',
    )
  })
})
