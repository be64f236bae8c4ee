import { AssayError } from '../../assay-error.ts'
import { htmlText } from './html-text.ts'

/** A mail, or several in one file (mbox), as a transcript: each begins with its writer's name. What it quotes of another is left out. */
export function mailText(raw: string): { readonly text: string; readonly title?: string } {
  const mails = raw.startsWith('From ')
    ? raw.split(/\n(?=From \S+ )/).map((each) => each.replace(/^From .*\n/, ''))
    : [raw]
  const read = mails.map(mailOf).filter(({ body }) => body !== '')
  if (read.length === 0)
    throw new AssayError(
      'brief/bad-source',
      'its mail holds no text. Save the text of the mail as .txt and draft from that.',
    )
  const [first] = read
  const title = first?.subject.replace(/^(?:(?:re|fwd?|aw|wg):\s*)+/i, '')
  return {
    text: read.map(({ from, body }) => (from === '' ? body : `${from}: ${body}`)).join('\n\n'),
    ...(title !== undefined && title !== '' && { title }),
  }
}

interface Mail {
  readonly from: string
  readonly subject: string
  readonly body: string
}

function mailOf(raw: string): Mail {
  const { headers, body } = split(raw)
  const from = decodedWords(headers.get('from') ?? '')
  const name = /^\s*"?([^"<@]*?)"?\s*</.exec(from)?.[1]?.trim()
  return {
    from: name === undefined || name === '' ? from.replaceAll(/[<>]/g, '').trim() : name,
    subject: decodedWords(headers.get('subject') ?? '').trim(),
    body: unquoted(bodyOf(headers, body)),
  }
}

function split(raw: string): { readonly headers: ReadonlyMap<string, string>; readonly body: string } {
  const at = raw.search(/\n[^\S\n]*\n/)
  const head = at < 0 ? raw : raw.slice(0, at)
  const headers = new Map(
    head
      .replaceAll(/\n[ \t]+/g, ' ')
      .split('\n')
      .flatMap((line): readonly [string, string][] => {
        const colon = line.indexOf(':')
        return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]]
      }),
  )
  return { headers, body: at < 0 ? '' : raw.slice(at).replace(/^\s*\n/, '') }
}

/** Parts within parts that are looked into. */
const DEEPEST = 5

function bodyOf(headers: ReadonlyMap<string, string>, body: string, depth = 0): string {
  const type = headers.get('content-type') ?? 'text/plain'
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1]
  if (/^multipart\//i.test(type) && boundary !== undefined && depth < DEEPEST) {
    const parts = body
      .split(`--${boundary}`)
      .slice(1)
      .filter((each) => !each.startsWith('--'))
      .map((each) => split(each.replace(/^\s*\n/, '')))
    const plain = parts.find(({ headers: own }) =>
      /^(?:text\/plain|multipart\/)/i.test(own.get('content-type') ?? 'text/plain'),
    )
    const part = plain ?? parts.find(({ headers: own }) => /^text\/html/i.test(own.get('content-type') ?? ''))
    return part === undefined ? '' : bodyOf(part.headers, part.body, depth + 1)
  }
  if (!/^text\//i.test(type)) return ''
  const text = decoded(body, headers.get('content-transfer-encoding') ?? '', /charset="?([^";\s]+)/i.exec(type)?.[1])
  return /^text\/html/i.test(type) ? htmlText(text).text : text
}

function decoded(body: string, encoding: string, charset = 'utf-8'): string {
  const bytes = /base64/i.test(encoding)
    ? Buffer.from(body, 'base64')
    : /quoted-printable/i.test(encoding)
      ? Buffer.from(
          body
            .replaceAll(/=[ \t]*\n/g, '')
            .replaceAll(/=([\dA-F]{2})/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
          'latin1',
        )
      : undefined
  return bytes === undefined ? body : decoderOf(charset).decode(bytes)
}

function decoderOf(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}

/** Words of a header in another alphabet: `=?utf-8?B?…?=`. */
function decodedWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?([^?]+)\?([BQ])\?([^?]*)\?=/gi, (_, charset: string, kind: string, word: string) =>
      decoded(
        kind.toLowerCase() === 'b' ? word : word.replaceAll('_', ' '),
        kind.toLowerCase() === 'b' ? 'base64' : 'quoted-printable',
        charset,
      ),
    )
}

/** What the writer says: no lines of another's mail, no line that leads into them, no signature. */
function unquoted(body: string): string {
  const lines = body.split('\n')
  const end = lines.findIndex((line) => /^-- ?$|^-{2,}\s*(?:original message|forwarded message)/i.test(line))
  return (end < 0 ? lines : lines.slice(0, end))
    .filter((line) => !/^\s*>/.test(line) && !/^(?:On .{5,120} wrote|Am .{5,120} schrieb.*):\s*$/.test(line))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}
