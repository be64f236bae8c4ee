import { AssayError } from '../../assay-error.ts'

/** Characters that are looked at to tell text from what is none. */
const LOOKED_AT = 100_000

/**
 * The text of a file: UTF-8, or UTF-16 where its first two bytes say so; the byte-order mark is not part of it.
 *
 * @throws AssayError `brief/bad-source` when more than a twentieth of its beginning is no text in either
 */
export function decodedText(bytes: Uint8Array): string {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  const text = new TextDecoder(wide ?? 'utf-8').decode(bytes)
  const broken = text.slice(0, LOOKED_AT).match(/[\ufffd\0]/g)?.length ?? 0
  if (broken > Math.min(text.length, LOOKED_AT) / 20)
    throw new AssayError('brief/bad-source', 'it is not text in UTF-8 or UTF-16. Save it as UTF-8.')
  return text
}
