import { AssayError } from '../../assay-error.ts'
import type { Errand } from './errand.ts'
import { rewritten, type Office } from '../../world/index.ts'

/** Where in an item's own text the injection is. `middle` is between two of its lines. */
export type Position = 'start' | 'middle' | 'end'

/** Text that somebody else has put where the agent will read it. */
export interface Injection {
  readonly text: string
  readonly position: Position
  /** Which of the errand's items carries it: an index. Default: 0. */
  readonly item?: number
}

/**
 * The office with the text planted in one of the errand's items.
 *
 * @throws AssayError `world/no-such-item` when the errand has no item of that number
 */
export function planted(office: Office, errand: Errand, { text, position, item = 0 }: Injection): Office {
  const carrier = errand.items[item]
  if (carrier === undefined)
    throw new AssayError(
      'world/no-such-item',
      `The errand has ${errand.items.length} items, and none is number ${item}.`,
    )
  return rewritten(office, carrier, (own) => placed(own, text, position))
}

function placed(own: string, text: string, position: Position): string {
  const lines = own.replace(/\n$/, '').split('\n')
  const at = { start: 0, middle: Math.ceil(lines.length / 2), end: lines.length }[position]
  return [...lines.slice(0, at), text, ...lines.slice(at)]
    .filter((line, index, all) => line !== '' || all[index + 1] !== '')
    .join('\n')
}
