import { also, id, outcome } from '../rows/index.ts'
import { correctedRatio, correctedShare, shareCorrelation, shareRatio } from '../stats/index.ts'
import { complete, shareOf, type Analysed } from '../findings/index.ts'
import { agreement } from './agree.ts'
import type { AuditContext, Audited, AuditKind, Part, Variant } from './audited.ts'
import { average, rulesOf, type Says, valueOf } from './coding-rules.ts'
import { type CodedItem, codedItems, KEY, keyBias, keyProblem, rightness, rightOf, type Side } from './coders.ts'

/** How common errors are that people coded, by who made them, and how far the coders can be believed. */
export const coded: AuditKind = {
  name: 'coded',
  about: 'one label that a coder gave a piece of work',
  finds:
    '`rate(label)` of each author, `rate(label, severity)`, `rate(label), corrected` for the coders’ errors; `relative risk(label: a → b)`, the same `, corrected`; `sensitivity(label)`, `specificity(label)` against the key; `raw`, `fleiss`, `alpha`, `kappa(a, b)`',
  columns: [
    id('item'),
    id('coder', 'text', '`key` is the label settled in the end'),
    outcome('label', 'text'),
    also('severity'),
    also('author'),
    also('matter', 'text', 'what items are clustered by'),
  ],
  key: ['item', 'coder'],
  cells: { items: 'item', across: 'coder' },
  audit: (part, context) => {
    const all = codedItems(part.rows)
    const table: Coded = {
      part,
      all,
      items: all.filter(({ codings }) => codings.length > 0),
      authors: context.has('author') ? [...new Set(all.map(({ author }) => author))] : [],
      context,
    }
    const coders = part.rows.filter((row) => String(row['coder']).toLowerCase() !== KEY)
    return [
      ...wantedLabels(table).flatMap((wanted) => [
        ...rates(table, wanted),
        ...risks(table, wanted),
        ...errorsOf(table, wanted),
      ]),
      ...agreement({ ...part, rows: coders.map((row) => ({ ...row, rater: row['coder'] ?? null })) }, context),
    ]
  },
}

interface Coded {
  readonly part: Part
  /** With those that the key alone labelled. */
  readonly all: readonly CodedItem[]
  readonly items: readonly CodedItem[]
  readonly authors: readonly string[]
  readonly context: AuditContext
}

interface Wanted {
  readonly name: string
  readonly says: Says
}

/** Labels that say that nothing is wrong. */
const NOTHING = /^(0|no|none|ok|correct|false|right|clean|no error)$/i
/** Beyond this many labels the rare ones are left out. */
const MOST_LABELS = 8
/** Beyond this many authors they are not compared in pairs. */
const MOST_AUTHORS = 6

function wantedLabels({ items }: Coded): readonly Wanted[] {
  const counts = Map.groupBy(
    items.flatMap(({ codings }) => codings.map(({ label }) => label)),
    (label) => label,
  )
  const labels = [...counts].toSorted(([, a], [, b]) => b.length - a.length).map(([label]) => label)
  const wrong = labels.filter((label) => !NOTHING.test(label))
  const named = (labels.length === 2 && wrong.length === 1 ? wrong : labels).slice(0, MOST_LABELS)
  const single = named.map((name): Wanted => ({ name, says: (label) => label === name }))
  const any: Wanted = { name: 'any error', says: (label) => !NOTHING.test(label) }
  return wrong.length > 1 && wrong.length < labels.length ? [any, ...single] : single
}

function sideOf(items: readonly CodedItem[], says: Says): Side {
  return { values: items.map((item) => valueOf(item, says)), clusters: items.map(({ matter }) => matter) }
}

const WRONG =
  'coders knew who wrote what, the key is wrong itself, or coders err more with one author than with another'

function countOf(items: readonly CodedItem[], missing = 0): Analysed['n'] {
  const clusters = new Set(items.map(({ matter }) => matter)).size
  return { trials: items.length, tasks: items.length, clusters, invalid: 0, missing }
}

function rates(table: Coded, wanted: Wanted): readonly Audited[] {
  const { part, items, authors, context } = table
  const groups = authors.length === 0 ? [undefined] : [undefined, ...authors]
  return groups.flatMap((author) => {
    const own = author === undefined ? items : items.filter((each) => each.author === author)
    if (own.length === 0) return []
    const conditions = { ...part.conditions, ...(author !== undefined && { author }) }
    const { values, clusters } = sideOf(own, wanted.says)
    const estimate = shareOf(values, clusters, context.level)
    const lost = table.all.filter((each) => author === undefined || each.author === author).length - own.length
    const base = {
      kind: 'level',
      unit: 'proportion',
      subject: part.subject,
      conditions,
      n: countOf(own, lost),
      wrongIf: WRONG,
    } as const
    const policies = {
      coders: 'an item counts by the share of its coders who say so',
      cluster: context.has('matter') ? 'matter' : 'item',
    }
    const rate: Audited = {
      ...complete({
        ...base,
        quantity: `rate(${wanted.name})`,
        title: `items coded ${wanted.name}`,
        estimate,
        policies,
      }),
      variants: rulesOf(items).flatMap(({ policy, value }): readonly Variant[] => {
        const found = average(own, (item) => value(item, wanted.says))
        return found === undefined ? [] : [{ policy, value: found }]
      }),
    }
    const severities = context.has('severity')
      ? [...new Set(own.flatMap((item) => severitiesOf(item, wanted.says)))]
      : []
    return [
      rate,
      ...correctedRate(table, wanted, { ...base, policies }, estimate),
      ...severities.map((severity) =>
        complete({
          ...base,
          quantity: `rate(${wanted.name}, ${severity})`,
          title: `items coded ${wanted.name}, ${severity}`,
          estimate: shareOf(
            own.map((item) => severeOf(item, wanted.says, severity)),
            clusters,
            context.level,
          ),
          policies,
        }),
      ),
    ]
  })
}

function severitiesOf({ codings }: CodedItem, says: Says): readonly string[] {
  return codings.flatMap(({ label, severity }) => (says(label) && severity !== '' ? [severity] : []))
}

function severeOf(item: CodedItem, says: Says, severity: string): number {
  return severitiesOf(item, says).filter((each) => each === severity).length / item.codings.length
}

type Base = Pick<Analysed, 'unit' | 'subject' | 'conditions' | 'n' | 'wrongIf' | 'policies' | 'kind'>

function correctedRate(
  { all, context }: Coded,
  { name, says }: Wanted,
  base: Base,
  read: Analysed['estimate'],
): readonly Audited[] {
  const { sensitivity, specificity } = rightness(all, says)
  const [found, spared] = [rightOf(sensitivity, context.level), rightOf(specificity, context.level)]
  const problem = keyProblem(all) ?? (found === undefined || spared === undefined ? tooFew(name) : undefined)
  const bias = keyBias(all, says)
  const estimate: Analysed['estimate'] =
    problem !== undefined || found === undefined || spared === undefined
      ? { type: 'not-estimable', reason: problem ?? '' }
      : read.type === 'estimate'
        ? correctedShare({ ...read, sensitivity: found, specificity: spared })
        : read
  return [
    complete({
      ...base,
      quantity: `rate(${name}), corrected`,
      title: `items with ${name}, corrected for the coders’ errors`,
      estimate,
      policies: { ...base.policies, correction: 'Rogan–Gladen; coders as good with every author' },
      caveats: problem === undefined && bias !== undefined ? [bias] : [],
    }),
  ]
}

function tooFew(name: string): string {
  return `the key has ${name} in fewer than 2 clusters, or in all but one, so nothing says how often coders err`
}

function risks(table: Coded, wanted: Wanted): readonly Audited[] {
  const { part, items, authors, all, context } = table
  if (authors.length > MOST_AUTHORS) return []
  const pairs = authors.flatMap((from, i) => authors.slice(i + 1).map((to) => [from, to] as const))
  const spared = rightOf(rightness(all, wanted.says).specificity, context.level)
  const problem = keyProblem(all) ?? (spared === undefined ? tooFew(wanted.name) : undefined)
  return pairs.flatMap(([first, second]) => {
    const [from, to] = [first, second].map((author) => items.filter((each) => each.author === author))
    if (from === undefined || to === undefined || from.length === 0 || to.length === 0) return []
    const [a, b] = [sideOf(from, wanted.says), sideOf(to, wanted.says)]
    const base = {
      kind: 'ratio',
      unit: 'score',
      subject: { type: 'pair', from: first, to: second },
      conditions: part.conditions,
      n: countOf([...from, ...to]),
      wrongIf: WRONG,
    } as const
    const policies = {
      coders: 'an item counts by the share of its coders who say so',
      cluster: context.has('matter') ? 'matter' : 'item',
      ...(pairs.length > 1 && { comparisons: `${pairs.length}, intervals not corrected for their number` }),
    }
    const quantity = `relative risk(${wanted.name}: ${first} → ${second})`
    const title = `how many times as often ${wanted.name}: ${second} over ${first}`
    const [read, other] = [a, b].map(({ values, clusters }) => shareOf(values, clusters, context.level))
    const known =
      read?.type === 'estimate' && other?.type === 'estimate' && spared !== undefined && problem === undefined
    return [
      {
        ...complete({ ...base, quantity, title, estimate: shareRatio(a, b, context.level), policies }),
        variants: rulesOf(items).flatMap(({ policy, value }): readonly Variant[] => {
          const [x, y] = [from, to].map((own) => average(own, (item) => value(item, wanted.says)))
          return x === undefined || y === undefined || x === 0 ? [] : [{ policy, value: y / x }]
        }),
      },
      complete({
        ...base,
        quantity: `${quantity}, corrected`,
        title: `${title}, corrected for the coders’ errors`,
        estimate: known
          ? correctedRatio(read, other, spared, shareCorrelation(a, b))
          : { type: 'not-estimable', reason: problem ?? 'a share without an interval' },
        policies: { ...policies, correction: 'false alarms taken from both; coders as good with every author' },
      }),
    ]
  })
}

/** What the key says of each coder, and of all of them. */
function errorsOf({ part, all, context }: Coded, { name, says }: Wanted): readonly Audited[] {
  if (keyProblem(all) !== undefined) return []
  const coders = [...new Set(all.flatMap(({ codings }) => codings.map(({ coder }) => coder)))]
  return [undefined, ...(coders.length > 1 ? coders : [])].flatMap((coder) => {
    const sides = rightness(all, says, coder)
    return (['sensitivity', 'specificity'] as const).flatMap((side): readonly Audited[] => {
      const { values, clusters } = sides[side]
      if (values.length === 0) return []
      const found: Audited = complete({
        quantity: `${side}(${name})`,
        title:
          side === 'sensitivity'
            ? `coders find ${name} where the key has it`
            : `coders say no ${name} where the key says so`,
        kind: 'level',
        unit: 'proportion',
        subject: coder === undefined ? part.subject : { type: 'rater', name: coder },
        conditions: { ...part.conditions, ...(coder !== undefined && { coder }) },
        estimate: shareOf(values, clusters, context.level),
        n: { trials: values.length, tasks: values.length, clusters: new Set(clusters).size, invalid: 0, missing: 0 },
        policies: { cluster: context.has('matter') ? 'matter' : 'item' },
        wrongIf: 'the key is wrong itself, or it was set with the coders’ labels in sight',
      })
      return [found]
    })
  })
}
