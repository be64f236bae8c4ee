import { expect, test } from 'vitest'
import { newMeters } from '../../../src/agent/meters.ts'
import { workOf, workScaffold, workTask } from '../../../src/studies/work/index.ts'

const scaffold = workScaffold('plain', 'none', { template: 'chat' })
const task = workTask(workOf('form', 2, 'speed'), { tools: 'files', scaffold })

function speed(callMs: number, busyMs: number, workingMs = callMs): number | undefined {
  if (task.runner !== undefined) throw new Error('work is done in the agent’s own loop')
  const meters = { ...newMeters(), outputTokens: 100, callMs, busyMs, workingMs }
  const { tokensPerSecond } = task.measure({
    status: 'completed',
    stop: 'submitted',
    text: '',
    views: [],
    facts: [],
    recall: [],
    meters,
  })
  return tokensPerSecond
}

test('tokens a second are of the time that calls took, not of the tools', () => {
  expect(speed(1_000, 0, 60_000)).toBe(100)
})

test('a speed that other work of this process may have slowed down is not reported', () => {
  expect(speed(1_000, 100)).toBe(100)
  expect(speed(1_000, 101)).toBeUndefined()
})
