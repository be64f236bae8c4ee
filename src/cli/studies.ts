import { findStudy, readConfig, studiesHere } from '../project/index.ts'
import { makePlan, type Study } from '../study/index.ts'
import type { Unit } from '../findings/index.ts'
import { counted } from '../report/index.ts'
import type { Answer } from './command.ts'
import { stylesOf, type Terminal } from './terminal.ts'

/** `assay studies [study]` */
export async function studies(terminal: Terminal, name: string | undefined): Promise<Answer> {
  const config = await readConfig()
  if (name !== undefined) {
    const { study } = await findStudy(name, config)
    describe(terminal, study)
    return 0
  }
  const found = await studiesHere(config)
  for (const study of found) terminal.print(`${terminal.style('bold', study.name)}  ${study.question}`)
  terminal.print(
    `\nSee one with: assay studies ${found[0]?.name ?? ''}. Ask questions of your own with: assay run cases.csv, assay init`,
  )
  terminal.document(found.map(({ name: each, question }) => ({ name: each, question })))
  return 0
}

function describe(terminal: Terminal, study: Study): void {
  const { bold, dim } = stylesOf(terminal)
  const tasks = tasksOf(study)
  terminal.print(`${bold(study.name)}  ${study.question}`)
  terminal.print(`\n${bold('Factors')} (default levels are in [brackets])`)
  for (const [name, factor] of Object.entries(study.factors)) {
    terminal.print(`  ${name}: ${factor.levels.join(', ')} ${dim(`[${factor.standard.join(', ')}]`)}`)
  }
  terminal.print(`\n${bold('Tasks')} (${tasks.length} in the default cells, ${counted(study.repeats, 'repeat')})`)
  terminal.print(`  ${tasks.slice(0, 20).join(', ')}${tasks.length > 20 ? ', …' : ''}`)
  terminal.print(`\n${bold('Measures')}`)
  for (const [name, measure] of Object.entries(study.outcome)) {
    terminal.print(`  ${name}: ${UNIT_TEXTS[measure.unit]}${measure.optional ? ' (optional)' : ''}`)
  }
  terminal.print(`\n${bold('Controls')} (in every run)`)
  for (const [name, control] of Object.entries(study.controls)) terminal.print(`  ${name}: ${control.property}`)
  terminal.print(`\n${bold('Findings')}`)
  for (const { name } of study.findings) terminal.print(`  ${name}`)
  terminal.document({
    name: study.name,
    question: study.question,
    factors: study.factors,
    tasks,
    repeats: study.repeats,
    measures: study.outcome,
    controls: Object.entries(study.controls).map(([name, { property }]) => ({ name, property })),
    findings: study.findings.map(({ name, options }) => ({ name, options })),
  })
}

/** The unit of a measure, as people say it. */
const UNIT_TEXTS: Readonly<Record<Unit, string>> = {
  cents: 'dollars',
  count: 'number',
  days: 'days',
  proportion: 'share of trials',
  score: 'score, no unit',
  tokens: 'tokens',
  ms: 'milliseconds',
  minutes: 'minutes',
}

function tasksOf(study: Study): readonly string[] {
  const request = {
    models: ['any'],
    set: {},
    repeats: 1,
    seed: '1',
    controls: 'off',
    sampling: {},
    limits: {},
  } as const
  return [...new Set(makePlan(study, request, new Map()).trials.map((trial) => trial.task))]
}
