import { expect, expectTypeOf, test } from 'vitest'
import { defineCommand } from '../../src/cli/command.ts'
import { parseOption } from '../../src/cli/option.ts'

// The expectations on types hold where `tsc` passes; that they are made at all is what each test asserts.

test('the type of every value follows from how its option is declared', () => {
  const { options } = defineCommand({
    arguments: '<pot> [cup] [guests...]',
    summary: 'make tea',
    options: {
      strong: { type: 'flag', says: 'twice the leaves' },
      leaf: { type: 'choice', value: '<kind>', of: ['green', 'black'], says: 'which' },
      milk: { type: 'choice', value: '<kind>', of: ['cow', 'oat'], says: 'which', default: 'oat' },
      spoons: { type: 'whole', value: '<n>', says: 'of sugar' },
      minutes: { type: 'number', value: '<n>', says: 'how long', default: 3 },
      to: { type: 'list', value: '<name>', says: 'for whom' },
      set: { type: 'pairs', value: '<what=how>', says: 'what else' },
      temperatures: { type: 'numbers', value: '<a,b>', says: 'from, to' },
      kettle: { type: 'text', value: '<file>', says: 'which kettle', needed: 'Name a kettle.' },
    },
    examples: ['assay brew pot'],
    run([pot, cup, guests], given) {
      expectTypeOf(pot).toEqualTypeOf<string>()
      expectTypeOf(cup).toEqualTypeOf<string | undefined>()
      expectTypeOf(guests).toEqualTypeOf<readonly string[]>()
      expectTypeOf(given.strong).toEqualTypeOf<boolean>()
      expectTypeOf(given.leaf).toEqualTypeOf<'green' | 'black' | undefined>()
      expectTypeOf(given.milk).toEqualTypeOf<'cow' | 'oat'>()
      expectTypeOf(given.spoons).toEqualTypeOf<number | undefined>()
      expectTypeOf(given.minutes).toEqualTypeOf<number>()
      expectTypeOf(given.to).toEqualTypeOf<readonly string[]>()
      expectTypeOf(given.set).toEqualTypeOf<readonly (readonly [string, string])[]>()
      expectTypeOf(given.temperatures).toEqualTypeOf<readonly number[] | undefined>()
      expectTypeOf(given.kettle).toEqualTypeOf<string>()
      return Promise.resolve(0)
    },
  })
  expect(Object.keys(options)).toHaveLength(9)
})

const work = ({ minutes }: { readonly minutes: number | undefined }): number => minutes ?? 3

test('a misspelt option fails the compiler, in the command and in what does the work', () => {
  defineCommand({
    arguments: '',
    summary: 'make tea',
    options: { minutes: { type: 'whole', value: '<n>', says: 'how long' } },
    examples: [],
    run(_none, options) {
      // @ts-expect-error -- there is no option "minuts"
      expect(options.minuts).toBeUndefined()
      work(options)
      return Promise.resolve(0)
    },
  })
  defineCommand({
    arguments: '',
    summary: 'make tea',
    options: { minuts: { type: 'whole', value: '<n>', says: 'how long' } },
    examples: [],
    run(_none, options) {
      // @ts-expect-error -- what does the work needs "minutes"
      work(options)
      return Promise.resolve(0)
    },
  })
  expect.assertions(0)
})

interface Case {
  readonly spec: Parameters<typeof parseOption>[1]
  readonly good: Readonly<Record<string, unknown>>
  readonly bad: Readonly<Record<string, string>>
}

const of = (spec: Case['spec']): Case['spec'] => spec
const cases: readonly Case[] = [
  {
    spec: of({ type: 'whole', value: '<n>', says: '', from: 1 }),
    good: { 1: 1, 20: 20 },
    bad: { 2.5: '--it must be a whole number, 1 or more. You gave 2.5.', ' ': 'You gave nothing.', 0: 'You gave 0.' },
  },
  { spec: of({ type: 'whole', value: '<n>', says: '', to: 9 }), good: { 0: 0 }, bad: { 10: 'from 0 to 9' } },
  {
    spec: of({ type: 'number', value: '<n>', says: '' }),
    good: { '-2.5': -2.5 },
    bad: { x: 'must be a number. You gave x', Infinity: 'number' },
  },
  {
    spec: of({ type: 'dollars', value: '<$>', says: '' }),
    good: { 0.5: 0.5 },
    bad: { '-3': '--it must be above $0. You gave -3.', 0: 'above $0' },
  },
  { spec: of({ type: 'share', value: '<s>', says: '' }), good: { 0: 0, 1: 1 }, bad: { 1.1: 'from 0 to 1' } },
  {
    spec: of({ type: 'share', value: '<s>', says: '', inner: true }),
    good: { 0.5: 0.5 },
    bad: { 1: 'between 0 and 1' },
  },
  {
    spec: of({ type: 'numbers', value: '<a>', says: '', above: 0 }),
    good: { '1,2.5': [1, 2.5] },
    bad: { '1,': 'You gave 1,.', '1,0': 'above 0' },
  },
  {
    spec: of({ type: 'choice', value: '<c>', says: '', of: ['a', 'b', 'c'] }),
    good: { b: 'b' },
    bad: { d: '--it must be a, b or c. You gave d.' },
  },
  {
    spec: of({ type: 'pairs', value: '<factor=levels>', says: '' }),
    good: { 'a=b=c': [['a', 'b=c']] },
    bad: { a: '--it a is not of the form factor=levels.', 'a=': 'form' },
  },
]

test.each(cases)('a value of type $spec.type is read, or refused in one line', ({ spec, good, bad }) => {
  for (const [text, value] of Object.entries(good)) expect(parseOption('--it', spec, text, undefined)).toEqual(value)
  for (const [text, why] of Object.entries(bad))
    expect(() => parseOption('--it', spec, text, undefined)).toThrow(
      expect.objectContaining({ code: 'cli/usage', message: expect.stringContaining(why) }),
    )
})

test('an option that may be said more than once gathers what it is given', () => {
  const list = parseOption('--it', of({ type: 'list', value: '<a>', says: '' }), 'b', ['a'])
  expect(list).toEqual(['a', 'b'])
})
