import { randomFrom } from '../record/index.ts'
import { also, id, outcome, type Row } from '../rows/index.ts'
import { clusterProportion, krippendorffAlpha, strengths } from '../stats/index.ts'
import { complete, countEach, countOf, shareOf } from '../findings/index.ts'
import { agreementVariants, rawAgreement } from './agreement.ts'
import type { AuditContext, Audited, AuditKind, Part, Variant } from './audited.ts'
import { distinct, mean, text } from './cells.ts'
import { split } from './parts.ts'

/** Wins, ties and losses; strengths; agreement of raters; order bias. */
export const pairs: AuditKind = {
  name: 'pairs',
  about: 'one verdict between two answers',
  finds:
    '`wins`, `ties`, `losses`, `wins+ties`, `half-ties`; `strength` (Davidson) where left and right are named; `agreement`, `alpha` with raters; `first wins` or `left wins`',
  columns: [
    id('pair'),
    outcome('verdict', 'verdict'),
    also('rater'),
    also('left'),
    also('right'),
    also('task'),
    also('stratum'),
    also('order', 'side', 'which side was shown first: left or right'),
  ],
  key: ['pair', 'rater', 'order'],
  cells: { items: 'pair', across: 'rater' },
  audit: (part, context) => {
    const seenFrom = players(part, context)
    const strata = context.has('stratum') ? split(part, ['stratum'], context) : []
    const shares = [part, ...strata].flatMap((each) => sharesOf(each, seenFrom, context))
    return [...shares, ...strengthsOf(part, context), ...agreementOf(part, context), ...orderOf(part, context)]
  },
}

type Result = 'win' | 'tie' | 'loss'

interface Seen {
  readonly result: Result
  readonly pair: string
  readonly cluster: string
}

function players(part: Part, { has }: AuditContext): readonly string[] {
  if (!has('left') || !has('right')) return ['left']
  const names = [...new Set(part.rows.flatMap((row) => [text(row['left']), text(row['right'])]))]
  // Of two players one's losses are the other's wins.
  return names.length === 2 ? names.toSorted().slice(0, 1) : names
}

function seenBy(player: string, rows: readonly Row[], { has }: AuditContext): readonly Seen[] {
  const named = has('left') && has('right')
  return rows.flatMap((row): readonly Seen[] => {
    const verdict = row['verdict']
    const side = !named || row['left'] === player ? 'left' : row['right'] === player ? 'right' : undefined
    if (side === undefined || verdict === null) return []
    const result = verdict === 'tie' ? 'tie' : verdict === side ? 'win' : 'loss'
    return [{ result, pair: text(row['pair']), cluster: text(row['task'] ?? row['pair']) }]
  })
}

const QUANTITIES: readonly {
  readonly name: string
  readonly title: string
  readonly worth: Readonly<Record<Result, number>>
}[] = [
  { name: 'wins', title: 'wins', worth: { win: 1, tie: 0, loss: 0 } },
  { name: 'ties', title: 'ties', worth: { win: 0, tie: 1, loss: 0 } },
  { name: 'losses', title: 'losses', worth: { win: 0, tie: 0, loss: 1 } },
  { name: 'wins+ties', title: 'wins or ties', worth: { win: 1, tie: 1, loss: 0 } },
  { name: 'half-ties', title: 'wins, ties as halves', worth: { win: 1, tie: 0.5, loss: 0 } },
]

function sharesOf(part: Part, seenFrom: readonly string[], context: AuditContext): readonly Audited[] {
  return seenFrom.flatMap((player) => {
    const involved = part.rows.filter(
      (row) => !context.has('left') || row['left'] === player || row['right'] === player,
    )
    const judged = involved.filter((row) => row['verdict'] !== null)
    const seen = seenBy(player, judged, context)
    if (seen.length === 0) return []
    const count = (result: Result): number => seen.filter((each) => each.result === result).length
    const [won, tied, lost] = [count('win'), count('tie'), count('loss')]
    const clusters = seen.map((each) => each.cluster)
    const n = {
      ...countOf(clusters, involved.length - seen.length),
      tasks: distinct(judged, context.has('task') ? 'task' : 'pair'),
    }
    const independent = n.clusters === seen.length
    return QUANTITIES.map(({ name, title, worth }): Audited => {
      const values = seen.map((each) => worth[each.result])
      const total = values.reduce((a, b) => a + b, 0)
      const binary = name !== 'half-ties'
      return {
        ...complete({
          quantity: name,
          title: `${title}${player === 'left' ? ' of the left side' : ''}`,
          kind: 'level',
          unit: 'proportion',
          subject: player === 'left' ? part.subject : { type: 'model', name: player },
          conditions: { ...part.conditions, ...(player !== 'left' && { agent: player }) },
          estimate: shareOf(values, clusters, context.level),
          n,
          policies: { missing: 'left out and counted', ties: TIES[name] ?? 'counted apart' },
          details: { wins: won, ties: tied, losses: lost },
          wrongIf: 'raters could tell who made what, or these tasks are not like the ones you care about',
        }),
        variants: ['wins', 'wins+ties', 'half-ties'].includes(name)
          ? [...tieVariants(won, tied, lost, n.missing), ...onePerPair(seen, worth)]
          : [],
        ...(binary && { won: total }),
        ...(binary && independent && { share: { successes: total, n: seen.length } }),
      }
    })
  })
}

const TIES: Readonly<Record<string, string>> = { wins: 'none', 'wins+ties': 'whole', 'half-ties': 'half' }

function tieVariants(won: number, tied: number, lost: number, missing: number): readonly Variant[] {
  const decided = won + lost
  const all = decided + tied
  return [
    { policy: 'ties as whole wins', value: (won + tied) / all },
    { policy: 'ties as half wins', value: (won + tied / 2) / all },
    { policy: 'ties as no wins', value: won / all },
    ...(decided > 0 ? [{ policy: 'ties left out', value: won / decided }] : []),
    ...(missing > 0
      ? [
          { policy: 'ties as whole wins, missing as losses', value: (won + tied) / (all + missing) },
          { policy: 'ties as half wins, missing as losses', value: (won + tied / 2) / (all + missing) },
          { policy: 'ties as no wins, missing as losses', value: won / (all + missing) },
          { policy: 'missing as ties, ties as half wins', value: (won + (tied + missing) / 2) / (all + missing) },
        ]
      : []),
  ]
}

/** One result for each pair that was judged more than once. */
function onePerPair(seen: readonly Seen[], worth: Readonly<Record<Result, number>>): readonly Variant[] {
  const pairs = [...Map.groupBy(seen, ({ pair }) => pair).values()]
  if (pairs.length === seen.length) return []
  const agreed = pairs.flatMap((own) =>
    own.every(({ result }) => result === own[0]?.result) ? (own[0]?.result ?? []) : [],
  )
  const apart = pairs.length - agreed.length
  return [
    ...(pairs.some((own) => own.length > 2)
      ? [
          {
            policy: 'the majority of the verdicts on each pair, a tie without one',
            value: mean(pairs.map((own) => worth[majorityOf(own)])),
          },
        ]
      : []),
    {
      policy: 'every pair alike, however many verdicts it has',
      value: mean(pairs.map((own) => mean(own.map(({ result }) => worth[result])))),
    },
    {
      policy: 'verdicts that differ on a pair as ties',
      value: (agreed.reduce((total, each) => total + worth[each], 0) + apart * worth.tie) / pairs.length,
    },
    ...(agreed.length > 0
      ? [{ policy: 'pairs on which verdicts differ left out', value: mean(agreed.map((each) => worth[each])) }]
      : []),
  ]
}

function majorityOf(seen: readonly Seen[]): Result {
  const results: readonly Result[] = ['win', 'loss']
  return results.find((each) => 2 * seen.filter(({ result }) => result === each).length > seen.length) ?? 'tie'
}

/** Davidson's strengths, where both sides are named. */
function strengthsOf(part: Part, { has, level }: AuditContext): readonly Audited[] {
  if (!has('left') || !has('right')) return []
  const known = part.rows.filter((row) => row['verdict'] !== null && row['left'] !== row['right'])
  const met = Map.groupBy(known, (row) => JSON.stringify([text(row['left']), text(row['right'])].toSorted()))
  // Verdicts of several raters on one pair are one contest in parts, not several.
  const judged = Map.groupBy(known, (row) => text(row['pair']))
  const contests = [...met.values()].map((rows) => {
    const [a = '', b = ''] = [text(rows[0]?.['left']), text(rows[0]?.['right'])].toSorted()
    const winners = rows.map((row) => ({
      winner: row['verdict'] === 'tie' ? '' : text(row[text(row['verdict'])]),
      weight: 1 / (judged.get(text(row['pair']))?.length ?? 1),
    }))
    const count = (who: string): number =>
      winners.reduce((total, { winner, weight }) => total + (winner === who ? weight : 0), 0)
    return { a, b, aWins: count(a), bWins: count(b), ties: count('') }
  })
  if (contests.length === 0) return []
  const fit = strengths(contests, 'Davidson', level)
  const base = {
    quantity: 'strength',
    title: 'log-strength (Davidson; their sum is 0)',
    kind: 'level',
    unit: 'score',
    policies: { ties: "Davidson's third outcome", missing: 'left out and counted', pairs: 'each weighs one contest' },
    wrongIf:
      'strengths are not transitive, or verdicts on pairs of one task are not independent (the errors treat them so)',
  } as const
  const n = (rows: readonly Row[]): Audited['n'] => ({
    ...countOf(
      rows.map((row) => text(row['pair'])),
      part.rows.length - known.length,
    ),
  })
  if (fit.type === 'not-estimable')
    return [complete({ ...base, subject: part.subject, conditions: part.conditions, estimate: fit, n: n(known) })]
  return fit.players.map(({ player, value, standardError, interval }) =>
    complete({
      ...base,
      subject: { type: 'model', name: text(player) },
      conditions: { ...part.conditions, agent: text(player) },
      estimate: { type: 'estimate', value, standardError, interval },
      n: n(known.filter((row) => row['left'] === player || row['right'] === player)),
      details: { ...(fit.tie !== undefined && { tie: fit.tie.value }) },
    }),
  )
}

function agreementOf(part: Part, { has, level, seed }: AuditContext): readonly Audited[] {
  if (!has('rater') || distinct(part.rows, 'rater') < 2) return []
  const codes = ['left', 'right', 'tie']
  const items = [...Map.groupBy(part.rows, (row) => JSON.stringify([row['pair'], row['order']])).values()]
  const units = items.map((rows) =>
    rows.map((row) => (row['verdict'] === null ? undefined : codes.indexOf(text(row['verdict'])))),
  )
  const rated = items
    .map((rows) => rows.flatMap((row) => (row['verdict'] === null ? [] : [text(row['verdict'])])))
    .filter((verdicts) => verdicts.length > 1)
  const base = {
    kind: 'correlation',
    unit: 'score',
    subject: part.subject,
    conditions: part.conditions,
    n: { ...countEach(rated.length, items.length - rated.length), trials: rated.flat().length },
    policies: { missing: 'pairs rated once are left out and counted' },
    wrongIf: 'raters saw one another’s verdicts',
  } as const
  const alpha = krippendorffAlpha(units, 'nominal', { random: randomFrom(seed, 'alpha'), level })
  return [
    {
      ...complete({
        ...base,
        quantity: 'agreement',
        title: 'raw agreement of raters',
        kind: 'level',
        unit: 'proportion',
        estimate: rawAgreement(rated, level),
      }),
      variants: agreementVariants(rated),
    },
    complete({ ...base, quantity: 'alpha', title: 'Krippendorff α of raters', estimate: alpha }),
  ]
}

/** Whether the side that is shown first wins more than half of what is decided. */
function orderOf(part: Part, { has, level }: AuditContext): readonly Audited[] {
  const named = has('left') && has('right')
  if (!has('order') && !named) return []
  const decided = part.rows.filter(
    (row) => row['verdict'] !== null && row['verdict'] !== 'tie' && (!has('order') || row['order'] !== null),
  )
  const values = decided.map((row) => (row['verdict'] === (has('order') ? row['order'] : 'left') ? 1 : 0))
  const shown = decided.map((row) => text(row['pair']))
  return [
    complete({
      quantity: has('order') ? 'first wins' : 'left wins',
      title: has('order')
        ? 'wins of the side shown first, of what was decided'
        : 'wins of the left side, of what was decided',
      kind: 'level',
      unit: 'proportion',
      subject: part.subject,
      conditions: part.conditions,
      estimate: clusterProportion(values, shown, level),
      n: countOf(shown, part.rows.length - decided.length),
      policies: { ties: 'left out' },
      wrongIf: 'sides were not assigned by chance: then this is not a bias of position',
    }),
  ]
}
