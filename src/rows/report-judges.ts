import { isNamed, plainName } from './column-names.ts'
import { NUMBER } from './loaded.ts'
import { numbersIn, type Profiled, type ReportItem } from './report-item.ts'
import { filled, name } from './sql.ts'

/** Share of rows on which two judges differ from which on it is told; fewer differences are chance, or a hard case. */
const OFTEN = 0.1
const FEWEST = 3

/** Two judges of the same rows, or rows of one trial under several judges, that differ often. */
export async function judgesIn(input: Profiled): Promise<readonly ReportItem[]> {
  return [...(await besideOneAnother(input)), ...(await underOneAnother(input))]
}

/** A verdict in one way of writing it. */
const verdict = (column: string): string => {
  const text = `lower(${filled(name(column))})`
  return `case when ${text} in ('1', '1.0', 'true', 'yes', 'y', 'pass', 'passed', 'correct') then '1' when ${text} in ('0', '0.0', 'false', 'no', 'n', 'fail', 'failed', 'incorrect') then '0' else ${text} end`
}

/** Columns with at most this many different values are verdicts; scores of more steps differ without being at odds. */
const STEPS = 3
/** Columns that are compared with one another. */
const MOST = 8

async function besideOneAnother({ database, columns, won }: Profiled): Promise<readonly ReportItem[]> {
  const verdicts = columns.filter(({ values }) => values >= 2 && values <= STEPS).map(({ column }) => column)
  const pairs = verdicts.flatMap((a, i) => verdicts.slice(i + 1).map((b) => [a, b] as const))
  const items: ReportItem[] = []
  for (const [a, b] of pairs.filter((pair) => judgeTheSame(...pair, won)).slice(0, (MOST * (MOST - 1)) / 2)) {
    const found = await database.query(
      `select a, b, count(*) as n, min(n, 3) as first from (select ${verdict(a)} as a, ${verdict(b)} as b, ${name(NUMBER)} as n from mapped) where a is not null and b is not null group by 1, 2`,
    )
    const [as, bs] = [new Set(found.map((row) => row['a'])), new Set(found.map((row) => row['b']))]
    // Words of their own are another question, not another answer.
    if ([...as].filter((each) => bs.has(each)).length < 2) continue
    const differing = found.filter((row) => row['a'] !== row['b'])
    const count = (of: typeof found): number => of.reduce((all, row) => all + Number(row['n']), 0)
    if (count(differing) < FEWEST || count(differing) < OFTEN * count(found)) continue
    const rows = differing.flatMap((row) => numbersIn(row['first'])).toSorted((x, y) => x - y)
    items.push({
      check: 'judges',
      count: count(differing),
      text: `of ${count(found)} rows are judged otherwise by ${a} than by ${b}: the result depends on the judge`,
      rows: rows.slice(0, 3),
    })
  }
  return items
}

const ABOUT_JUDGES = /^(?:score|label|grade|rating|correct|success|passed|verdict|jailbroken|unsafe|harmful)$/
const WHO = /^(?:gpt|claude|gemini|llama|qwen|mistral|deepseek|human|expert|auto|llm|model|judge|grader|[ab12])/

/** Whether the names say that two columns answer one question. */
function judgeTheSame(a: string, b: string, won: string | undefined): boolean {
  const judges = [a, b].filter((each) => each === won || isNamed(each, 'judge'))
  if (judges.length === 2) return true
  const [x, y] = [plainName(a), plainName(b)]
  if (y.startsWith(`${x}_`) || x.startsWith(`${y}_`)) return !/_\d+$/.test(x) && !/_\d+$/.test(y)
  const [xs, ys] = [x.split('_'), y.split('_')]
  const shared = xs.filter((each) => ys.includes(each) && ABOUT_JUDGES.test(each))
  const own = [...xs.filter((each) => !ys.includes(each)), ...ys.filter((each) => !xs.includes(each))]
  return shared.length > 0 && own.length > 0 && own.every((each) => WHO.test(each))
}

async function underOneAnother({ database, checked, kind, columns }: Profiled): Promise<readonly ReportItem[]> {
  const { won } = kind
  const judge = columns.find(({ column, values }) => isNamed(column, 'judge') && values >= 2 && values <= MOST)?.column
  if (won === undefined || judge === undefined || !checked.columns.has(won)) return []
  const key = kind.key.filter((each) => checked.columns.has(each) && each !== 'judge' && each !== judge)
  const by = key.map((each) => `k.${name(each)}`).join(', ')
  const [row] = await database.query(
    `select count(*) as n, count(*) filter (where low <> high) as differ, min(first, 3) filter (where low <> high) as first from
       (select min(k.${name(won)}) as low, max(k.${name(won)}) as high, min(k.${name(NUMBER)}) as first from kept k join mapped m using (${name(NUMBER)})
        where k.${name(won)} is not null group by ${by} having count(distinct m.${name(judge)}) > 1 and count(*) = count(distinct m.${name(judge)}))`,
  )
  const [n, differ] = [Number(row?.['n'] ?? 0), Number(row?.['differ'] ?? 0)]
  if (differ < FEWEST || differ < OFTEN * n) return []
  const text = `of ${n} trials are judged otherwise by one ${judge} than by another: the result depends on the judge`
  return [{ check: 'judges', count: differ, text, rows: numbersIn(row?.['first']) }]
}
