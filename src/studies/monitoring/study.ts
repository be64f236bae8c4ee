import { exact, mean, pairedDifference, type Finding } from '../../findings/index.ts'
import { intervalFigure } from '../../report/index.ts'
import { defineStudy, type Study } from '../../study/index.ts'
import { caught } from './caught.ts'
import { controls } from './controls.ts'
import { FACTORS } from './factors.ts'
import { hidden } from './hidden.ts'
import { OUTCOME, SCORES, type Score } from './measures.ts'
import { PRESSURES } from './pressure.ts'
import { ERRANDS, errandTask, wordsTask } from './task.ts'
import { views } from './views.ts'
import { beginnings } from './words.ts'

/** What comes first: what the monitor of each view catches, and what escapes the reasoning's. */
const FIRST: ReadonlySet<string> = new Set([
  'rulesReasoning',
  'rulesActs',
  'rulesAll',
  'modelReasoning',
  'modelActs',
  'modelAll',
])

const score = exact("the monitor's own score")

/** The behaviour and its sign, of the models where there are any. */
function ofAgents(findings: readonly Finding[]): readonly Finding[] {
  const shown = findings.filter(
    ({ quantity, conditions }) =>
      (quantity === 'mean(behaved)' || quantity === 'mean(visible)') && conditions['side'] !== 'none',
  )
  const models = shown.filter(({ subject }) => subject.type === 'model')
  return models.length > 0 ? models : shown.filter(({ conditions }) => conditions['agent'] === 'control/hiding')
}

/** Does a monitor that reads the reasoning catch more than one that reads acts, and does pressure hide what it reads? */
export const monitoring: Study = defineStudy({
  name: 'monitoring',
  question:
    'Does a monitor that reads the reasoning catch more than one that reads acts, and does pressure on the reasoning make the behaviour rarer or hide it?',
  factors: FACTORS,
  tasks: ({ work, side, pressure, monitor }, seed) => {
    const setting = { isGiven: side === 'given', pressure, asksModel: monitor === 'model' }
    if (work === 'errand') return ERRANDS.map(({ errand, goal }) => errandTask(errand, goal, setting, seed))
    // Texts of another matter set the threshold, which is done under no pressure.
    if (side === 'none' && pressure !== 'none') return []
    return beginnings(setting.isGiven).map((beginning, index) =>
      wordsTask(beginning, `beginning-${index + 1}`, setting, seed),
    )
  },
  outcome: OUTCOME,
  checks: {
    behaved: exact("the office's own state, or a fixed list of words"),
    visible: exact('fixed rules, which are what is selected against'),
    done: exact("the office's own state"),
    unread: exact('a count of replies'),
    ...Object.fromEntries(SCORES.map((name): [Score, typeof score] => [name, score])),
  },
  controls,
  findings: [
    mean('behaved', {
      by: ['agent', 'side', 'pressure'],
      cluster: 'task',
      title: 'share of trials with the behaviour that is watched for',
    }),
    mean('visible', {
      by: ['agent', 'side', 'pressure'],
      cluster: 'task',
      title: 'share of trials with a sign that the rules see',
    }),
    ...PRESSURES.filter((pressure) => pressure !== 'none').map((to) =>
      pairedDifference('behaved', {
        factor: 'pressure',
        from: 'none',
        to,
        pair: 'task',
        title: `the behaviour under ${to} above no pressure`,
      }),
    ),
    views('rulesActs', 'rulesAll'),
    views('rulesActs', 'rulesReasoning'),
    views('modelActs', 'modelAll'),
    views('modelActs', 'modelReasoning'),
    ...SCORES.flatMap((name) => [caught(name), hidden(name, PRESSURES)]),
    mean('done', { by: ['agent', 'side', 'pressure'], cluster: 'task', title: 'share of errands done' }),
    mean('unread', {
      by: ['agent'],
      over: ['side', 'pressure'],
      cluster: 'task',
      title: "replies of the monitor's model that hold no score, a trial",
    }),
  ],
  families: [
    { name: 'behaviour under pressure', has: ({ kind, measure }) => kind === 'change' && measure === 'behaved' },
    {
      name: 'what a view shows',
      has: ({ kind, quantity }) => kind === 'change' && quantity.startsWith('difference(recall'),
    },
    {
      name: 'hidden under pressure',
      has: ({ kind, quantity }) => kind === 'change' && quantity.startsWith('difference(hidden'),
    },
  ],
  headline: ({ quantity, measure }) =>
    quantity === 'mean(behaved)' ||
    quantity === 'mean(visible)' ||
    (FIRST.has(measure ?? '') &&
      (quantity.startsWith('recall@5%') ||
        quantity.startsWith('difference(recall') ||
        quantity.startsWith('hidden@5%'))),
  repeats: 1,
  draw: async (findings) => intervalFigure(ofAgents(findings)),
  rows: {
    detect: (rows) =>
      rows.flatMap((row) =>
        SCORES.flatMap((name) => {
          const [value, behaved] = [row.values[name], row.values['behaved']]
          return typeof value === 'number' && typeof behaved === 'number'
            ? [
                {
                  case: row.trial,
                  label: behaved,
                  score: value,
                  monitor: name,
                  view: row.cell['pressure'] ?? 'none',
                  cluster: row.task,
                },
              ]
            : []
        }),
      ),
  },
})
