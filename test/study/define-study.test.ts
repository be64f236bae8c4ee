import { expect, test } from 'vitest'
import { plainScaffold } from '../../src/agent/index.ts'
import { cents, count, days, mean, pairedDifference, timeUntil } from '../../src/findings/index.ts'
import { defineStudy, exactly, levels, type StudySpec } from '../../src/study/index.ts'

const factors = { size: levels('small', 'large'), tools: levels('none', 'some').default('none', 'some') }
const outcome = { worth: cents(), sold: count(), lastSale: days().optionally() }

const spec: StudySpec<typeof factors, typeof outcome> = {
  name: 'typed',
  question: 'Does the compiler look?',
  factors,
  outcome,
  repeats: 3,
  tasks: ({ size }) => [
    { id: size, scaffold: plainScaffold, limits: {}, measure: () => ({ worth: 1, sold: 2, lastSale: undefined }) },
  ],
  controls: {
    idle: {
      property: 'Does nothing.',
      policy: () => [],
      varies: ['size'],
      reads: { worth: ({ size }) => exactly(size.length) },
    },
  },
  findings: [
    mean('worth', { by: ['agent', 'size'], cluster: 'seed' }),
    pairedDifference('worth', { factor: 'size', from: 'small', to: 'large', pair: 'seed' }),
    timeUntil('lastSale', { by: ['agent'], censoredBy: 'sold' }),
  ],
}

// What follows is read by the compiler: each line that it should refuse and does not is an error of its own.
test('a study that names what it has compiles, and what it has not does not', () => {
  expect(defineStudy(spec)).toMatchObject({ name: 'typed', figures: [] })

  defineStudy({
    ...spec,
    // @ts-expect-error -- no such measure
    findings: [mean('wealth', { by: ['agent'], cluster: 'seed' })],
  })
  defineStudy({
    ...spec,
    // @ts-expect-error -- no such factor to tell apart
    findings: [mean('worth', { by: ['colour'], cluster: 'seed' })],
  })
  defineStudy({
    ...spec,
    // @ts-expect-error -- no such factor to compare
    findings: [pairedDifference('worth', { factor: 'colour', from: 'small', to: 'large', pair: 'seed' })],
  })
  defineStudy({
    ...spec,
    // @ts-expect-error -- no such level
    findings: [pairedDifference('worth', { factor: 'size', from: 'small', to: 'huge', pair: 'seed' })],
  })
  defineStudy({
    ...spec,
    // @ts-expect-error -- a level of another factor
    findings: [pairedDifference('worth', { factor: 'size', from: 'small', to: 'none', pair: 'seed' })],
  })
  defineStudy({
    ...spec,
    // @ts-expect-error -- no such measure to censor by
    findings: [timeUntil('lastSale', { by: ['agent'], censoredBy: 'sales' })],
  })
  defineStudy({
    ...spec,
    // @ts-expect-error -- a measure that every trial must have is missing
    tasks: () => [{ id: 'x', scaffold: plainScaffold, limits: {}, measure: () => ({ worth: 1 }) }],
  })
  defineStudy({
    ...spec,
    tasks: ({ size }) => {
      // @ts-expect-error -- no such level
      if (size === 'huge') return []
      return []
    },
  })
  defineStudy({
    ...spec,
    // @ts-expect-error -- a control that reads what is not measured
    controls: { idle: { property: '', policy: () => [], reads: { wealth: () => exactly(0) } } },
  })
  defineStudy({
    ...spec,
    // @ts-expect-error -- a control that responds to what is not varied
    controls: { idle: { property: '', policy: () => [], varies: ['colour'], reads: {} } },
  })
  defineStudy({
    ...spec,
    // @ts-expect-error -- a standard level that the factor does not have
    factors: { ...factors, tools: levels('none', 'some').default('all') },
  })
})
