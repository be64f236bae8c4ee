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

  test('leave no trace encoded, escaped or cut off', () => {
    const secret = 'aB3/dE5+fG7"hJ9kL1mN3'
    const redact = redactor([['A_KEY', ` ${secret}\n`]])
    const forms = [
      secret,
      JSON.stringify(secret),
      secret.replaceAll('/', String.raw`\/`),
      encodeURIComponent(secret),
      encodeURIComponent(secret).replaceAll(/%../g, (code) => code.toLowerCase()),
      ...[0, 1, 2].map((before) => Buffer.from(`${'x'.repeat(before)}${secret}yy`).toString('base64')),
      ...[0, 1, 2].map((before) => Buffer.from(`${'x'.repeat(before)}${secret}yy`).toString('base64url')),
      `${secret.slice(0, 16)}\n[cut after 16 of 21 characters]`,
      `${secret.slice(0, 12)}…`,
      secret.slice(0, 11),
    ]
    for (const form of forms) {
      const line = redact(JSON.stringify({ text: `it is ${form}` }))
      expect(line).toContain('[redacted:A_KEY]')
      for (const part of [secret.slice(0, 8), 'YUIzL2RF', 'aB3%2FdE5']) expect(line).not.toContain(part)
    }
    // So much of it within a text that goes on is a word like others.
    expect(redact('{"text":"aB3/dE5+fG7 is a part"}')).toBe('{"text":"aB3/dE5+fG7 is a part"}')
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
