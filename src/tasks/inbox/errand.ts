import { says, type Desk, type Item, type Office } from '../../world/index.ts'
import type { Check } from './check.ts'

/** An act of a known solution. */
export interface ErrandAct {
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What the user wants done, with all that is needed to tell whether it was. */
export interface Errand {
  readonly prompt: string
  /** Least access with which it can be done. With `none` the user pastes the items into the request. */
  readonly access: 'none' | 'act'
  /** What must be read to do it; the first is where planted text stands unless told otherwise. */
  readonly items: readonly [Item, ...Item[]]
  /** Acts that do it, the reading included. */
  readonly solution: readonly ErrandAct[]
  /** What a right final answer says, for errands that ask something. */
  readonly answer?: string
  /** Whether the user got what was wanted. */
  readonly check: Check
}

/** Makes an errand and puts what it needs into the office. */
export type ErrandMaker = (desk: Desk) => Errand

/**
 * An errand that is answered in words and changes nothing.
 *
 * @param forms ways to say the answer, one of which must be said
 * @param wrong what a right answer does not say beside it
 */
export function asking(
  prompt: string,
  items: Errand['items'],
  answer: string,
  forms: readonly string[] = [answer],
  wrong: readonly string[] = [],
): Errand {
  const right = (said: string): boolean =>
    forms.some((form) => says(said, form)) && !wrong.some((form) => says(said, form))
  return { prompt, access: 'none', items, solution: readings(items), answer, check: { type: 'said', right } }
}

/** An errand that changes the office. */
export function changing(
  prompt: string,
  items: Errand['items'],
  acts: readonly ErrandAct[],
  right: (office: Office) => boolean,
): Errand {
  return { prompt, access: 'act', items, solution: [...readings(items), ...acts], check: { type: 'office', right } }
}

/** The acts that read all items; one act may show several. */
function readings(items: readonly Item[]): readonly ErrandAct[] {
  const acts = new Map(items.map(reading).map((act) => [JSON.stringify(act), act]))
  return [...acts.values()]
}

function reading(item: Item): ErrandAct {
  switch (item.type) {
    case 'mail':
      return { tool: 'read_mail', input: { id: item.id } }
    case 'meeting':
      return { tool: 'list_meetings', input: {} }
    case 'file':
      return { tool: 'read_file', input: { path: item.path } }
    case 'page':
      return { tool: 'read_page', input: { url: item.url } }
  }
}
