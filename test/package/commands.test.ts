import { expect, test } from 'vitest'
import * as door from '../../src/index.ts'
import { assay, scratch } from '../cli/assay.ts'

const given = { ...door }

/** The functions of the package that do what each command does. */
const doing: Readonly<Record<string, readonly (keyof typeof given)[]>> = {
  studies: ['studiesHere', 'findStudy'],
  plan: ['makePlan', 'powerQuestions', 'detectable'],
  power: ['powerQuestions', 'detectable', 'assumptionsText', 'purchase'],
  run: ['findStudy', 'startRun'],
  resume: ['resumeRun'],
  runs: ['runNames', 'readRun'],
  show: ['readOneRun', 'caseGrid', 'findingParagraph', 'seriesFigure', 'readEvents'],
  compare: ['compareRuns'],
  replicate: ['planReplication', 'startRun', 'recordedTerms', 'judgeReplication'],
  pool: ['poolRuns', 'forestRows', 'intervalFigure'],
  export: ['readOneRun', 'exportRun'],
  gate: ['parsePolicy', 'gate', 'junit', 'gateMarkdown'],
  audit: ['audit', 'readMap', 'readRecode', 'readPublished'],
  validate: ['validateCorpus'],
  brief: ['makeBrief', 'importText', 'checkBrief', 'renderText', 'briefStatus', 'linkRun', 'draftBrief'],
  view: ['projectSource', 'pageFolder', 'serveViewer', 'exportViewer'],
  models: ['pullModel', 'openModel', 'tryTools', 'serveChatCompletions'],
  steer: ['openInside', 'findDirection', 'heldOutByLayer'],
  import: ['readTranscripts', 'rowsOfTranscripts'],
  init: ['writeStarter'],
  doctor: ['machineChecks'],
}

/** Commands that do nothing of their own. */
const shows = ['tour']

test('what a command does, a function of the package does', async () => {
  const { out } = await assay(scratch(), '--help')
  const [, list = ''] = out.split(/^Commands:$|^Example:$/m)
  const listed = list.matchAll(/^ {2}([a-z]+) /gm)
  const commands = [...listed].map(([, name = '']) => name).filter((name) => name !== 'help')
  expect(commands.toSorted()).toEqual([...Object.keys(doing), ...shows].toSorted())
  for (const [command, names] of Object.entries(doing))
    for (const name of names) expect(typeof given[name], `${command}: ${name}`).toBe('function')
})
