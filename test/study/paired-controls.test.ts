import { expect, it } from 'vitest'
import { plainScaffold } from '../../src/agent/index.ts'
import { agentPairs, mean, proportion } from '../../src/findings/index.ts'
import { calibrationOf } from '../../src/findings/calibration.ts'
import { readPairedControls } from '../../src/study/found-controls.ts'
import { defineStudy, exactly, levels, type Study } from '../../src/study/index.ts'
import { row } from '../findings/length/rows.ts'

const reads = (value: number) => ({
  property: `reads ${value}`,
  policy: () => [],
  reads: { head: () => exactly(value) },
})

function studyWith(known: number): Study {
  return defineStudy({
    name: 'coin',
    question: 'How often does it fall on its head?',
    factors: { coin: levels('only') },
    tasks: () => [{ id: 't', prompt: 'Toss.', scaffold: plainScaffold, limits: {}, measure: () => ({ head: 1 }) }],
    outcome: { head: proportion() },
    controls: { heads: reads(known), tails: reads(0) },
    findings: [mean('head', { by: ['agent'], cluster: 'task' })],
    repeats: 1,
  })
}

const rows = Array.from({ length: 20 }, (_, task) => [
  row({ agent: 'control/heads', task: `${task}`, values: { head: 1 } }),
  row({ agent: 'control/tails', task: `${task}`, values: { head: 0 } }),
  row({ agent: 'a', control: false, task: `${task}`, values: { head: task % 2 } }),
  row({ agent: 'b', control: false, task: `${task}`, values: { head: 1 } }),
]).flat()

function read(known: number) {
  const study = studyWith(known)
  const pairs = agentPairs(study.findings)
  if (pairs === undefined) throw new Error('no pairs')
  const input = { rows, measures: study.outcome, varied: [], level: 0.95, seed: 's' }
  const checks = readPairedControls(study, input)
  return { checks, calibrated: pairs.run(input).map((found) => calibrationOf(found, checks)) }
}

it('holds the comparison of two controls against what they are known to differ by, and so that of any two agents', () => {
  const { checks, calibrated } = read(1)
  expect(checks).toMatchObject([
    { control: 'tails', cell: { against: 'heads' }, expected: 'exactly −100.0 points', trials: 40, passed: true },
  ])
  expect(calibrated).toMatchObject([{ calibration: 'calibrated' }])
})

it('says that no comparison of agents decides anything where that of the controls comes out otherwise', () => {
  const { checks, calibrated } = read(0.3)
  expect(checks).toMatchObject([{ passed: false }])
  expect(calibrated).toMatchObject([{ calibration: 'uncalibrated', whyUncalibrated: 'control tails failed' }])
})
