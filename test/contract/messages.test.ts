import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { errorTexts, rendered } from './source-messages.ts'

const src = path.join(import.meta.dirname, '..', '..', 'src')

/** Every message of an error that a user or an author of studies may see. */
const messages = fs
  .globSync('**/*.ts', { cwd: src })
  .flatMap((file) =>
    errorTexts(fs.readFileSync(path.join(src, file), 'utf8')).flatMap(({ line, text }) =>
      rendered(text).map((message) => ({ at: `${file}:${line}`, message })),
    ),
  )

/** Those that break a rule, with their place. */
function breaking(isRight: (message: string) => boolean): readonly string[] {
  // A source's own errors follow its name: "notes.pdf: it is …".
  const whole = messages.filter(
    ({ at }) => !/^brief\/source\/(?:(?:captions|decoded|docx|html|mail|source)-text|json-transcript)/.test(at),
  )
  return whole.flatMap(({ at, message }) => (isRight(message) ? [] : [`${at} ${message}`]))
}

test('the source has messages to check', () => {
  expect(messages.length).toBeGreaterThan(200)
})

test('a message begins with a capital letter, or with a name or a value', () => {
  expect(
    breaking((message) => /^[A-Z"…-]|^(?:brief|assay|run)\.|^assay |^llama\.cpp|^(?:local|control)\//.test(message)),
  ).toEqual([])
})

test('a message ends as a sentence, or with what is filled in, or with a command to type', () => {
  expect(
    breaking(
      (message) => /[.?…]$/.test(message) || /(?:assay|npm) .*$/.test(message) || /[>)"]$|--\S+( \S+)?$/.test(message),
    ),
  ).toEqual([])
})

test('a message is at most 300 characters', () => {
  expect(breaking((message) => message.length <= 300)).toEqual([])
})

test('the commands that messages name exist, with the options that they name', async () => {
  const known = new Map(
    await Promise.all(
      fs.globSync('cli/commands/*.ts', { cwd: src }).map(async (file) => {
        const text = await fs.promises.readFile(path.join(src, file), 'utf8')
        return [path.basename(file, '.ts'), text] as const
      }),
    ),
  )
  const texts = fs
    .globSync('**/*.ts', { cwd: src })
    .flatMap((file) =>
      [...fs.readFileSync(path.join(src, file), 'utf8').matchAll(/(?<=[:( `'])assay ([a-z]+)(?=[ `'\n),.])/g)].map(
        ([, name = '']) => ({ file, name }),
      ),
    )
  expect(texts.length).toBeGreaterThan(40)
  expect(texts.filter(({ name }) => !known.has(name) && !PROSE.has(name))).toEqual([])
})

/** Words after `assay` in comments and file names that are no commands. */
const PROSE = new Set<string>([])
