import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { briefYaml, makeBrief, parseBrief } from '../../src/brief/index.ts'
import { assay, scratch } from '../cli/assay.ts'

const bin = path.join(import.meta.dirname, '../../bin/assay.js')

const BRIEF = `# Kept by hand.
title: Shops
updated: 2026-11-23
claims:
  - id: competent
    text: A competent keeper clears $50. # the one that matters
    test:
      study: vending
      quantity: mean(netWorth)
      where: { agent: control/careful, scaffold: zero-shot }
      unit: cents
      direction: above
      threshold: 5000
      setAt: 2020-01-01T00:00:00Z
  - id: idle
    text: An idle keeper sells more than ten units.
    test:
      study: vending
      quantity: mean(unitsSold)
      where: { agent: control/idle, scaffold: zero-shot }
      unit: count
      direction: above
      threshold: 10
      setAt: 2020-01-01T00:00:00Z
takeaways: [competent, idle]
`

test('from a claim to the journal event under it: run, link, status, show', async () => {
  const folder = scratch()
  const file = path.join(folder, 'brief.yaml')
  fs.writeFileSync(file, BRIEF.replace('2026-11-23', new Date().toISOString().slice(0, 10)))
  const before = await assay(folder, 'brief', 'status', 'brief.yaml', '--json')
  expect(JSON.parse(before.out)).toMatchObject({
    claims: [{ status: 'untested', price: { trials: expect.any(Number) } }, {}],
  })
  await assay(folder, 'run', 'vending', '--controls', 'only', '--repeats', '8', '--name', 'first')
  expect((await assay(folder, 'brief', 'link', 'brief.yaml', '--run', 'first')).out).toMatch(
    /^supported .*\nunresolved /,
  )
  const linked = fs.readFileSync(file, 'utf8')
  expect(linked).toMatch(/^# Kept by hand\.[^]*# the one that matters[^]*data: [0-9a-f]{16}/)
  expect(await assay(folder, 'brief', 'check', 'brief.yaml')).toMatchObject({ code: 0 })
  const shown = await assay(folder, 'brief', 'status', 'brief.yaml', '--claim', 'competent')
  const {
    trial = '',
    from = '',
    to = '',
  } = /assay show first "(?<trial>[^"]+)" --from (?<from>\d+) --to (?<to>\d+)/.exec(shown.out)?.groups ?? {}
  const event = await assay(folder, 'show', 'first', trial, '--from', from, '--to', to)
  expect(event.out).toMatch(/measure of vending: .*netWorth/)

  fs.writeFileSync(file, linked.replace('threshold: 5000', 'threshold: 4000'))
  const checked = await assay(folder, 'brief', 'check', 'brief.yaml')
  expect(checked.code).toBe(1)
  expect(checked.out).toMatch(
    /^brief\.yaml:\d+:\d+: test: the test of competent was changed after first was linked to it: [^\n]+\.\n$/,
  )
})

test('a draft keeps its quotes, is checked, and an edited text finds its claims again', async () => {
  const folder = scratch()
  fs.copyFileSync(path.join(import.meta.dirname, '../../examples/panel.txt'), path.join(folder, 'panel.txt'))
  const drafted = await assay(folder, 'brief', 'draft', 'panel.txt', '--out', 'brief.yaml')
  expect([drafted.code, drafted.err]).toEqual([0, expect.stringContaining('Not placed:')])
  const file = path.join(folder, 'brief.yaml')
  expect(await assay(folder, 'brief', 'check', 'brief.yaml')).toMatchObject({ code: 0 })
  fs.appendFileSync(file, '# a comment of mine\n')
  const text = (await assay(folder, 'brief', 'render', 'brief.yaml')).out
  fs.writeFileSync(
    path.join(folder, 'brief.txt'),
    text.replace('Key takeaways\n', 'Key takeaways\n- A sentence that is new.\n'),
  )
  expect((await assay(folder, 'brief', 'import', 'brief.txt', '--out', 'brief.yaml')).code).toBe(0)
  const merged = fs.readFileSync(file, 'utf8')
  expect(merged).toContain('# a comment of mine')
  expect(parseBrief(merged, 'b').claims.find(({ id }) => id === 'a-sentence-that-is-new')).toBeDefined()
  expect(parseBrief(merged, 'b').claims[0]?.quotes).toBeDefined()
  fs.writeFileSync(path.join(folder, 'panel.txt'), 'Somebody wrote the panel anew.\n')
  const checked = await assay(folder, 'brief', 'check', 'brief.yaml')
  expect([checked.code, checked.out]).toEqual([
    1,
    expect.stringMatching(/: quote: the quote “.*” of \S+ is not in panel: /),
  ])
})

const many = (word: string): string =>
  briefYaml(
    makeBrief({
      title: word,
      claims: Array.from({ length: 400 }, (_, index) => ({ text: `${word} claim ${index}.`, takeaway: true })),
    }),
  )
const text = (word: string): string =>
  `${word}\nKey takeaways\n${Array.from({ length: 400 }, (_, index) => `- ${word} claim ${index}.`).join('\n')}\n`

test('a process killed while it writes leaves the old brief or the new one, never a part', async () => {
  const folder = scratch()
  const file = path.join(folder, 'brief.yaml')
  fs.writeFileSync(file, many('Old'))
  fs.writeFileSync(path.join(folder, 'new.txt'), text('New'))
  const titles = new Set<string>()
  for (const wait of [250, 400, 500, 600, 700, 900]) {
    const child = spawn(process.execPath, [bin, 'brief', 'import', 'new.txt', '--out', 'brief.yaml'], {
      cwd: folder,
      stdio: 'ignore',
    })
    const ended = new Promise((resolve) => child.once('close', resolve))
    await new Promise((resolve) => setTimeout(resolve, wait))
    child.kill('SIGKILL')
    await ended
    titles.add(parseBrief(fs.readFileSync(file, 'utf8'), 'brief.yaml').title)
  }
  expect([...titles].every((title) => title === 'Old' || title === 'New')).toBe(true)
  // Nothing that the dead left is in the way of the living.
  expect((await assay(folder, 'brief', 'import', 'new.txt', '--out', 'brief.yaml')).code).toBe(0)
  expect(parseBrief(fs.readFileSync(file, 'utf8'), 'brief.yaml').title).toBe('New')
})

test('two who change one brief at once both get their change in, and two who make one do not both', async () => {
  const folder = scratch()
  fs.writeFileSync(path.join(folder, 'brief.yaml'), 'title: T\n')
  const words = ['one', 'two', 'three']
  for (const word of words)
    fs.writeFileSync(path.join(folder, `${word}.txt`), `T\nWatchlist\n- ${word}\nKey takeaways\n- Claim ${word}.\n`)
  const ends = await Promise.all(
    words.map((word) => assay(folder, 'brief', 'import', `${word}.txt`, '--out', 'brief.yaml')),
  )
  expect(ends.map(({ code }) => code)).toEqual([0, 0, 0])
  const { claims } = parseBrief(fs.readFileSync(path.join(folder, 'brief.yaml'), 'utf8'), 'b')
  expect(claims.map(({ text }) => text).toSorted()).toEqual(['Claim one.', 'Claim three.', 'Claim two.'])
  const made = await Promise.all(words.map(() => assay(folder, 'brief', 'new', 'fresh.yaml')))
  expect(made.filter(({ code }) => code === 0)).toHaveLength(1)
  expect(made.filter(({ code }) => code === 2)).toHaveLength(2)
})

test('places that cannot be written, and sources that are too much, are one line', async () => {
  const folder = scratch()
  fs.writeFileSync(path.join(folder, 'brief.yaml'), 'title: T\n')
  fs.writeFileSync(path.join(folder, 'big.txt'), 'Agents earn money in shops. '.repeat(1_900_000))
  fs.writeFileSync(path.join(folder, 'picture.txt'), Buffer.from('\u0089PNG\0\0ÿÿÿÿÿÿÿÿ', 'latin1'))
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['import', 'picture.txt'], /picture\.txt: it is not text in UTF-8/],
    [['render', 'brief.yaml', '--out', 'no/such/folder.txt'], /its folder does not exist/],
    [['render', 'brief.yaml', '--out', 'brief.yaml/x.txt'], /a file is where a folder is needed|does not exist/],
    [['render', 'brief.yaml', '--out', '/dev/full'], /No space left/],
    [['render', 'brief.yaml', '--out', '.'], /Could not write|a folder|Cannot write/],
    [['new', 'brief.yaml'], /already exists/],
    [['draft', 'big.txt', '--out', 'draft.yaml'], /more than 4000000 characters/],
    [['import', 'big.txt'], /51 MB|a brief at most/],
    [['link', 'brief.yaml', '--run', 'gone'], /There is no run "gone"/],
    [['draft', 'none.txt'], /no such file/],
  ]
  const said = await Promise.all(cases.map(([words]) => assay(folder, 'brief', ...words)))
  for (const [index, { code, err, out }] of said.entries()) {
    expect([code === 2 || code === 3, out]).toEqual([true, ''])
    expect(err).toMatch(cases[index]?.[1] ?? /never/)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(err).not.toContain('fault of Assay')
  }
  expect(fs.existsSync(path.join(folder, 'draft.yaml'))).toBe(false)
})

test('the example brief is sound, is its text, and names a study for every claim', async () => {
  const root = path.join(import.meta.dirname, '../..')
  const text = await assay(root, 'brief', 'render', 'examples/brief.yaml', '--runs', path.join(scratch(), 'none'))
  expect(text.out.replaceAll(' [untested]', '')).toBe(fs.readFileSync(path.join(root, 'examples/brief.txt'), 'utf8'))
  const status = await assay(
    root,
    'brief',
    'status',
    'examples/brief.yaml',
    '--json',
    '--runs',
    path.join(scratch(), 'none'),
  )
  const { claims } = z
    .object({ claims: z.array(z.object({ status: z.literal('untested'), study: z.string(), next: z.string() })) })
    .parse(JSON.parse(status.out))
  expect(new Set(claims.map(({ study }) => study)).size).toBe(16)
})
