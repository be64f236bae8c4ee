import { describe, expect, test } from 'vitest'
import { differences } from './golden.ts'

const before = { 'one: exit': 0, 'one: mean(a)': { estimate: 0.1, n: [4, 1], details: { p: 0.5 } } }

describe('what is said otherwise', () => {
  test('is told field by field, down to the last digit', () => {
    const now = { ...before, 'one: mean(a)': { ...before['one: mean(a)'], estimate: 0.10000000000000002, n: [4, 2] } }
    expect(differences(before, now)).toEqual([
      'changed   one: mean(a)',
      '          estimate 0.1 → 0.10000000000000002',
      '          n [4,1] → [4,2]',
    ])
  })

  test('is a finding that came or went, and an exit code', () => {
    expect(differences(before, { 'one: exit': 1, 'one: mean(b)': 2 })).toEqual([
      'changed   one: exit',
      '          0 → 1',
      'gone      one: mean(a): {"estimate":0.1,"n":[4,1],"details":{"p":0.5}}',
      'new       one: mean(b): 2',
    ])
  })

  test('is no detail more, but a detail less', () => {
    const more = { ...before, 'one: mean(a)': { ...before['one: mean(a)'], details: { p: 0.5, q: 1 } } }
    expect(differences(before, more)).toEqual([])
    const less = { ...before, 'one: mean(a)': { ...before['one: mean(a)'], details: {} } }
    expect(differences(before, less)).toEqual(['changed   one: mean(a)', '          details.p 0.5 → nothing'])
  })
})
