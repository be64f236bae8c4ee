import fs from 'node:fs'
import path from 'node:path'
import { AssayError, codeOf, reasonOf } from '../../assay-error.ts'
import { hashOf } from '../../record/index.ts'
import { plain } from '../../report/index.ts'
import { decodedText } from './decoded-text.ts'
import { MOST_TEXT, tooLong, type Heading, type SourceKind, type SourceText } from './source-text.ts'
import { visible } from './visible.ts'

/** Bytes of a file that is opened at all. */
const MOST_BYTES = 64 * 1024 * 1024
/**
 * Reads a source as text: plain text and transcripts as they are, Markdown with its marks, HTML without markup and
 * without what is hidden in it, PDF page after page, captions (WebVTT, SubRip) and transcripts in JSON as a paragraph for each
 * speaker's turn, Word documents, and mail without what it quotes. Time and memory are bounded.
 *
 * @throws AssayError `brief/no-source` when it cannot be opened, `brief/bad-source` when it cannot be read
 */
export async function readSource(file: string): Promise<SourceText> {
  const name = plain(file)
  const bytes = bytesOf(file, name)
  try {
    return bounded(await textOf(bytes, kindOf(file, bytes)))
  } catch (cause) {
    if (cause instanceof AssayError) throw new AssayError(cause.code, `${name}: ${cause.message}`, { cause })
    throw new AssayError('brief/bad-source', `${name}: it cannot be read (${plain(reasonOf(cause))}).`, { cause })
  }
}

function bytesOf(file: string, name: string): Uint8Array {
  try {
    const stat = fs.statSync(file)
    if (!stat.isFile()) throw new AssayError('brief/no-source', `${name} is not a file. Name the file with the text.`)
    if (stat.size > MOST_BYTES)
      throw new AssayError(
        'brief/bad-source',
        `${name}: it has ${Math.ceil(stat.size / 1024 / 1024)} MB, and a source at most ${MOST_BYTES / 1024 / 1024}. Cut out what matters.`,
      )
    return fs.readFileSync(file)
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    const why = codeOf(cause) === 'ENOENT' ? 'there is no such file' : reasonOf(cause)
    throw new AssayError('brief/no-source', `${name}: ${plain(why)}. Name the file with the text.`, { cause })
  }
}

function kindOf(file: string, bytes: Uint8Array): SourceKind {
  const begin = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  if (begin.includes('%PDF-')) return 'pdf'
  const extension = path.extname(file).toLowerCase()
  if (/^\.(?:html?|xhtml)$/.test(extension) || /^[\s\u00ef\u00bb\u00bf]*<(?:!doctype html|html)\b/i.test(begin))
    return 'html'
  if (/^\.(?:md|markdown|mdx)$/.test(extension)) return 'markdown'
  if (/^\.(?:vtt|srt|sbv)$/.test(extension) || /^(?:\u00ef\u00bb\u00bf)?WEBVTT\b/.test(begin)) return 'captions'
  if (extension === '.docx') return 'docx'
  if (/^\.(?:eml|mbox)$/.test(extension)) return 'mail'
  if (extension === '.json' || extension === '.json3') return 'transcript'
  return 'text'
}

async function textOf(bytes: Uint8Array, kind: SourceKind): Promise<Omit<SourceText, 'hash'>> {
  switch (kind) {
    case 'pdf': {
      const { pdfText } = await import('./pdf-text.ts')
      return { kind, text: visible(await pdfText(bytes)), headings: [] }
    }
    case 'html': {
      const { htmlText } = await import('./html-text.ts')
      return { kind, ...htmlText(visible(decodedText(bytes))) }
    }
    case 'markdown': {
      const text = visible(decodedText(bytes))
      const headings = markdownHeadings(text)
      return { kind, text, headings, ...(headings[0] !== undefined && { title: headings[0].title }) }
    }
    case 'docx': {
      const { docxText } = await import('./docx-text.ts')
      const { text, headings } = await docxText(bytes)
      return { kind, text, headings, ...(headings[0] !== undefined && { title: headings[0].title }) }
    }
    case 'mail': {
      const { mailText } = await import('./mail-text.ts')
      const { text, title } = mailText(visible(decodedText(bytes)))
      return { kind, text: visible(text), headings: [], ...(title !== undefined && { title }) }
    }
    case 'captions': {
      const { captionCues, transcriptOf } = await import('./captions-text.ts')
      return { kind, ...transcriptOf(captionCues(visible(decodedText(bytes)))), headings: [] }
    }
    case 'transcript': {
      const { transcriptOf } = await import('./captions-text.ts')
      const { jsonCues } = await import('./json-transcript.ts')
      return { kind, ...transcriptOf(jsonCues(visible(decodedText(bytes)))), headings: [] }
    }
    case 'text': {
      const text = visible(decodedText(bytes))
      const title = titleLine(text)
      return title === undefined ? { kind, text, headings: [] } : { kind, text, headings: [title], title: title.title }
    }
  }
}

/** Letters of a first line that is a title. */
const LONGEST_TITLE = 100

/** The first line of a plain text, where it reads like a title: short, and no sentence. */
function titleLine(text: string): Heading | undefined {
  const at = text.search(/\S/)
  if (at < 0) return undefined
  const end = text.indexOf('\n', at)
  const line = text.slice(at, end < 0 ? text.length : end).trimEnd()
  if (end < 0 || line.length > LONGEST_TITLE || /[.?!,;…"”]$/.test(line)) return undefined
  const next = text.slice(end).trimStart().charAt(0)
  return next === next.toLowerCase() ? undefined : { at, to: at + line.length, title: plain(line) }
}

/** Of lines that begin with `#`, but for those inside fences. */
function markdownHeadings(text: string): readonly Heading[] {
  const headings: Heading[] = []
  let at = 0
  let fenced = false
  for (const line of text.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced
    const title = fenced ? undefined : /^#{1,6} +(?<title>.*?)[\s#]*$/.exec(line)?.groups?.['title']
    if (title !== undefined && title !== '') headings.push({ at, to: at + line.length, title: plain(title) })
    at += line.length + 1
  }
  return headings
}

function bounded(read: Omit<SourceText, 'hash'>): SourceText {
  if (read.text.length > MOST_TEXT) throw tooLong()
  return { ...read, hash: hashOf(read.text) }
}
