import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { anchorsOf, pages, proseOf, textOf } from './pages.ts'

test.each(pages)('every link of %s leads somewhere', (page) => {
  const links = [...proseOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link)
  const dead = links.filter((link) => {
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? page : path.join(path.dirname(page), file)
    return !fs.existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor))
  })
  expect(dead).toEqual([])
})

test('every page is in llms.txt', () => {
  const listed = [...textOf('llms.txt').matchAll(/\]\(([^)]+)\)/g)].map(([, file = '']) => file)
  const own = pages.filter((page) => page !== 'README.md')
  expect(own.filter((page) => !listed.includes(page))).toEqual([])
  expect(listed.filter((file) => !fs.existsSync(file))).toEqual([])
})

test('the README fits a screen or two, and names both commands', () => {
  const readme = textOf('README.md')
  expect(readme.split('\n').length).toBeLessThanOrEqual(71)
  expect(readme).toContain('npm ci && npm start')
  expect(readme).toContain('npm ci && npm test')
})
