import { describe, expect, test } from 'vitest'
import { rehearse, workspaceFamilies } from '../../../src/tasks/index.ts'
import { plainWorkplace } from './plain-workplace.ts'

const SEEDS = ['a', 'b', 'c', 'd', 'e']
const ofFiles = workspaceFamilies.filter(({ shortest }) => !shortest.tools.includes('bash'))

describe.each(ofFiles)('the family $name', (family) => {
  test('1,000 steps are solved on files alone', async () => {
    const task = family.make(1000, 'alone')
    const { files } = await rehearse(task, plainWorkplace(task.files))
    expect(task.check(files).score).toBe(1)
  })

  test('facts are needed soon, late and very late after they are shown', async () => {
    const task = family.make(1000, 'ages')
    const { shown } = await rehearse(task, plainWorkplace(task.files))
    const ages = task.solution.flatMap(({ needs = [] }, act) => needs.map((id) => act - (shown.get(id)?.[0] ?? NaN)))
    for (const [from, to] of [
      [1, 4],
      [5, 20],
      [20, 100],
      [100, 400],
      [400, 1000],
    ] as const)
      expect(ages.filter((age) => age >= from && age < to).length).toBeGreaterThan(3)
  })
})

describe.each(workspaceFamilies)('the family $name', (family) => {
  test('a task of 1,000 steps takes a moment to make and fits everywhere', () => {
    // Processor time, for other processes do not count; in milliseconds.
    const times = SEEDS.map((seed) => {
      const before = process.cpuUsage()
      family.make(1000, seed)
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    })
    expect(Math.min(...times)).toBeLessThan(1_000)
    const { files, instruction } = family.make(1000, 'size')
    const sizes = Object.values(files).map((text) => text.length)
    expect(Math.max(...sizes)).toBeLessThan(4000)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(600_000)
    expect(sizes.length).toBeLessThan(3000)
    expect(instruction.length).toBeLessThan(3000)
  })
})
