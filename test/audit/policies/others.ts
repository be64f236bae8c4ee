import {
  type Draw,
  groups,
  having,
  holed,
  mean,
  numbers,
  type Planted,
  type Row,
  sum,
  times,
  trialsOf,
} from './planted.ts'

function verdicts(d: Draw, raters: number): readonly Row[] {
  return times(d.whole(60, 90), (pair) => {
    const p = d.whole(2, 8) / 10
    return times(raters, (rater) => ({
      pair: `p${pair}`,
      ...(raters > 1 && { rater: `r${rater}` }),
      verdict: d.coin(0.2) === 1 ? 'tie' : d.coin(p) === 1 ? 'left' : 'right',
    }))
  }).flat()
}

const count = (rows: readonly Row[], verdict: string): number => having(rows, 'verdict', verdict).length

function wins(rows: readonly Row[], value: number, says: RegExp): Planted {
  return { kind: 'pairs', rows, quantity: 'wins', value, says }
}

/** Attacks that stopped when they succeeded, or were cut off somewhere. */
function attacks(d: Draw): readonly Row[] {
  return times(d.whole(60, 90), (i) => {
    const success = d.coin(0.4)
    const spend = success === 1 ? d.whole(1, 40) : d.whole(5, 60)
    return { case: `c${i}`, success, spend, cap: success === 1 ? 60 : spend }
  })
}

const LAYERS = ['filter', 'judge', 'prompt']

function layers(d: Draw): readonly Row[] {
  return times(d.whole(60, 90), (i) => LAYERS.map((layer) => ({ case: `c${i}`, layer, breached: d.coin(0.35) }))).flat()
}

function breach(rows: readonly Row[], layer: string, value: number, says: RegExp, statedN?: number): Planted {
  const stated = statedN === undefined ? {} : { statedN }
  return { kind: 'layers', rows, quantity: `breach@${layer}`, value, says, ...stated }
}

function labels(d: Draw, raters: () => number): readonly Row[] {
  return times(d.whole(40, 70), (i) =>
    times(raters(), (rater) => ({ item: `i${i}`, rater: `r${rater}`, label: d.coin(0.7) === 1 ? 'good' : 'bad' })),
  ).flat()
}

/** How else shares of attacks, layers, verdicts, pay and labels may have been counted. */
export const OF_OTHERS: Readonly<Record<string, (d: Draw) => Planted>> = {
  'budget: missing as failures'(d) {
    const rows = holed(d, attacks(d), 'success', 0.12)
    const value = sum(numbers(rows, 'success')) / rows.length
    return { kind: 'budget', rows, quantity: 'success', value, says: /missing as failure/ }
  },
  'budget: another judge'(d) {
    const rows = times(d.whole(50, 90), (i) =>
      ['strict', 'lenient'].map((judge) => ({ case: `c${i}`, judge, success: d.coin(judge === 'strict' ? 0.3 : 0.5) })),
    ).flat()
    const value = mean(numbers(having(rows, 'judge', 'lenient'), 'success'))
    return { kind: 'budget', rows, quantity: 'success@strict', value, says: /judge lenient/ }
  },
  'budget: attacks that were cut off as failures'(d) {
    const rows = attacks(d)
    const within = having(rows, 'success', 1).filter((row) => Number(row['spend']) <= 30)
    return {
      kind: 'budget',
      rows,
      quantity: 'success@30',
      value: within.length / rows.length,
      says: /censored as failures/,
    }
  },
  'budget: cases that all attacks met'(d) {
    const rows = times(d.whole(60, 80), (i) =>
      (i % 4 === 0 ? ['pair'] : ['pair', 'tap']).map((attack) => ({
        case: `c${i}`,
        attack,
        success: d.coin(i % 4 === 0 ? 0.1 : 0.5),
      })),
    ).flat()
    const met = new Set(having(rows, 'attack', 'tap').map((row) => row['case']))
    const own = having(rows, 'attack', 'pair').filter((row) => met.has(row['case']))
    return {
      kind: 'budget',
      rows,
      quantity: 'success@pair',
      value: mean(numbers(own, 'success')),
      says: /cases that all/,
    }
  },
  'layers: missing as held'(d) {
    const rows = holed(d, layers(d), 'breached', 0.12)
    const own = having(rows, 'layer', 'judge')
    return breach(rows, 'judge', sum(numbers(own, 'breached')) / own.length, /missing as held/)
  },
  'layers: missing as breached'(d) {
    const rows = holed(d, layers(d), 'breached', 0.12)
    const own = having(rows, 'layer', 'judge')
    return breach(rows, 'judge', 1 - having(own, 'breached', 0).length / own.length, /missing as breached/)
  },
  'layers: cases that all layers met'(d) {
    const rows = layers(d).filter((row) => row['layer'] !== 'prompt' || d.coin(0.7) === 1)
    const met = new Set(having(rows, 'layer', 'prompt').map((row) => row['case']))
    const own = having(rows, 'layer', 'judge').filter((row) => met.has(row['case']))
    return breach(rows, 'judge', mean(numbers(own, 'breached')), /cases that all/)
  },
  'layers: of a stated number'(d) {
    const rows = layers(d)
    const own = having(rows, 'layer', 'filter')
    const statedN = own.length + d.whole(3, 15)
    return breach(rows, 'filter', sum(numbers(own, 'breached')) / statedN, /stated/, statedN)
  },
  'pairs: ties as halves'(d) {
    const rows = verdicts(d, 1)
    return wins(rows, (count(rows, 'left') + count(rows, 'tie') / 2) / rows.length, /ties as half wins/)
  },
  'pairs: ties left out'(d) {
    const rows = verdicts(d, 1)
    return wins(rows, count(rows, 'left') / (rows.length - count(rows, 'tie')), /ties left out/)
  },
  'pairs: missing as losses'(d) {
    const rows = holed(d, verdicts(d, 1), 'verdict', 0.1)
    return wins(rows, count(rows, 'left') / rows.length, /missing as losses/)
  },
  'pairs: the majority of raters'(d) {
    const rows = verdicts(d, 3)
    const won = groups(rows, 'pair').map((own) => (count(own, 'left') > own.length / 2 ? 1 : 0))
    return wins(rows, mean(won), /majority/)
  },
  'pairs: verdicts that differ are ties'(d) {
    const rows = verdicts(d, 2)
    const won = groups(rows, 'pair').map((own) => (count(own, 'left') === own.length ? 1 : 0))
    return wins(rows, mean(won), /differ.*as ties/)
  },
  'earnings: counts and not dollars'(d) {
    const rows = trialsOf(d, () => 1).map(({ task = '', score = '' }) => ({ task, score, price: 25 * d.whole(1, 40) }))
    return { kind: 'earnings', rows, quantity: 'earned share', value: mean(numbers(rows)), says: /counts, not dollars/ }
  },
  'agree: every pair of labels alike'(d) {
    const rows = labels(d, () => d.whole(2, 5))
    const pairs = groups(rows, 'item').flatMap((own) =>
      own.flatMap((a, i) => own.slice(i + 1).map((b) => (a['label'] === b['label'] ? 1 : 0))),
    )
    return { kind: 'agree', rows, quantity: 'raw', value: mean(pairs), says: /every pair of labels alike/ }
  },
  'agree: items on which all agree'(d) {
    const rows = labels(d, () => 3)
    const alike = groups(rows, 'item').map((own) => (new Set(own.map((row) => row['label'])).size === 1 ? 1 : 0))
    return { kind: 'agree', rows, quantity: 'raw', value: mean(alike), says: /on which all/ }
  },
}
