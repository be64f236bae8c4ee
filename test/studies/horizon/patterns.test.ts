import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { workspaceFamilies } from '../../../src/tasks/index.ts'
import { PATTERNS } from './patterns/index.ts'

const LENGTHS = [4, 8, 16, 32, 64, 128]
const SEEDS = 40
const page = fs.readFileSync(path.join(import.meta.dirname, '../../../docs/studies/horizon.md'), 'utf8')

/** Share of tasks that a script of patterns solves, in percent, at each length. */
function solved(name: string, credulous: boolean): readonly string[] {
  const family = workspaceFamilies.find((each) => each.name === name)
  return LENGTHS.map((steps) => {
    let won = 0
    for (let seed = 0; seed < SEEDS; seed++) {
      const task = family?.make(steps, `held ${seed}`)
      const made = task === undefined ? {} : PATTERNS[name]?.(task.files, credulous)
      if (task?.check({ ...task.files, ...made }).score === 1) won++
    }
    return `${Math.round((100 * won) / SEEDS)}%`
  })
}

test.each(Object.keys(PATTERNS))(
  'a script of patterns solves what the page says of %s, ever less with length',
  (name) => {
    const knowing = solved(name, false)
    const credulous = solved(name, true)
    expect(page).toContain(`| ${name} | every form of words | ${knowing.join(' | ')} |`)
    expect(page).toContain(`| ${name} | and takes decoys for true | ${credulous.join(' | ')} |`)
  },
)
