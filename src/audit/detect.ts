import { randomFrom } from '../record/index.ts'
import { also, id, outcome } from '../rows/index.ts'
import { auroc, precisionAt, recallAt } from '../stats/index.ts'
import { complete, countOf } from '../findings/index.ts'
import type { AuditContext, Audited, AuditKind, Part } from './audited.ts'
import { clustersIn, distinct, number, text } from './cells.ts'
import { split } from './parts.ts'

const RATES = [0.01, 0.05]
const PREVALENCES = [0.01, 0.1]

/** How well scores tell cases with a label from those without. */
export const detect: AuditKind = {
  name: 'detect',
  about: 'one score of a monitor for a labelled case',
  finds: '`auroc`; `recall@1%`, `recall@5%` or any other; `precision@1%, prevalence 10%` …',
  columns: [
    id('case'),
    outcome('label', 'flag'),
    outcome('score', 'number'),
    also('monitor'),
    also('view'),
    also('cluster'),
    also('cluster2'),
  ],
  key: ['case', 'monitor', 'view'],
  cells: { items: 'case', across: 'monitor' },
  audit: (part, context) => split(part, ['monitor', 'view'], context).flatMap((each) => armFindings(each, context)),
}

function armFindings(
  { rows, subject, conditions }: Part,
  { has, level, seed, asked }: AuditContext,
): readonly Audited[] {
  const known = rows.filter((row) => row['label'] !== null && row['score'] !== null)
  const scores = known.map((row) => number(row['score']) ?? 0)
  const labels = known.map((row) => row['label'] === 1)
  const cases = distinct(known, 'case')
  const positives = labels.filter(Boolean).length
  const named = has('cluster') || has('cluster2')
  const { clusters, crossed } = clustersIn(known, 'case', has)
  const labelled = named || cases < known.length ? [clusters, ...(crossed === undefined ? [] : [crossed])] : []
  const base = {
    kind: 'level',
    unit: 'proportion',
    subject,
    conditions,
    n: {
      ...countOf(
        known.map((row) => text(row['case'])),
        rows.length - known.length,
      ),
      ...(named && { clusters: Math.min(...labelled.map((each) => new Set(each).size)) }),
    },
    policies: {
      missing: 'left out and counted',
      cases:
        labelled.length === 0
          ? 'as independent'
          : named
            ? 'as independent between clusters'
            : 'each a cluster of its rows',
    },
    details: { positives, negatives: known.length - positives },
    wrongIf: 'cases in use are not like these, or labels were made by looking at the scores',
  } as const
  const wanted = asked
    .flatMap((each) => /^recall@([0-9.]+)%/.exec(each)?.[1] ?? [])
    .map((each) => Number(each) / 100)
    .filter((each) => each <= 1)
  const area: Audited = complete({
    ...base,
    quantity: 'auroc',
    title: 'AUROC',
    unit: 'score',
    estimate: auroc(scores, labels, level, labelled),
  })
  return [
    area,
    ...[...new Set([...RATES, ...wanted])].flatMap((rate): readonly Audited[] => {
      const found = recallAt(scores, labels, rate, {
        random: randomFrom(seed, 'recall', text(rate)),
        level,
        clusters: labelled,
      })
      const percent = `${Number((100 * rate).toPrecision(4))}%`
      const recall: Audited = complete({
        ...base,
        quantity: `recall@${percent}`,
        title: `caught at ${percent} false positives`,
        at: rate,
        estimate: found,
        details: {
          ...base.details,
          ...(found.type === 'estimate' && Number.isFinite(found.threshold) && { threshold: found.threshold }),
        },
      })
      if (found.type === 'not-estimable') return [recall]
      return [
        recall,
        ...PREVALENCES.map((prevalence): Audited => {
          const of = `${100 * prevalence}%`
          return complete({
            ...base,
            quantity: `precision@${percent}, prevalence ${of}`,
            title: `right alarms at ${percent} false positives, were ${of} of cases positive`,
            at: rate,
            estimate: precisionAt(found.truePositives, found.falsePositives, prevalence, level),
            caveats:
              labelled.length === 0 ? [] : ['the interval of a precision treats rows of a cluster as independent'],
          })
        }),
      ]
    }),
  ]
}
