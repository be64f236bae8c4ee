import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findStudy, writeStarter } from '../../src/project/index.ts'
import { builtIn, loadBuiltIn } from '../../src/studies/index.ts'
import { checkStudy } from '../../src/study/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { toyStudy } from '../run/toy-study.ts'

/** The study that `init` writes, with one text in it changed. */
async function changed(from: string, to: string): Promise<string> {
  const folder = temporaryFolder()
  writeStarter(folder)
  const file = path.join(folder, 'sums.study.ts')
  const text = fs.readFileSync(file, 'utf8')
  expect(text).toContain(from)
  // The suite's loader knows no package of this name.
  const door = path.join(import.meta.dirname, '../../src/index.ts')
  fs.writeFileSync(file, text.replace(from, to).replace("'assay'", JSON.stringify(door)))
  return findStudy(file, {}).then(
    () => 'loads',
    (cause: unknown) => (cause instanceof Error ? cause.message.replace(file, 'sums.study.ts') : ''),
  )
}

describe('a study of one’s own with a name that is wrong is refused when it is loaded, in one line', () => {
  test.each([
    ['nothing', 'Does the agent', 'Does an agent', /^loads$/],
    ['a field that must be there', 'repeats: 20', 'repeat: 20', / has no repeats\. It has repeat: write repeats\. /],
    [
      'a check',
      "answerCheck('number'",
      "answerCheck('nubmer'",
      /^sums\.study\.ts: The task sum .*There is no check "nubmer"/,
    ],
    [
      'a measure',
      "mean('correct'",
      "mean('corect'",
      /The finding mean\(corect\) reads the measure "corect", which is not there\. Did you mean correct\? Measures: correct\.$/,
    ],
    [
      'a measure of a pair',
      "pairedDifference('correct'",
      "pairedDifference('right'",
      /reads the measure "right", which is not there\./,
    ],
    [
      'a factor of by',
      "'agent', 'length'",
      "'agent', 'lenght'",
      /The finding mean\(correct\) names the factor "lenght", .* Did you mean length\?/,
    ],
    [
      'a factor',
      "factor: 'length'",
      "factor: 'size'",
      /names the factor "size", which is not there\. Factors: agent, length\./,
    ],
    ['a level', "to: 'three'", "to: 'tree'", /names the level "length=tree", .* Did you mean length=three\?/],
    [
      'a default level',
      "default('one', 'three')",
      "default('one', 'thre')",
      /The factor length has the default "thre", .* Did you mean three\?/,
    ],
    [
      'a cluster',
      "cluster: 'seed'",
      "cluster: 'sead'",
      /has the cluster "sead", which is not there\. Did you mean seed\?/,
    ],
    ['a pair', "pair: 'seed'", "pair: 'sed'", /has the pair "sed"/],
    [
      'a measure of reads',
      'reads: { correct: () => exactly(1) }',
      'reads: { corrct: () => exactly(1) }',
      /The control adder reads the measure "corrct"/,
    ],
    [
      'a factor in reads',
      'correct: () => exactly(1)',
      'correct: ({ lengt }) => exactly(lengt ? 0 : 1)',
      /The control adder, reads\.correct takes the factor "lengt", .* Did you mean length\?/,
    ],
    [
      'a level in reads',
      'correct: () => exactly(1)',
      "correct: ({ length }) => exactly(length === 'thre' ? 1 : 1)",
      /compares with "thre", which is not a level\. Did you mean three\?/,
    ],
    [
      'a quantity in finds',
      'reads: { correct: () => exactly(1) }',
      "reads: {}, finds: { 'mean(corect)': () => 1 }",
      /The control adder finds the quantity "mean\(corect\)", .* Did you mean mean\(correct\)\?/,
    ],
    [
      'a field of a control',
      "property: 'answers nothing'",
      "property: 'answers nothing', vary: []",
      /The control silent has the field "vary", which is not there\./,
    ],
    [
      'a field of the study',
      'repeats: 20',
      'repeats: 20, figure: []',
      /The study has the field "figure", .* Did you mean figures\?/,
    ],
    ['repeats', 'repeats: 20', 'repeats: 0', /repeats must be a whole number, 1 or more\. It is 0\./],
    [
      'a field of a task',
      'limits: { turns: 1 },',
      'limits: { turns: 1 }, promt: "x",',
      /The task sum has the field "promt", .* Did you mean prompt\?/,
    ],
    [
      'a limit',
      'limits: { turns: 1 }',
      'limits: { turn: 1 }',
      /The task sum, limits has the field "turn", .* Did you mean turns\?/,
    ],
    [
      'a factor in tasks',
      'tasks: ({ length }, seed) => {',
      'tasks: ({ lenght: length }, seed) => {',
      /tasks takes the factor "lenght", .* Did you mean length\?/,
    ],
    [
      'a measure that a task gives',
      '({ correct: answerCheck',
      '({ corect: answerCheck',
      /The task sum measures "corect", which is not there\. Did you mean correct\?/,
    ],
    [
      'a measure of checks',
      'checks: VALIDATED_ANSWERS',
      'checks: { corect: VALIDATED_ANSWERS }',
      /checks names the measure "corect", .* Did you mean correct\?/,
    ],
    [
      'a measure of expected',
      'repeats: 20',
      "repeats: 20, expected: [{ measure: 'corect', source: 'me' }]",
      /expected names the measure "corect"/,
    ],
    [
      'a level of expected',
      'repeats: 20',
      "repeats: 20, expected: [{ measure: 'correct', where: { length: 'thre' }, source: 'me' }]",
      /expected names the level "thre", which is not there\. Did you mean three\?/,
    ],
    [
      'a factor of expected',
      'repeats: 20',
      "repeats: 20, expected: [{ measure: 'correct', where: { lenght: 'one' }, source: 'me' }]",
      /expected names the factor "lenght", .* Did you mean length\?/,
    ],
    [
      'a factor of varies',
      "property: 'answers nothing'",
      "property: 'answers nothing', varies: ['lenght']",
      /The control silent varies with "lenght", .* Did you mean length\?/,
    ],
    [
      'an option of mean',
      "cluster: 'seed' }",
      "cluster: 'seed', titel: 'x' }",
      /mean\(correct\) has the option "titel", .* Did you mean title\?/,
    ],
  ])('%s', async (_, from, to, message) => {
    const said = await changed(from, to)
    expect(said).toMatch(message)
    expect(said).not.toContain('\n')
    expect(said.length).toBeLessThanOrEqual(300)
  })
})

test.each(builtIn)('the built-in study %s has no name that is wrong', async (name) => {
  const study = await loadBuiltIn(name)
  if (study === undefined) throw new Error('no study')
  checkStudy(study)
})

test('a study whose tasks break for want of a cell breaks as it always did', () => {
  const study = toyStudy()
  const broken = {
    ...study,
    tasks: () => {
      throw new Error('no file')
    },
  }
  expect(() => checkStudy(broken)).toThrow('broke while making its tasks: no file')
})
