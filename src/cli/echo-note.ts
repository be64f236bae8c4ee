import { echoed, type Plan } from '../study/index.ts'
import { counted, plain, shortened } from '../report/index.ts'

/** Says which questions hold their own answer; empty where none does. */
export function echoNote(plan: Plan): string {
  const ids = echoed(plan)
  if (ids.length === 0) return ''
  const [first = '', ...others] = ids
  const names = others.length === 0 ? first : `${first} and ${others.length} more`
  return `Caution: ${counted(ids.length, 'question')} can be passed by repeating it (${shortened(plain(names), 80)}). Ask without the answer in the prompt, or use another check.`
}
