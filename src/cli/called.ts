import { renamedCell, renamedQuantity } from '../record/index.ts'
import type { PlanRequest } from '../study/index.ts'
import type { Terminal } from './terminal.ts'

/** A study, and the file that defines it where it is the user's own: there the names are the user's too. */
interface Named {
  readonly study: { readonly name: string }
  readonly file?: string | undefined
}

/** What was asked for, in the names of now; says on stderr which of them were old. */
export function calledNow(terminal: Terminal, { study, file }: Named, request: PlanRequest): PlanRequest {
  if (file !== undefined) return request
  const set: Record<string, string[]> = {}
  for (const [factor, levels] of Object.entries(request.set)) {
    for (const level of levels) {
      const [now = [factor, level]] = Object.entries(renamedCell(study.name, { [factor]: level }))
      note(terminal, `${factor}=${level}`, now.join('='))
      set[now[0]] = [...(set[now[0]] ?? []), now[1]]
    }
  }
  return { ...request, set }
}

/** A quantity's name, in the names of now; says on stderr where it was an old one. */
export function quantityNow(terminal: Terminal, { study, file }: Named, quantity: string): string {
  const now = file === undefined ? renamedQuantity(study.name, quantity) : quantity
  note(terminal, quantity, now)
  return now
}

function note(terminal: Terminal, said: string, now: string): void {
  if (said !== now) terminal.note(`${said} is now called ${now}. Write ${now} from now on.`)
}
