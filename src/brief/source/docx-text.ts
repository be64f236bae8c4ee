import { buffer } from 'node:stream/consumers'
import { Parser } from 'htmlparser2'
import { AssayError } from '../../assay-error.ts'
import { visible } from './visible.ts'
import { MOST_TEXT, tooLong, type Heading } from './source-text.ts'

/** Bytes of the document's own part, unpacked. */
const MOST_XML = 64 * 1024 * 1024
const DOCUMENT = 'word/document.xml'

/**
 * The text of a Word document: paragraphs with a blank line between, headings by their style. What was deleted under revision, notes,
 * comments, fields and macros are not read.
 *
 * @throws AssayError `brief/bad-source` where it is not one, or unpacks to too much
 */
export async function docxText(
  bytes: Uint8Array,
): Promise<{ readonly text: string; readonly headings: readonly Heading[] }> {
  const { fromBufferPromise } = await import('yauzl')
  const zip = await fromBufferPromise(Buffer.from(bytes)).catch((cause: unknown) => {
    throw bad('it is not a Word document: the file is not a ZIP archive', cause)
  })
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== DOCUMENT) continue
      if (entry.uncompressedSize > MOST_XML) throw bad('its text unpacks to more than 64 MB')
      const xml = await buffer(await zip.openReadStreamPromise(entry)).catch((cause: unknown) => {
        throw bad('its archive is damaged', cause)
      })
      return paragraphs(xml.toString('utf8'))
    }
  } finally {
    zip.close()
  }
  throw bad(`it is not a Word document: it holds no ${DOCUMENT}`)
}

/** Elements whose text is not what the document says. */
const UNREAD: ReadonlySet<string> = new Set(['w:del', 'w:instrText', 'w:moveFrom', 'w:fldData', 'mc:Fallback'])

function paragraphs(xml: string): { readonly text: string; readonly headings: readonly Heading[] } {
  const headings: Heading[] = []
  let text = ''
  let words = ''
  let isHeading = false
  let inText = false
  let unread = 0
  const close = (): void => {
    const said = words.replaceAll(/[^\S\n]+/g, ' ').trim()
    words = ''
    if (said === '') return
    const at = text === '' ? 0 : text.length + 2
    text += `${text === '' ? '' : '\n\n'}${said}`
    if (text.length > MOST_TEXT) throw tooLong()
    if (isHeading) headings.push({ at, to: text.length, title: said })
  }
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (UNREAD.has(name)) unread += 1
        else if (name === 'w:p') isHeading = false
        else if (name === 'w:pStyle') isHeading = /^(?:heading|title|berschrift)/i.test(attributes['w:val'] ?? '')
        else if (name === 'w:t') inText = true
        else if (name === 'w:tab' || name === 'w:br') words += ' '
      },
      ontext(each) {
        if (inText && unread === 0) words += visible(each)
      },
      onclosetag(name) {
        if (UNREAD.has(name)) unread -= 1
        else if (name === 'w:t') inText = false
        else if (name === 'w:p') close()
        else if (name === 'w:tc') words += ' '
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(xml)
  close()
  if (text === '') throw bad('it holds no text')
  return { text, headings }
}

function bad(why: string, cause?: unknown): AssayError {
  return new AssayError('brief/bad-source', `${why}. Save it as text and draft from that.`, { cause })
}
