import { expect, test } from 'vitest'
import {
  keyed,
  keyedCell,
  renamed,
  renamedCell,
  renamedEvent,
  renamedFields,
  renamedQuantity,
  renamedRowFields,
  wholeCell,
} from '../../src/record/aliases.ts'
import type { Json } from '../../src/record/index.ts'

/** Old and new of one thing in a design, a request, a test or a finding. */
const pairs: readonly (readonly [study: string, old: Json, now: Json])[] = [
  ['vending', { cell: { hands: 'direct', scaffold: 'shown' } }, { cell: { delegation: 'none', scaffold: 'few-shot' } }],
  ['vending', { set: { hands: ['direct', 'subagent'] } }, { set: { delegation: ['none', 'subagent'] } }],
  [
    'vending',
    {
      name: 'difference(netWorth: hands direct → subagent)',
      options: { factor: 'hands', from: 'direct', to: 'subagent' },
    },
    {
      name: 'difference(netWorth: delegation none → subagent)',
      options: { factor: 'delegation', from: 'none', to: 'subagent' },
    },
  ],
  ['vending', { controls: [{ name: 'once', reads: [] }] }, { controls: [{ name: 'one-order', reads: [] }] }],
  ['vending', { agent: 'control/competent' }, { agent: 'control/careful' }],
  [
    'layers',
    { attack: 'attack', ordinary: 'ordinary', adaptive: ['staged'] },
    { attack: 'attack', ordinary: 'benign', adaptive: ['staged'] },
  ],
  [
    'breach',
    { spend: 'queries', attack: 'attacker', arm: 'ordinary' },
    { spend: 'queries', attack: 'attacker', arm: 'benign' },
  ],
  ['breach', { opening: 'none', defence: 'none' }, { prefill: 'off', defence: 'none' }],
  ['layers', { attack: 'wordings' }, { attack: 'each-template' }],
  [
    'introspection',
    { controls: [{ name: 'blind', property: 'a toy that never notices anything', reads: [] }] },
    { controls: [{ name: 'blind', property: 'scripted: never notices anything', reads: [] }] },
  ],
  ['horizon', { factor: 'window', from: ['own', '8k'] }, { factor: 'window', from: ['model', '8k'] }],
  // Every study's scaffolds say who helps.
  ['mine', { scaffolds: [{ name: 'plain', hands: 'direct' }] }, { scaffolds: [{ name: 'plain', delegation: 'none' }] }],
  // Nothing else of a study that has other names is touched.
  ['mine', { cell: { hands: 'direct', scaffold: 'plain' } }, { cell: { hands: 'direct', scaffold: 'plain' } }],
]

test.each(pairs)('%s: %j is %j now, and hashes are made of the old one', (study, old, now) => {
  expect(renamed(study, old)).toEqual(now)
  expect(renamed(study, now)).toEqual(now)
  expect(keyed(study, now)).toEqual(old)
})

test('fields that were called otherwise are read, in whatever study', () => {
  const check = { control: 'able', observed: '1', true: true }
  expect(renamed('mine', { standing: 'partial', controls: [check] })).toEqual({
    standing: 'incomplete',
    controls: [{ control: 'able', measured: '1', passed: true }],
  })
  expect(renamedRowFields({ trial: 't', lost: 2 })).toEqual({ trial: 't', unanswered: 2 })
  const canary = { type: 'note', topic: 'canary', data: { sings: true } }
  expect(renamedEvent('mine', canary)).toEqual({ ...canary, data: { passes: true } })
})

test('a factor that came later moves no id at the level that all had before, and an old trial is at that level', () => {
  const cell = { size: 'v1', delegation: 'none' }
  expect(keyedCell('vending', { ...cell, messages: 'none' })).toEqual({ size: 'v1', hands: 'direct' })
  expect(keyedCell('vending', { ...cell, messages: '2000' })).toEqual({ size: 'v1', hands: 'direct', messages: '2000' })
  expect(wholeCell('vending', { size: 'v1', hands: 'direct' })).toEqual({ ...cell, messages: 'none' })
  expect(wholeCell('mine', cell)).toEqual(cell)
})

test('a journal of before says its warnings as one of now', () => {
  expect(renamedFields({ type: 'compaction', amiss: 'cut' })).toEqual({ type: 'compaction', warning: 'cut' })
  const recall = { type: 'note', topic: 'recall', data: { fact: 'a', amiss: 'no reply' } }
  expect(renamedFields(recall)).toEqual({ ...recall, data: { fact: 'a', warning: 'no reply' } })
  const own = { type: 'note', topic: 'mine', data: { amiss: 1 } }
  expect(renamedFields(own)).toBe(own)
})

test('quantities and conditions of a claim are read', () => {
  expect(renamedQuantity('layers', 'worth')).toBe('contribution')
  expect(renamedCell('vending', { agent: 'control/promised', scaffold: 'plain' })).toEqual({
    agent: 'control/trusting',
    scaffold: 'zero-shot',
  })
})
