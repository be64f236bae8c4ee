import type { Plan, PlannedTrial } from '../study/index.ts'
import type { Repeat } from '../power/index.ts'
import { counted, levelsText } from '../report/index.ts'

/** `1 model × 2 cells × 1 task × 8 repeats + 4 controls × 1 cell × 1 task × 8 repeats = 48 trials`: it multiplies out. */
export function sizeText({ trials }: Pick<Plan, 'trials'>, repeats: number): string {
  const agents = [...Map.groupBy(trials, ({ agent }) => agent).values()].map((own) => ({
    control: own[0]?.control ?? false,
    layout: layoutOf(own),
  }))
  const groups = Map.groupBy(agents, ({ control, layout }) => `${control} ${layout}`)
  const modelsFirst = [...groups.values()].toSorted((a, b) => Number(a[0]?.control) - Number(b[0]?.control))
  const products = modelsFirst.map((same) => {
    const { control, layout } = same[0] ?? { control: false, layout: '' }
    return `${counted(same.length, control ? 'control' : 'model')} × ${layout} × ${counted(repeats, 'repeat')}`
  })
  return `${products.join(' + ')} = ${counted(trials.length, 'trial')}`
}

/** Cells with as many tasks of one repeat together: `2 cells × 144 tasks`, or a sum of such in brackets. */
function layoutOf(trials: readonly PlannedTrial[]): string {
  const tasks = [...Map.groupBy(trials, ({ cell }) => levelsText(cell)).values()].map(
    (own) => own.length / new Set(own.map(({ repeat }) => repeat)).size,
  )
  const counts = [...Map.groupBy(tasks, (count) => count)].toSorted(([a], [b]) => b - a)
  const terms = counts.map(([count, cells]) => `${counted(cells.length, 'cell')} × ${counted(count, 'task')}`)
  return terms.length === 1 ? (terms[0] ?? '') : `(${terms.join(' + ')})`
}

/** What a repeat is, where there is more than one. */
export function repeatText(repeat: Repeat, repeats: number): string {
  if (repeats < 2) return ''
  return repeat === 'new tasks'
    ? 'each repeat has new tasks'
    : 'each repeat runs the same tasks again, with another seed'
}
