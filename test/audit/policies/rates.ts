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

const once = (): number => 1

/** Two agents; the second did not do all tasks. */
function unequal(d: Draw): readonly Row[] {
  const easy = d.whole(60, 80) / 100
  return times(d.whole(50, 80), (task): readonly Row[] => [
    { agent: 'a', task: `t${task}`, score: d.coin(task % 3 === 0 ? 0.2 : easy) },
    ...(task % 3 === 0 && d.coin(0.8) === 1 ? [] : [{ agent: 'b', task: `t${task}`, score: d.coin(easy) }]),
  ]).flat()
}

/** A rate whose rows give the value, by what a policy is called. */
function rate(rows: readonly Row[], value: number, says: RegExp, more: Partial<Planted> = {}): Planted {
  return { kind: 'rate', rows, quantity: 'rate', value, says, ...more }
}

/** One number of each task. */
function byTask(rows: readonly Row[], of: (scores: readonly number[]) => number): number {
  return mean(groups(rows, 'task').map((own) => of(numbers(own))))
}

function credit(d: Draw): readonly Row[] {
  return trialsOf(d, once).map((row) => ({ ...row, score: [0, 0, 0.25, 0.5, 1, 1][d.whole(0, 5)] ?? 0 }))
}

/** How else a rate may have been counted. */
export const OF_RATES: Readonly<Record<string, (d: Draw) => Planted>> = {
  'rate: missing as failures'(d) {
    const rows = holed(d, trialsOf(d, once), 'score', 0.15)
    return rate(rows, sum(numbers(rows)) / rows.length, /missing as failure/)
  },
  'rate: the mean of task means'(d) {
    const rows = trialsOf(d, () => d.whole(1, 6))
    return rate(rows, byTask(rows, mean), /mean of task means/)
  },
  'rate: invalid trials as failures'(d) {
    const rows = trialsOf(d, once, () => ({ status: d.coin(0.2) === 1 ? 'invalid' : 'ok' }))
    return rate(rows, sum(numbers(having(rows, 'status', 'ok'))) / rows.length, /invalid as failure/)
  },
  'rate: errors left out'(d) {
    const rows = trialsOf(d, once).map((row) =>
      d.coin(0.15) === 1 ? { ...row, score: 0, status: 'API error' } : { ...row, status: 'done' },
    )
    return rate(rows, mean(numbers(having(rows, 'status', 'done'))), /errors and timeouts left out/)
  },
  'rate: tasks not done as failures'(d) {
    const rows = unequal(d)
    const value = sum(numbers(having(rows, 'agent', 'b'))) / groups(rows, 'task').length
    return rate(rows, value, /only other agents did counted as failures/, { quantity: 'rate@b' })
  },
  'rate: tasks that all agents did'(d) {
    const rows = unequal(d)
    const both = new Set(having(rows, 'agent', 'b').map((row) => row['task']))
    const own = having(rows, 'agent', 'a').filter((row) => both.has(row['task']))
    return rate(rows, mean(numbers(own)), /tasks that all/, { quantity: 'rate@a' })
  },
  'rate: of a stated number'(d) {
    const rows = trialsOf(d, once)
    const statedN = rows.length + d.whole(3, 20)
    return rate(rows, sum(numbers(rows)) / statedN, /stated/, { statedN })
  },
  'rate: rows that stand twice counted once'(d) {
    const own = trialsOf(d, () => 2)
    const again = own.filter((row) => row['score'] === 1 && d.coin(0.4) === 1)
    return rate([...own, ...again], mean(numbers(own)), /repeat another row counted once/)
  },
  'rate: the first trial of each task'(d) {
    const rows = trialsOf(d, () => d.whole(2, 5))
    return rate(
      rows,
      byTask(rows, ([first = 0]) => first),
      /first trial/,
    )
  },
  'rate: the best trial of each task'(d) {
    const rows = trialsOf(d, () => d.whole(2, 4))
    return rate(
      rows,
      byTask(rows, (scores) => Math.max(...scores)),
      /best trial/,
    )
  },
  'rate: the majority of each task'(d) {
    const rows = trialsOf(d, () => 3 + 2 * d.coin(0.5))
    return rate(
      rows,
      byTask(rows, (scores) => (mean(scores) > 0.5 ? 1 : 0)),
      /majority/,
    )
  },
  'rate: any credit as success'(d) {
    const rows = credit(d)
    return rate(rows, mean(numbers(rows).map((score) => (score > 0 ? 1 : 0))), /any credit/)
  },
  'rate: full credit alone as success'(d) {
    const rows = credit(d)
    return rate(rows, mean(numbers(rows).map((score) => (score === 1 ? 1 : 0))), /full credit/)
  },
  'rate: the mean of suites'(d) {
    const rows = trialsOf(d, once, (task) => ({
      suite: ['large', 'large', 'large', 'large', 'middle', 'middle', 'small'][task % 7] ?? '',
    })).map((row) => (row['suite'] === 'small' ? { ...row, score: d.coin(0.9) } : row))
    const value = mean(groups(rows, 'suite').map((own) => mean(numbers(own))))
    return rate(rows, value, /mean over suite/, { by: ['suite'] })
  },
  'rate: the mean of clusters'(d) {
    const rows = trialsOf(d, once, (task) => ({ cluster: `c${Math.floor(Math.sqrt(task))}` }))
    const value = mean(groups(rows, 'cluster').map((own) => mean(numbers(own))))
    return rate(rows, value, /mean of cluster means/)
  },
  'rate: cut off and not rounded'(d) {
    const rows = trialsOf(d, once)
    return rate(rows, mean(numbers(rows)), /cut off/, { digits: 1, cut: true })
  },
  'pass^3: missing as failures'(d) {
    const rows = holed(
      d,
      trialsOf(d, () => 4),
      'score',
      0.05,
    )
    const all = groups(rows, 'task').map((own) => {
      const won = sum(numbers(own))
      return (won * (won - 1) * (won - 2)) / (4 * 3 * 2)
    })
    return rate(rows, mean(all), /missing as failure/, { quantity: 'pass^3' })
  },
}
