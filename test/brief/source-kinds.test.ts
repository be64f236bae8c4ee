import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { AssayError } from '../../src/assay-error.ts'
import { readSource, type SourceText } from '../../src/brief/index.ts'
import { withoutFeet } from '../../src/brief/source/pdf-text.ts'
import { temporaryFolder } from '../temporary-folder.ts'

async function sourceOf(name: string, content: string): Promise<SourceText> {
  const file = path.join(temporaryFolder(), name)
  fs.writeFileSync(file, content)
  return readSource(file)
}

describe('captions', () => {
  test('WebVTT: a paragraph for each turn, sentences whole, tags, notes and numbers gone, times kept', async () => {
    const read = await sourceOf(
      'a.vtt',
      'WEBVTT\n\nNOTE made by hand\n\nSTYLE\n::cue { color: red }\n\n1\n00:00:01.000 --> 00:00:02.500 align:start\n<v Ann Lee>Agents earn\nmore <i>money</i></v>\n\n00:00:02.500 --> 00:00:04.000\n<v Ann Lee>when they &amp; we count.\n\n00:01:04.000 --> 00:01:05.000\n<v Bob>No.\n',
    )
    expect(read.text).toBe('Ann Lee: Agents earn more money when they & we count.\n\nBob: No.')
    expect(read.moments).toEqual([
      { at: 9, ms: 1_000 },
      { at: 32, ms: 2_500 },
      { at: read.text.indexOf('No.'), ms: 64_000 },
    ])
  })

  test('SubRip: names before the words are speakers, rolling lines are said once', async () => {
    const read = await sourceOf(
      'a.srt',
      '1\r\n00:00:01,000 --> 00:00:02,000\r\nNOOR BASTIAANS: Is it on?\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nJELLE W.: It is on.\r\n\r\n3\r\n00:00:03,000 --> 00:00:04,000\r\nJELLE W.: It is on.\r\n\r\n4\r\n00:00:04,000 --> 00:00:05,000\r\n12\r\n',
    )
    expect(read.text).toBe('Noor Bastiaans: Is it on?\n\nJelle W.: It is on. 12')
  })

  test.each([
    [
      'whisper',
      {
        text: 'x',
        segments: [
          { start: 1.5, end: 2, text: ' Hello there.' },
          { start: 2, end: 3, text: ' Good.' },
        ],
      },
    ],
    [
      'whisper.cpp',
      {
        transcription: [
          { offsets: { from: 1500 }, text: ' Hello there.' },
          { offsets: { from: 2000 }, text: ' Good.' },
        ],
      },
    ],
    [
      'youtube',
      {
        events: [
          { tStartMs: 1500, segs: [{ utf8: 'Hello' }, { utf8: ' there.' }] },
          { tStartMs: 1800 },
          { tStartMs: 2000, segs: [{ utf8: 'Good.\n' }] },
        ],
      },
    ],
    [
      'list',
      [
        { text: 'Hello there.', start: 1.5 },
        { text: 'Good.', start: 2 },
      ],
    ],
  ])('a transcript in JSON: %s', async (_, value) => {
    const read = await sourceOf('a.json', JSON.stringify(value))
    expect(read.text).toBe('Hello there. Good.')
    expect(read.moments).toEqual([
      { at: 0, ms: 1_500 },
      { at: 13, ms: 2_000 },
    ])
  })

  test('speakers in JSON begin a turn', async () => {
    const read = await sourceOf(
      'a.json',
      JSON.stringify([
        { text: 'Hi.', speaker: 'SPEAKER_00' },
        { text: 'Yes.', speaker: 'Ann' },
      ]),
    )
    expect(read.text).toBe('SPEAKER_00: Hi.\n\nAnn: Yes.')
  })

  test.each([
    ['a.vtt', 'WEBVTT\n\n', /its text has no captions/],
    ['a.json', '{"a":1}', /its JSON is not a transcript/],
    ['a.json', '{"segments":', /its text is not JSON/],
    ['a.srt', 'no times here', /its text has no captions/],
  ])('what is none is refused in one line: %s', async (name, content, why) => {
    const found = await sourceOf(name, content).catch((error: unknown) => error)
    expect(found).toBeInstanceOf(AssayError)
    expect(String(found)).toMatch(why)
  })
})

describe('mail', () => {
  test('a thread: who writes, decoded, without what is quoted and the signature', async () => {
    const one =
      'From: =?utf-8?Q?Zo=C3=AB_Lee?= <zoe@example.org>\r\nSubject: Re: =?utf-8?B?VGhlIHBpbG90?=\r\nContent-Type: multipart/alternative; boundary="b1"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe pilot saved 12=25 of the time=\r\n spent.\r\n\r\nOn Mon, 3 May 2027 at 10:02, Bob wrote:\r\n> It saved half.\r\n-- \r\nZo=C3=AB\r\n--b1\r\nContent-Type: text/html\r\n\r\n<p>Other</p>\r\n--b1--\r\n'
    const read = await sourceOf('a.eml', one)
    expect(read.text).toBe('Zoë Lee: The pilot saved 12% of the time spent.')
    expect(read.title).toBe('The pilot')
    const two = `From x@y Mon May  3 2027\n${one.replaceAll('\r\n', '\n')}\nFrom b@y Mon May  3 2027\nFrom: Bob <b@example.org>\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\n${Buffer.from('<p>It saved <b>half</b>.</p>').toString('base64')}\n`
    expect((await sourceOf('a.mbox', two)).text).toBe(
      'Zoë Lee: The pilot saved 12% of the time spent.\n\nBob: It saved half.',
    )
  })

  test('one without text is refused', async () => {
    const found = await sourceOf('a.eml', 'From: a@b.c\nContent-Type: image/png\n\nAAAA').catch(
      (error: unknown) => error,
    )
    expect(String(found)).toContain('its mail holds no text')
  })
})

const zipped = (files: Readonly<Record<string, string>>): string => {
  const folder = temporaryFolder()
  const made = path.join(folder, 'a.docx')
  const code =
    'import sys,json,zipfile\nz=zipfile.ZipFile(sys.argv[1],"w",zipfile.ZIP_DEFLATED)\nfor n,t in json.loads(sys.argv[2]).items(): z.writestr(n,t)\nz.close()'
  execFileSync('python3', ['-c', code, made, JSON.stringify(files)])
  return made
}
const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`

const refused = async (file: string): Promise<string> => String(await readSource(file).catch((error: unknown) => error))

describe('Word documents', () => {
  test('paragraphs and headings, without what was deleted or is a field', async () => {
    const body = `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${run('What we found')}</w:p><w:p>${run('Agents earn ')}<w:del>${run('nothing')}</w:del>${run('12% &amp; more.')}<w:instrText>PAGE</w:instrText></w:p>`
    const read = await readSource(
      zipped({ 'word/document.xml': `<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>` }),
    )
    expect(read.text).toBe('What we found\n\nAgents earn 12% & more.')
    expect(read.headings).toEqual([{ at: 0, to: 13, title: 'What we found' }])
  })

  test('what is none is refused in one line', async () => {
    expect(await refused(zipped({ 'a.txt': 'x' }))).toContain('it holds no word/document.xml')
    const file = path.join(temporaryFolder(), 'b.docx')
    fs.writeFileSync(file, 'no zip')
    expect(await refused(file)).toContain('the file is not a ZIP archive')
  })
})

test('running heads and feet of a PDF are no text of it, and a page of its own keeps all', () => {
  const pages = [1, 2, 3].map(
    (n) => `Report 1.2 - page ${n}\nText ${'abc'[n - 1] ?? ''} one.\nMore ${'xyz'[n - 1] ?? ''}.\nfoot ${n}`,
  )
  expect(withoutFeet(pages)).toEqual(['Text a one.\nMore x.', 'Text b one.\nMore y.', 'Text c one.\nMore z.'])
  expect(withoutFeet(['only\nthis'])).toEqual(['only\nthis'])
})
