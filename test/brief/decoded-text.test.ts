import { expect, test } from 'vitest'
import { decodedText } from '../../src/brief/index.ts'

const TEXT = 'Prices “rise”.\r\n'

test('UTF-8 and both kinds of UTF-16 are read, without their marks', () => {
  const wide = Buffer.from(`\ufeff${TEXT}`, 'utf16le')
  expect(decodedText(Buffer.from(TEXT))).toBe(TEXT)
  expect(decodedText(Buffer.from(`\ufeff${TEXT}`))).toBe(TEXT)
  expect(decodedText(wide)).toBe(TEXT)
  expect(decodedText(Buffer.from(wide).swap16())).toBe(TEXT)
  expect(decodedText(new Uint8Array())).toBe('')
})

test('what is no text is refused', () => {
  expect(() => decodedText(new Uint8Array(100))).toThrow('not text in UTF-8 or UTF-16')
  expect(() => decodedText(Buffer.from('\u0089PNG\u00ff\u00ff\u00ff', 'latin1'))).toThrow('not text')
})
